import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageTitle } from '../../../src-renderer/layout/page-title.ts';
import type { StudyListing } from '../../../src-shared/contract/api/studies.ts';

function listing(activity: StudyListing['activity'], diverged: number): StudyListing {
  const leftOut = { diverged, failed: 1 } as StudyListing['leftOut'];
  return { name: 'demo', activity, complete: 14, wanted: 27, leftOut } as StudyListing;
}

test('a title begins with the study and how far it is', () => {
  assert.equal(pageTitle(null, 'Runs'), 'Runs – Kindling');
  assert.equal(pageTitle({ name: 'demo' }, null), 'demo – Kindling');
  assert.equal(pageTitle(listing('idle', 0), 'Compare'), 'demo – Compare – Kindling');
  assert.equal(pageTitle(listing('running', 2), null), 'demo – 14 of 27, 3 failed – Kindling');
  assert.equal(pageTitle(listing('paused', 0), 'Run'), 'demo – 14 of 27, 1 failed, paused – Run – Kindling');
});
