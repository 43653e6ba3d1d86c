import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { connectWriter } from '../../../src-main/store/connection.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { ImportedStudyInput } from '../../../src-main/store/store.ts';
import { studyAccount } from '../../../src-main/store/study-account.ts';
import { summarizeStudy } from '../../../src-shared/runs/summarize-study.ts';
import type { PlannedRun } from '../../../src-shared/imports/plan-import.ts';
import { importWhole } from './import-whole.ts';
import { stageImport } from '../../../src-main/store/stage-import.ts';
import { PROVENANCE, stepPoint, studyInput, temporaryFolder } from './sample-study.ts';

const RUN: PlannedRun = {
  ...{ cell: 'narrow', seed: 0, state: 'complete', metrics: { testLoss: 0.1 + 0.2 } },
  ...{ seconds: null, stepsPerEpoch: 2, failure: null, note: '', points: {} },
};

function imported(runs: readonly PlannedRun[], name = 'widths'): ImportedStudyInput {
  return {
    definition: {
      name,
      factors: ['factor.width'],
      imported: {
        ...{
          format: 'CSV',
          files: [{ name: 'a.csv', bytes: 1 }],
          hash: `hash of ${name}`,
          factors: {},
          seed: null,
        },
        ...{ metrics: { testLoss: 'loss' }, leftOut: [], notes: [] },
      },
    },
    ...{ text: 'study: widths\n', dataset: '', addedTo: null },
    cells: ['narrow', 'wide'].map((id, width) => ({
      ...{
        id,
        factors: { 'factor.width': width },
        network: null,
        recipe: null,
        parameters: null,
        macs: null,
      },
    })),
    runs,
  };
}

test('an imported study has the runs, curves and notes that were given, and nothing else', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const store = openStore(file, { purpose: 'schedule' });
  context.after(() => store.close());
  const points = {
    epoch: { step: [2, 4], validationLoss: [1 / 3, null], seconds: [1.5, 3], 'higher.BLEU': [20.5, 31] },
  };
  const failure = { code: 'failed-elsewhere', message: 'crashed' } as const;
  const [first = '', second = ''] = importWhole(
    store,
    imported([
      { ...RUN, note: 'sun-1', points },
      { ...RUN, cell: 'wide', seed: 7, state: 'failed', metrics: {}, failure },
    ]),
  );
  const { runs, cells } = store.runTable();
  assert.deepEqual(
    runs.map(({ id, state, importedFrom, metrics, parameters, note, startedAt, artifacts, summaries }) => [
      ...[
        id,
        state,
        importedFrom,
        metrics.testLoss,
        metrics.testAccuracy,
        parameters,
        note,
        startedAt,
        artifacts,
      ],
      summaries,
    ]),
    [
      [
        first,
        'complete',
        'CSV',
        0.1 + 0.2,
        null,
        null,
        'sun-1',
        null,
        null,
        {
          validationLoss: { last: 1 / 3, min: 1 / 3, max: 1 / 3 },
          'higher.BLEU': { last: 31, min: 20.5, max: 31 },
        },
      ],
      [second, 'failed', 'CSV', null, null, null, '', null, null, {}],
    ],
  );
  assert.deepEqual(
    cells.map(({ id, asked, network, recipe }) => [id, asked, network, recipe]),
    [
      ['narrow', [0], null, null],
      ['wide', [7], null, null],
    ],
  );
  assert.deepEqual(
    store
      .series(first)
      .epochs.map(({ epoch, step, seconds, validationLoss }) => [epoch, step, seconds, validationLoss]),
    [
      [null, 2, 1.5, 1 / 3],
      [null, 4, 3, null],
    ],
  );
  const [curve] = store.curves([first], 'validationLoss');
  assert.deepEqual(
    [curve?.steps, curve?.values, curve?.seconds, curve?.stepsPerEpoch],
    [[2, 4], [1 / 3, null], 3, 2],
  );
  assert.equal(store.curves([second], 'validationLoss')[0]?.seconds, null);
  assert.deepEqual(store.curves([first], 'higher.BLEU')[0]?.values, [20.5, 31]);
  assert.deepEqual(
    store.series(first).epochs.map((point) => point['higher.BLEU']),
    [20.5, 31],
  );
  assert.deepEqual(studyAccount(store, store.study('widths')), {
    ...{ complete: 1, unasked: 0 },
    leftOut: [{ reason: 'failed', cell: 'wide', seed: 7, run: second }],
  });
  assert.deepEqual(store.findImport('hash of widths'), { study: 'widths', isTrashed: false });
  assert.equal(store.findImport('hash of another'), null);
});

