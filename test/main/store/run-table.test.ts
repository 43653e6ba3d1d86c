import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { openStore } from '../../../src-main/store/open-store.ts';
import { studyAccount } from '../../../src-main/store/study-account.ts';
import type { Store } from '../../../src-main/store/store.ts';
import {
  addRuns,
  epochPoint,
  RESULT,
  startedRun,
  stepPoint,
  studyInput,
  temporaryFolder,
} from './sample-study.ts';
import type { Curve } from '../../../src-shared/runs/curve.ts';
import { elapsedSeconds } from '../../../src-shared/runs/elapsed-seconds.ts';
import { extendCurve, type NewPoints } from '../../../src-shared/runs/extend-curve.ts';

const STEPS = Array.from({ length: 30 }, (_, index) => stepPoint(index + 1));
const EPOCHS = [epochPoint(1, true), epochPoint(2, true), epochPoint(3, false)];

function sampleStore(context: TestContext): Store {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  return store;
}

test('the table has every run with its record, its cell and what its points come down to', (context) => {
  const store = sampleStore(context);
  const complete = startedRun(store, 0);
  store.appendPoints([{ run: complete, steps: STEPS, epochs: EPOCHS }]);
  store.completeRun(complete, RESULT);
  const failed = startedRun(store, 1);
  store.appendPoints([{ run: failed, steps: STEPS.slice(0, 5), epochs: [] }]);
  store.failRun(failed, { code: 'internal', message: 'why', step: 5 });
  const running = startedRun(store, 2);
  store.appendPoints([{ run: running, steps: STEPS.slice(0, 5), epochs: [] }]);
  addRuns(store, [3]);

  const { runs, cells } = store.runTable();
  const [first, second, third] = runs;
  assert(first && second && third);
  const { dataset, note, tags, recalls, summaries, ...record } = first;
  assert.deepEqual(record, store.run(complete));
  assert.deepEqual([dataset, note, tags], ['shapes', '', []]);
  assert.deepEqual([recalls, second.recalls], [RESULT.classAccuracy, []]);
  const losses = STEPS.map(({ loss }) => loss);
  assert.deepEqual(summaries.loss, {
    last: losses.at(-1),
    min: Math.min(...losses),
    max: Math.max(...losses),
  });
  // the third epoch was not validated
  assert.deepEqual(summaries.validationLoss, { last: 1 / 5, min: 1 / 5, max: 1 / 4 });
  assert.deepEqual(summaries.trainingAccuracy?.last, EPOCHS[2]?.trainingAccuracy);
  assert.deepEqual(Object.keys(second.summaries), ['loss', 'accuracy']);
  assert.equal(second.summaries.accuracy?.max, STEPS[4]?.accuracy);
  assert.deepEqual(third.summaries, {}, 'a run that goes on has none yet');
  assert.deepEqual(
    runs.map(({ seed }) => seed),
    [0, 1, 2, 3],
  );
  assert.deepEqual(
    cells,
    store.cells('sample').map((cell) => ({ study: 'sample', asked: [0, 1, 2], ...cell })),
  );
  assert.deepEqual(store.runTable([running, 'unknown']), {
    runs: [third],
    cells: cells.slice(0, 1),
  });
});

