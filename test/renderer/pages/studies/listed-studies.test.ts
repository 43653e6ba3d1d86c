import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StudyListing } from '../../../../src-shared/contract/api/studies.ts';
import { listedStudies, tagsOf } from '../../../../src-renderer/pages/studies/listed-studies.ts';

const study = (name: string, given: Partial<StudyListing>): StudyListing => ({
  ...{ name, dataset: 'shapes', tags: [], factors: [], importedFrom: null, updatedAt: '2026-01-01' },
  ...{ wanted: 3, complete: 3, leftOut: { diverged: 0, skipped: 0 } },
  ...(given as StudyListing),
});
const STUDIES = [
  study('ratio-10', { factors: ['network.sr'], tags: ['paper'], updatedAt: '2026-01-03' }),
  study('ratio-9', { dataset: 'cifar10', wanted: 9, tags: ['a', 'paper'] }),
  study('depth', { wanted: 5, complete: 1, updatedAt: '2026-01-02' }),
];
const names = (search: string, tag = '', sort = ''): string[] =>
  listedStudies(STUDIES, { search, tag, sort }).map(({ name }) => name);

test('studies are found by all words, wherever these are, and by a tag', () => {
  assert.deepEqual(names(''), ['ratio-10', 'ratio-9', 'depth']);
  assert.deepEqual(names('RATIO shapes'), ['ratio-10']);
  assert.deepEqual(names('squeeze'), ['ratio-10']);
  assert.deepEqual(names('', 'paper'), ['ratio-10', 'ratio-9']);
  assert.deepEqual(names('nothing of it'), []);
  assert.deepEqual(tagsOf(STUDIES), [
    { tag: 'a', count: 1 },
    { tag: 'paper', count: 2 },
  ]);
});

test('studies are sorted as asked for', () => {
  assert.deepEqual(names('', '', 'name'), ['depth', 'ratio-9', 'ratio-10']);
  assert.deepEqual(names('', '', 'saved'), ['ratio-10', 'depth', 'ratio-9']);
  assert.deepEqual(names('', '', 'runs'), ['ratio-9', 'depth', 'ratio-10']);
  assert.deepEqual(names('', '', 'missing'), ['ratio-9', 'depth', 'ratio-10']);
});