test('of a cell and seed the run that finished counts, before or after one that did not', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  const failure = { code: 'failed-elsewhere', message: 'crashed' } as const;
  const crashed = { ...RUN, state: 'failed', metrics: {}, failure } as const;
  const killed = { ...RUN, cell: 'wide', state: 'interrupted', metrics: {} } as const;
  const [, first = ''] = importWhole(
    store,
    imported([crashed, RUN, { ...RUN, seed: 1 }, { ...crashed, seed: 1 }, killed, killed]),
  );
  assert.deepEqual(
    store.runs().map(({ cell, seed, state }) => [cell, seed, state]),
    [
      ['narrow', 0, 'failed'],
      ['narrow', 0, 'complete'],
      ['narrow', 1, 'complete'],
      ['narrow', 1, 'failed'],
      ['wide', 0, 'interrupted'],
      ['wide', 0, 'interrupted'],
    ],
  );
  const { complete, leftOut } = studyAccount(store, store.study('widths'));
  assert.deepEqual(
    [complete, leftOut.map(({ cell, seed, reason }) => [cell, seed, reason])],
    [2, [['wide', 0, 'interrupted']]],
  );
  const [narrow] = summarizeStudy(store.cellRows('widths'), store.runs(), 'testLoss');
  assert.deepEqual([narrow?.n, narrow?.runs.map(({ state }) => state)], [2, ['complete', 'complete']]);
  assert.equal(narrow?.runs[0]?.id, first);
});

test('runs are added to a study that was imported, all of them or none, and nothing of it is changed', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const store = openStore(file, { purpose: 'schedule' });
  context.after(() => store.close());
  const failure = { code: 'failed-elsewhere', message: 'crashed' } as const;
  const crashed = { ...RUN, seed: 1, state: 'failed', metrics: {}, failure, note: 'lost' } as const;
  const points = { step: { step: [1], loss: [1] } };
  const study = imported([{ ...RUN, points }, crashed]);
  const first = importWhole(store, study);
  store.annotateStudy('widths', 'wider is better', null);
  const before = store.importedStudy('widths');
  assert.deepEqual(
    before.runs.map(({ cell, seed, state, metrics, note, hasCurves }) => [
      ...[cell, seed, state, metrics.testLoss ?? null, note, hasCurves],
    ]),
    [
      ['narrow', 0, 'complete', 0.1 + 0.2, '', true],
      ['narrow', 1, 'failed', null, 'lost', false],
    ],
  );
  const cells = [...study.cells, ...study.cells.map((cell) => ({ ...cell, id: `${cell.id} of another` }))];
  const { definition } = before;
  const addition = { format: 'CSV', files: [], hash: 'later', runs: 3, notes: [] };
  const grown: ImportedStudyInput = {
    ...study,
    definition: { ...definition, imported: { ...definition.imported, additions: [addition] } },
    ...{ text: 'added later', addedTo: definition },
    cells: cells.slice(0, 3),
    runs: [
      { ...RUN, seed: 1, points },
      { ...crashed, seed: 2 },
      { ...RUN, cell: 'narrow of another' },
    ],
  };
  importWhole(store, grown);
  assert.deepEqual(
    store.runs({ study: 'widths' }).map(({ cell, seed, state }) => [cell, seed, state]),
    [
      ['narrow', 0, 'complete'],
      ['narrow', 1, 'failed'],
      ['narrow', 1, 'complete'],
      ['narrow', 2, 'failed'],
      ['narrow of another', 0, 'complete'],
    ],
  );
  assert.deepEqual(
    store.cells('widths').map(({ id }) => id),
    ['narrow', 'wide', 'narrow of another'],
  );
  const { definition: now, text, note } = store.study('widths');
  assert.deepEqual([now, text, note?.text], [grown.definition, 'added later', 'wider is better']);
  assert.deepEqual(
    store
      .runs({ study: 'widths' })
      .slice(0, 2)
      .map(({ id }) => id),
    first,
  );
  assert.deepEqual(
    studyAccount(store, store.study('widths')).leftOut.map(({ seed }) => seed),
    [2],
  );
  // somebody else was faster
  assert.throws(() => importWhole(store, grown), {
    code: 'usage',
    message: /changed while the runs were written/,
  });
  while (store.dropSomeStaged());
  store.trashStudy('widths');
  assert.throws(() => importWhole(store, grown), { code: 'usage', message: /no imported study "widths"/ });
  while (store.dropSomeStaged());
  assert.deepEqual([store.importedStudies(), store.trashed().map(({ runs }) => runs)], [[], [5]]);
  const database = connectWriter(file);
  context.after(() => database.close());
  assert.deepEqual(database.prepare('SELECT count(*) FROM studies').pluck().get(), 1);
});

