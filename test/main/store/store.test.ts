import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import type { Failure } from '../../../src-shared/studies/trainer-protocol.ts';
import { histogramsOf } from '../../fixtures/scripted-numbers.ts';
import {
  addRuns,
  epochPoint,
  PROVENANCE,
  RESULT,
  startedRun,
  stepPoint,
  studyInput,
  temporaryFolder,
} from './sample-study.ts';

function sampleStore(context: TestContext): Store {
  const store = openStore(join(temporaryFolder(context), 'deep', 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  return store;
}

test('a study and its cells come back as they were saved', (context) => {
  const store = sampleStore(context);
  const input = studyInput();
  const study = store.study('sample');
  assert.deepEqual(study.definition, input.definition);
  assert.equal(study.text, input.text);
  assert.equal(study.cells, 2);
  // what a plan computes of a cell besides is not kept
  const computed = { sizeBytes: undefined, layersWithWeights: undefined, activationBytes: undefined };
  const kept = input.cells.map((cell) => ({ ...cell, ...computed }));
  assert.deepEqual(store.cells('sample'), JSON.parse(JSON.stringify(kept)));
  assert.equal(store.findStudy('other'), null);
  assert.throws(() => store.study('other'), { code: 'not-found', message: /the store holds sample/ });
});

test('a study that is saved again as it is changes nothing but the time of its start', (context) => {
  const store = sampleStore(context);
  const before = store.cells('sample');
  const change = store.saveStudy(studyInput());
  assert.deepEqual(change, { created: false, changed: false, added: 0, kept: 2, dropped: 0 });
  assert.deepEqual(store.cells('sample'), before);
  assert.equal(store.saveStudy({ ...studyInput(), dataHash: 'other' }).changed, true);
});

test('a changed definition keeps the cells that compute the same, with their runs', (context) => {
  const store = sampleStore(context);
  const id = startedRun(store, 0);
  store.completeRun(id, RESULT);
  const text =
    'study: sample\ndataset: shapes\nnetwork: { family: squeezenet }\nvary: { network.pct3x3: [0.5, 1], network.sr: [0.25] }\n';
  assert.deepEqual(store.saveStudy(studyInput(text)), {
    created: false,
    changed: true,
    added: 1,
    kept: 1,
    dropped: 1,
  });
  assert.deepEqual(
    store.cells('sample').map(({ factors }) => factors),
    [
      { 'network.pct3x3': 0.5, 'network.sr': 0.25 },
      { 'network.pct3x3': 1, 'network.sr': 0.25 },
    ],
  );
  assert.equal(store.run(id).cell, store.cells('sample')[0]?.id);
  assert.deepEqual(store.saveStudy(studyInput()), {
    created: false,
    changed: true,
    added: 0,
    kept: 2,
    dropped: 1,
  });
  assert.equal(store.studies().length, 1);
});

test('a complete run has its result, provenance, artifacts and points to the bit', (context) => {
  const store = sampleStore(context);
  const id = startedRun(store, 4);
  store.noteTraining(id, {
    totalSteps: 1000,
    stepsPerEpoch: 10,
    mode: 'eager',
    modeReason: 'the steps differ',
    images: 'on the device: 147 MB',
  });
  assert.equal(store.run(id).images, 'on the device: 147 MB');
  const steps = Array.from({ length: 1000 }, (_, index) => stepPoint(index + 1));
  const epochs = [epochPoint(1, true), epochPoint(2, false)];
  store.appendPoints([{ run: id, steps: steps.slice(0, 400), epochs: epochs.slice(0, 1) }]);
  const recorded = [1, 500].map(histogramsOf);
  store.appendPoints([{ run: id, steps: steps.slice(400), epochs: epochs.slice(1), histograms: recorded }]);
  assert.deepEqual(store.series(id), { steps, epochs });
  assert.deepEqual(store.histograms(id), recorded);
  assert.equal(store.run(id).step, 1000);

  store.completeRun(id, RESULT);
  assert.deepEqual(store.series(id), { steps, epochs });
  assert.deepEqual(store.histograms(id), recorded);
  const run = store.run(id);
  assert.equal(run.state, 'complete');
  assert.deepEqual(
    [
      run.study,
      run.seed,
      run.factors,
      run.seconds,
      run.engine,
      run.device,
      run.step,
      run.totalSteps,
      run.mode,
    ],
    ['sample', 4, { 'network.sr': 0.25 }, 12.5, 'tensorflow-cpu', 'GPU:0 NVIDIA A100', 1000, 1000, 'eager'],
  );
  const { confusion, classAccuracy, seconds, artifacts, ...metrics } = RESULT;
  const recalls = [10 / 12, 4e9 / (4e9 + 4)];
  const f1 = [20 / 23, 8e9 / (8e9 + 6), 0];
  assert.deepEqual(run.metrics, {
    ...metrics,
    testBalancedAccuracy: ((recalls[0] ?? 0) + (recalls[1] ?? 0)) / 2,
    testMacroF1: f1.reduce((sum, value) => sum + value, 0) / 3,
    testLargestClass: (4e9 + 4) / (4e9 + 16),
    testSmallestClass: 12 / (4e9 + 16),
  });
  assert.deepEqual(store.confusion(id), { counts: confusion, classAccuracy });
  assert.deepEqual(store.artifacts(id), artifacts);
  assert.deepEqual(store.provenance(id), PROVENANCE);
  assert.equal(run.seconds, seconds);
  assert(run.startedAt !== null && run.endedAt !== null && run.startedAt <= run.endedAt);
});

test('compaction leaves no live rows behind', (context) => {
  const store = sampleStore(context);
  const id = startedRun(store, 0);
  store.appendPoints([{ run: id, steps: [stepPoint(1)], epochs: [epochPoint(1, true)] }]);
  store.failRun(id, { code: 'loss-not-finite', message: 'the loss is NaN', step: 1 });
  assert.deepEqual(store.run(id).failure, { code: 'loss-not-finite', message: 'the loss is NaN', step: 1 });
  const database = new Database(store.file, { readonly: true });
  context.after(() => database.close());
  const live = database.prepare('SELECT count(*) AS n FROM points');
  assert.deepEqual(live.get(), { n: 0 });
  assert.deepEqual(store.series(id), { steps: [stepPoint(1)], epochs: [epochPoint(1, true)] });
});

test('a finished run never changes, not even by SQL', (context) => {
  const store = sampleStore(context);
  const id = startedRun(store, 0);
  store.appendPoints([{ run: id, steps: [stepPoint(1)], epochs: [], histograms: [histogramsOf(1)] }]);
  store.completeRun(id, RESULT);
  const before = [store.run(id), store.series(id), store.provenance(id), store.histograms(id)];
  const never = /a finished run never changes/;
  assert.throws(() => store.completeRun(id, RESULT), never);
  assert.throws(() => store.failRun(id, { code: 'internal', message: '', step: null }), never);
  assert.throws(() => store.endRun(id, 'interrupted'), never);
  assert.throws(() => store.appendPoints([{ run: id, steps: [stepPoint(2)], epochs: [] }]), never);
  assert.throws(
    () => store.noteTraining(id, { totalSteps: 1, stepsPerEpoch: 1, mode: 'compiled', modeReason: null }),
    never,
  );
  const database = new Database(store.file);
  context.after(() => database.close());
  for (const sql of [
    'UPDATE runs SET test_accuracy = 1',
    `UPDATE runs SET images = 'elsewhere'`,
    `UPDATE runs SET metrics_json = '{}'`,
    `INSERT INTO points SELECT id, 'step', 2, '{}' FROM runs WHERE state = 'complete'`,
    `UPDATE runs SET state = 'running'`,
    'UPDATE series SET count = 0',
    'DELETE FROM series',
    `INSERT INTO histograms SELECT run_id, 2, data FROM histograms`,
    'UPDATE histograms SET step = 2',
    'DELETE FROM histograms',
    'DELETE FROM provenance',
    'UPDATE class_accuracies SET accuracy = 1',
    'DELETE FROM artifacts',
    'DELETE FROM confusions',
  ]) {
    assert.throws(() => database.exec(sql), never, sql);
  }
  assert.deepEqual([store.run(id), store.series(id), store.provenance(id), store.histograms(id)], before);
});

test('states follow each other in order only', (context) => {
  const store = sampleStore(context);
  const [id = '', other = ''] = addRuns(store, [0, 1]);
  const out = /cannot go from its state/;
  assert.throws(() => store.completeRun(id, RESULT), out);
  assert.throws(() => store.endRun(id, 'interrupted'), out);
  assert.equal(store.run(id).state, 'waiting');
  assert.equal(store.confusion(id), null);
  store.endRun(other, 'cancelled');
  assert.equal(store.run(other).state, 'cancelled');
  assert.throws(() => store.run('nothing'), { code: 'not-found' });
});

/** A run of two whole epochs and half of a third, with ten steps each, that was stopped. */
function interruptedRun(store: Store, seed = 0): string {
  const id = startedRun(store, seed);
  store.noteTraining(id, { totalSteps: 30, stepsPerEpoch: 10, mode: 'compiled', modeReason: null });
  const steps = Array.from({ length: 25 }, (_, index) => stepPoint(index + 1));
  const epochs = [epochPoint(1, true), epochPoint(2, false)];
  store.appendPoints([{ run: id, steps, epochs, histograms: [histogramsOf(5), histogramsOf(25)] }]);
  store.endRun(id, 'interrupted');
  return id;
}

test('a run that is left waits without an interruption, and what is told again of it is as before', (context) => {
  const store = sampleStore(context);
  const id = interruptedRun(store);
  store.resumeRuns([id]);
  store.startRun(id, { provenance: PROVENANCE });
  store.noteGoingOn(id, { step: 20, note: null });
  const before = store.run(id);
  const tell = (): void =>
    store.appendPoints([{ run: id, steps: [stepPoint(21), stepPoint(22)], epochs: [] }]);
  tell();
  const told = store.series(id);
  store.leaveRun(id);
  const left = store.run(id);
  assert.deepEqual([left.state, left.endedAt, left.step], ['waiting', null, 22]);
  assert.deepEqual(left.interruptions, before.interruptions);
  assert.deepEqual(store.series(id), told, 'what was told of it is shown meanwhile');
  // another one listens, until a worker is lost and it is killed, too
  store.startRun(id, { provenance: PROVENANCE });
  store.endRun(id, 'interrupted');
  store.resumeRuns([id]);
  store.startRun(id, { provenance: PROVENANCE });
  assert.equal(store.run(id).interruptions.length, 2);
  store.forgetTraining(id, { step: 20, interruptions: 1 });
  assert.deepEqual(store.run(id), { ...before, state: 'running' });
  tell();
  assert.deepEqual(store.series(id), told);
});

test('a run that was interrupted goes on as itself from a step, and what came after it is cut', (context) => {
  const store = sampleStore(context);
  const id = interruptedRun(store);
  const { endedAt, startedAt } = store.run(id);
  const whole = store.series(id);
  assert.equal(store.lastRecordedStep(id), 25);
  store.resumeRuns([id]);
  assert.deepEqual(store.run(id).interruptions, [
    { at: endedAt, step: null, wentOnAt: null, cause: null, note: null },
  ]);
  assert.deepEqual(store.series(id), whole, 'what it had is shown until it goes on');
  store.startRun(id, { provenance: PROVENANCE });
  // killed before it went on, which is no further interruption
  store.endRun(id, 'interrupted');
  assert.deepEqual([store.run(id).step, store.series(id)], [25, whole]);
  store.resumeRuns([id]);
  store.startRun(id, { provenance: { ...PROVENANCE, folder: '/elsewhere' } });
  store.noteGoingOn(id, { step: 12, note: 'damaged' });
  const { interruptions, ...run } = store.run(id);
  assert.deepEqual([run.state, run.step, run.startedAt], ['running', 12, startedAt]);
  assert.deepEqual(
    interruptions.map(({ at, step, note }) => [at, step, note]),
    [[endedAt, 12, 'damaged']],
  );
  assert.deepEqual(store.series(id), { steps: whole.steps.slice(0, 12), epochs: whole.epochs.slice(0, 1) });
  assert.deepEqual(
    store.histograms(id).map(({ step }) => step),
    [5],
  );
  assert.deepEqual(store.runTable().runs[0]?.summaries, {});
  const steps = whole.steps.slice(12).map(({ step }) => stepPoint(step));
  store.appendPoints([{ run: id, steps, epochs: [epochPoint(2, false)] }]);
  store.completeRun(id, RESULT);
  assert.deepEqual(store.series(id), whole, 'to the bit');
  assert.equal(store.provenance(id)?.folder, '/elsewhere');
  assert.throws(() => store.resumeRuns([id]), /a finished run never changes/);
  const database = new Database(store.file);
  context.after(() => database.close());
  for (const sql of ['UPDATE interruptions SET step = 1', 'DELETE FROM interruptions'])
    assert.throws(() => database.exec(sql), /a finished run never changes/, sql);
});

test('a run that was repeated goes on no more, as long as the other one is there', (context) => {
  const store = sampleStore(context);
  const id = interruptedRun(store);
  const { study, cell, seed } = store.run(id);
  assert.deepEqual([store.run(id).repeated, store.resumeRemovals()], [undefined, []]);
  const [later = ''] = store.addRuns([{ study, cell, seed, retryOf: id }]);
  assert.deepEqual([store.run(id).repeated, store.resumeRemovals()], [true, [id]]);
  store.startRun(later, { provenance: PROVENANCE });
  store.failRun(later, { code: 'internal', message: 'a bug', step: null });
  store.trashRuns([later]);
  assert.equal(store.run(id).repeated, undefined);
});

test('a step whose epoch was not recorded is none from which all before it is', (context) => {
  const store = sampleStore(context);
  const id = startedRun(store, 0);
  assert.equal(store.lastRecordedStep(id), 0);
  store.noteTraining(id, { totalSteps: 30, stepsPerEpoch: 10, mode: 'compiled', modeReason: null });
  const steps = Array.from({ length: 10 }, (_, index) => stepPoint(index + 1));
  store.appendPoints([{ run: id, steps, epochs: [] }]);
  assert.equal(store.lastRecordedStep(id), 9);
  store.appendPoints([{ run: id, steps: [], epochs: [epochPoint(1, true)] }]);
  assert.equal(store.lastRecordedStep(id), 10);
});

test('of failures only those from outside let a run go on', (context) => {
  const store = sampleStore(context);
  const failed = (code: Failure['code'], seed: number): string => {
    const id = startedRun(store, seed);
    store.failRun(id, { code, message: `because of ${code}`, step: 3 });
    return id;
  };
  const outside = (['trainer-died', 'out-of-memory', 'disk-full', 'engine-missing'] as const).map(failed);
  store.resumeRuns(outside);
  for (const id of outside) {
    const { state, failure, endedAt, interruptions } = store.run(id);
    assert.deepEqual([state, failure, endedAt, interruptions.length], ['waiting', null, null, 1]);
    assert.match(interruptions[0]?.cause ?? '', /^because of /);
  }
  const other = failed('loss-not-finite', 9);
  assert.throws(() => store.resumeRuns([other]), /a finished run never changes/);
  const [waiting = ''] = outside;
  store.endRun(waiting, 'cancelled');
  assert.throws(() => store.resumeRuns([waiting]), /a finished run never changes/);
});

test('a seed has one result in a cell; a repeated run names the one before', (context) => {
  const store = sampleStore(context);
  const first = startedRun(store, 0);
  assert.throws(() => addRuns(store, [0]), /UNIQUE/);
  store.endRun(first, 'interrupted');
  const cell = store.run(first).cell;
  const [second = ''] = store.addRuns([{ study: 'sample', cell, seed: 0, retryOf: first }]);
  assert.equal(store.run(second).retryOf, first);
  assert.throws(
    () =>
      store.addRuns([
        { study: 'sample', cell, seed: 5, retryOf: null },
        { study: 'sample', cell: 'x', seed: 0, retryOf: null },
      ]),
    { code: 'not-found' },
  );
  assert.deepEqual(
    store.runs().map(({ id }) => id),
    [first, second],
    'adding is all or nothing',
  );
});

test('runs are filtered by study, cell and state', (context) => {
  const store = sampleStore(context);
  const started = startedRun(store, 0);
  addRuns(store, [1, 2]);
  const ids = (filter: Parameters<Store['runs']>[0]) => store.runs(filter).map(({ seed }) => seed);
  assert.deepEqual(ids({}), [0, 1, 2]);
  assert.deepEqual(ids({ states: ['running', 'complete'] }), [0]);
  assert.deepEqual(ids({ study: 'sample', cell: store.run(started).cell, states: ['waiting'] }), [1, 2]);
  assert.deepEqual(ids({ study: 'other' }), []);
  assert.equal(store.study('sample').runs.waiting, 2);
});
