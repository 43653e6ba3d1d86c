import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { killedWorkers } from './killed-workers.ts';

// with more of all this: `npm run bench -- spool`
test('workers that are killed, left and collected from give the bits of trainers of this process', async (context) => {
  const root = mkdtempSync(join(tmpdir(), 'kindling-workers-'));
  context.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }));
  const happened = await killedWorkers(root, {
    seeds: 2,
    epochs: 240,
    workers: 1,
    // one may come when its run has just ended
    kills: 2,
    twins: 0,
    more: 10,
  });
  assert.equal(happened.kills, 2);
  assert(
    happened.wentOnFrom.some((step) => step > 0),
    'a run says that it went on from where the dead worker left it',
  );
  assert((happened.extendedFrom ?? 0) > 0, 'a run of more epochs goes on from the end of the shorter one');
});