test('an import is whole or not there at all', (context) => {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  // the second run has the cell and seed of the first
  assert.throws(() => importWhole(store, imported([RUN, RUN])));
  while (store.dropSomeStaged());
  assert.throws(() => importWhole(store, imported([RUN, { ...RUN, cell: 'lost' }])), /no cell lost/);
  while (store.dropSomeStaged());
  assert.deepEqual([store.studies(), store.runTable()], [[], { runs: [], cells: [] }]);
  importWhole(store, imported([RUN]));
  assert.throws(() => importWhole(store, imported([RUN])), {
    code: 'usage',
    message: /a study "widths" already/,
  });
  while (store.dropSomeStaged());
  store.trashStudy('widths');
  assert.throws(() => importWhole(store, imported([RUN])), { code: 'usage', message: /in the trash/ });
  while (store.dropSomeStaged());
  assert.deepEqual(store.findImport('hash of widths'), { study: 'widths', isTrashed: true });
  store.deleteTrashed(null);
  assert.equal(importWhole(store, imported([RUN])).length, 1);
});

test('what is being imported is seen by nobody, writes go on beside it, and of one that was cut off nothing is left', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const store = openStore(file, { purpose: 'schedule' });
  const study = studyInput();
  store.saveStudy(study);
  const cell = study.cells[0]?.id ?? '';
  const [trained = ''] = store.addRuns([{ study: 'sample', cell, seed: 0, retryOf: null }]);
  store.startRun(trained, { provenance: PROVENANCE });
  const points = { step: { step: [1], loss: [1] } };
  // more than one transaction takes
  const runs = Array.from({ length: 5000 }, (_, seed) => ({ ...RUN, seed, note: 'sun', points }));
  const slices = stageImport(file, imported(runs));
  let step = 0;
  for (let slice = slices.next(); step < 5 && !slice.done; slice = slices.next()) {
    step += 1;
    store.appendPoints([{ run: trained, steps: [stepPoint(step)], epochs: [] }]);
    const reader = openStore(file, { purpose: 'read' });
    for (const each of [store, reader]) {
      assert.deepEqual([each.studies().length, each.runTable().runs.length, each.trashed()], [1, 1, []]);
      assert.equal(each.findImport('hash of widths'), null);
      each.requireFree('widths');
    }
    reader.close();
  }
  assert.equal(store.series(trained).steps.length, 5);
  // as after the death of the process
  slices.return(undefined as never);
  store.close();
  const opened = openStore(file, { purpose: 'schedule' });
  const database = connectWriter(file);
  context.after(() => {
    database.close();
    opened.close();
  });
  const rows = (table: string): unknown => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  assert.deepEqual(['studies', 'runs', 'notes', 'summaries'].map(rows), [1, 1, 0, 1]);
  assert.deepEqual(opened.run(trained).state, 'interrupted');
  assert.equal(importWhole(opened, imported(runs)).length, 5000);
});

test('no study that is trained here takes the name of an imported one; imported runs never change', (context) => {
  const file = join(temporaryFolder(context), 'kindling.sqlite');
  const store = openStore(file, { purpose: 'schedule' });
  const points = { step: { step: [1], loss: [1] } };
  importWhole(store, imported([{ ...RUN, points }], 'sample'));
  assert.throws(() => store.saveStudy(studyInput()), { code: 'usage', message: /"sample" were imported/ });
  store.close();
  const database = connectWriter(file);
  context.after(() => database.close());
  for (const sql of ['UPDATE runs SET seed = 1', 'DELETE FROM series', 'DELETE FROM runs'])
    assert.throws(() => database.exec(sql), /never changes|in the trash/, sql);
  // what is trained here needs its test accuracy still
  const insert = `INSERT INTO runs (name, cell_id, seed, state, created_at, ended_at) VALUES ('x', 1, 9, 'complete', 1, 1)`;
  assert.throws(() => database.exec(insert), /CHECK constraint failed/);
});