test('curves have every point, of finished and of running runs, in the order asked for', (context) => {
  const store = sampleStore(context);
  const finished = startedRun(store, 0);
  const running = startedRun(store, 1);
  const [waiting = ''] = addRuns(store, [2]);
  store.noteTraining(running, { totalSteps: 40, stepsPerEpoch: 10, mode: 'compiled', modeReason: null });
  store.appendPoints([
    { run: finished, steps: STEPS, epochs: EPOCHS },
    { run: running, steps: STEPS.slice(0, 15), epochs: EPOCHS.slice(0, 1) },
  ]);
  store.completeRun(finished, RESULT);

  const [live, empty, ended, ...others] = store.curves([running, waiting, 'unknown', finished], 'loss');
  assert.deepEqual(others, []);
  assert(live && empty && ended);
  assert.deepEqual([live.run, empty.run, ended.run], [running, waiting, finished]);
  assert.deepEqual(
    ended.values,
    STEPS.map(({ loss }) => loss),
  );
  assert.deepEqual(
    ended.steps,
    STEPS.map(({ step }) => step),
  );
  assert.deepEqual(live.values, ended.values.slice(0, 15));
  assert.equal(live.stepsPerEpoch, 10);
  // an epoch ends at every tenth step, 0.1 s after the one before
  assert.deepEqual(
    [4, 9, 14].map((index) => elapsedSeconds(live)[index]?.toFixed(3)),
    ['0.050', '0.100', '0.150'],
  );
  assert.deepEqual([empty.steps, empty.values, elapsedSeconds(empty), empty.startedAt], [[], [], [], null]);
  assert.equal(new Date(live.startedAt ?? 0).toISOString(), store.run(running).startedAt);

  const [validation] = store.curves([finished], 'validationAccuracy');
  assert.deepEqual(validation?.values, [1 / 4, 1 / 5, null]);
  assert.deepEqual(validation.steps, [10, 20, 30]);
  assert.deepEqual(
    elapsedSeconds(validation),
    EPOCHS.map(({ seconds }) => seconds),
  );
});

test('curves that grow by what a run tells are those of the store', (context) => {
  const store = sampleStore(context);
  const run = startedRun(store, 0);
  store.noteTraining(run, { totalSteps: 40, stepsPerEpoch: 10, mode: 'compiled', modeReason: null });
  const tell = (first: number, last: number): NewPoints => {
    const of = {
      steps: STEPS.slice(first - 1, last),
      epochs: EPOCHS.filter(({ step }) => step >= first && step <= last),
    };
    store.appendPoints([{ run, ...of }]);
    return of;
  };
  const metrics = ['loss', 'validationAccuracy'] as const;
  const read = (): Curve[] => metrics.flatMap((metric) => store.curves([run], metric));
  tell(1, 4);
  let grown = read();
  for (const points of [
    tell(5, 9),
    tell(10, 21),
    tell(22, 30),
    { steps: STEPS.slice(25), epochs: EPOCHS.slice(2) },
  ]) {
    grown = grown.map((curve, place) => extendCurve(curve, metrics[place] ?? 'loss', points));
  }
  const whole = read();
  assert.deepEqual(
    grown.map(({ steps, values, epochs }) => ({ steps, values, epochs })),
    whole.map(({ steps, values, epochs }) => ({ steps, values, epochs })),
  );
  assert.deepEqual(grown.map(elapsedSeconds), whole.map(elapsedSeconds));
  // it goes on from a checkpoint: what it tells again takes the place of what was told
  const [again] = grown.map((curve) =>
    extendCurve(curve, 'loss', { steps: STEPS.slice(11, 13), epochs: [] }),
  );
  assert.deepEqual(again?.steps, whole[0]?.steps.slice(0, 13));
  assert.deepEqual(again?.epochs, { steps: [10], seconds: whole[0]?.epochs.seconds.slice(0, 1) });
});

test('what became of each run that a study asks for is told, and what else there is of it', (context) => {
  const store = sampleStore(context);
  for (const seed of [4, 1]) store.completeRun(startedRun(store, seed), RESULT);
  startedRun(store, 2);
  const [first, second] = store.cells('sample').map(({ id }) => id);
  const attempts = store.attempts('sample').map(({ cell, seed, state }) => [cell, seed, state]);
  assert.deepEqual(attempts, [
    [first, 4, 'complete'],
    [first, 1, 'complete'],
    [first, 2, 'running'],
  ]);
  // seeds 0 to 2 of both cells; the run of seed 4 is not asked for
  const account = studyAccount(store, store.study('sample'));
  assert.deepEqual([account.complete, account.unasked], [1, 1]);
  assert.deepEqual(
    account.leftOut.map(({ reason, cell, seed }) => [reason, cell, seed]),
    [['not begun', first, 0], ['running', first, 2], ...[0, 1, 2].map((seed) => ['not begun', second, seed])],
  );
  assert.equal(store.study('sample').artifactBytes, 2 * 1234);
});
