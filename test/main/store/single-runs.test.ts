import assert from 'node:assert/strict';
import { test } from 'node:test';
import { join } from 'node:path';
import { openStore } from '../../../src-main/store/open-store.ts';
import { studyAccount } from '../../../src-main/store/study-account.ts';
import { histogramsOf } from '../../fixtures/scripted-numbers.ts';
import { addRuns, RESULT, startedRun, stepPoint, studyInput, temporaryFolder } from './sample-study.ts';

test('a run in the trash counts nowhere, comes back as it was, and is deleted for good with all that it had', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  const run = startedRun(store, 0);
  assert.throws(() => store.trashRuns([run]), /is running: only a run that has ended/);
  store.appendPoints([
    { run, steps: [stepPoint(1), stepPoint(2)], epochs: [], histograms: [histogramsOf(1)] },
  ]);
  store.completeRun(run, RESULT);
  const { cell } = store.run(run);
  const wanted = { of: 'weights', layer: 'conv1', most: 2 } as const;
  const all = () => [
    ...[store.run(run), store.series(run), store.curves([run], 'loss')],
    store.histogramsOf([run], wanted),
  ];
  const before = all();
  const study = store.study('sample');

  store.trashRuns([run]);
  assert.throws(() => store.run(run), /no run/);
  assert.deepEqual(store.histogramsOf([run], wanted), { recorded: 0, runs: [] });
  assert.deepEqual([store.runTable().runs, store.runs(), store.curves([run], 'loss')], [[], [], []]);
  assert.deepEqual([store.study('sample').runs.complete, store.study('sample').trashedRuns], [0, 1]);
  assert.equal(studyAccount(store, study).complete, 0);
  assert.deepEqual(
    store.trashedRuns().map(({ study: name, runs, bytes }) => [name, runs, bytes]),
    [['sample', [run], 1234]],
  );
  store.restoreRuns([run]);
  assert.deepEqual(all(), before);

  store.trashRuns([run]);
  const [anew = ''] = store.addRuns([{ study: 'sample', cell, seed: 0, retryOf: run }]);
  assert.throws(() => store.restoreRuns([run]), new RegExp(`stays in the trash: ${anew} is now the run`));
  store.deleteTrashedRuns(null);
  assert.deepEqual([store.trashedRuns(), store.removals()], [[], [run]]);
  assert.equal(store.run(anew).retryOf, null);
  assert.throws(() => store.restoreRuns([run]), /no run/);
});

test('a skipped run is left out as such, and neither a result nor a run that trains is skipped', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  const [waiting = ''] = addRuns(store, [1]);
  const failed = startedRun(store, 2);
  assert.throws(() => store.skipRuns([failed]), /is running/);
  store.failRun(failed, { code: 'internal', message: 'broken', step: 1 });
  store.skipRuns([waiting, failed]);
  assert.deepEqual(
    [waiting, failed].map((run) => [store.run(run).state, store.run(run).skipped]),
    [
      ['cancelled', true],
      ['failed', true],
    ],
  );
  const { leftOut } = studyAccount(store, store.study('sample'));
  assert.deepEqual(
    leftOut.filter(({ reason }) => reason === 'skipped').map(({ run }) => run),
    [waiting, failed],
  );
  assert.throws(
    () => store.failRun(failed, { code: 'internal', message: 'other', step: 1 }),
    /never changes/,
  );
});
