import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { histogramsOf } from '../../fixtures/scripted-numbers.ts';
import {
  addRuns,
  epochPoint,
  RESULT,
  startedRun,
  stepPoint,
  STUDY_TEXT,
  studyInput,
  temporaryFolder,
} from './sample-study.ts';

/** Two studies; `sample` with a complete run, one that was repeated, and a waiting one. */
function sampleStore(context: TestContext): { store: Store; runs: string[]; other: string } {
  const store = openStore(join(temporaryFolder(context), 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => store.close());
  store.saveStudy(studyInput());
  const complete = startedRun(store, 0);
  store.appendPoints([
    { run: complete, steps: [stepPoint(1)], epochs: [epochPoint(1, true)], histograms: [histogramsOf(1)] },
  ]);
  store.completeRun(complete, RESULT);
  const first = startedRun(store, 1);
  store.endRun(first, 'interrupted');
  const [again = ''] = store.addRuns([
    { study: 'sample', cell: store.run(first).cell, seed: 1, retryOf: first },
  ]);
  store.annotate([complete, again], { note: 'a note', addTags: ['paper'] });
  store.saveStudy(studyInput(STUDY_TEXT.replace('study: sample', 'study: other')));
  const [other = ''] = addRuns(store, [0], 'other');
  return { store, runs: [complete, first, again], other };
}

test('a study in the trash is left out everywhere, and comes back as it was', (context) => {
  const { store, runs, other } = sampleStore(context);
  const before = [store.studies(), store.runTable(), store.cells('sample')];
  const trashed = store.trashStudy('sample');
  assert.deepEqual([trashed.name, trashed.runs, trashed.bytes], ['sample', 3, 1234]);
  assert.deepEqual(store.trashed(), [trashed]);

  assert.equal(store.findStudy('sample'), null);
  assert.deepEqual(
    store.studies().map(({ name }) => name),
    ['other'],
  );
  assert.deepEqual(
    store.runs().map(({ id }) => id),
    [other],
  );
  const table = store.runTable();
  assert.deepEqual(
    table.runs.map(({ id }) => id),
    [other],
  );
  assert(table.cells.every(({ study }) => study === 'other'));
  assert.deepEqual(store.runTable(runs), { runs: [], cells: [] });
  assert.deepEqual(store.curves(runs, 'loss'), []);
  assert.deepEqual(store.histogramsOf(runs, { of: 'weights', layer: null, most: 2 }).runs, []);
  assert.throws(() => store.run(runs[0] ?? ''), { code: 'not-found' });
  assert.throws(() => store.study('sample'), { code: 'not-found' });
  assert.throws(() => addRuns(store, [7]), { code: 'not-found' });
  assert.throws(() => store.saveStudy(studyInput()), { code: 'usage', message: /in the trash/ });
  assert.throws(() => store.trashStudy('sample'), { code: 'not-found' });

  store.restoreStudy('sample');
  assert.deepEqual([store.studies(), store.runTable(), store.cells('sample')], before);
  assert.deepEqual(store.trashed(), []);
  assert.throws(() => store.restoreStudy('sample'), { code: 'not-found' });
});

test('deleted for good, nothing of a study is left and nothing of another is gone', (context) => {
  const { store, runs, other } = sampleStore(context);
  const kept = [store.study('other'), store.run(other), store.cells('other')];
  assert.throws(() => store.deleteTrashed(['sample']), { code: 'not-found' });
  store.trashStudy('sample');
  assert.deepEqual(store.deleteTrashed(['sample']), ['sample']);
  // the third never began
  assert.deepEqual(store.removals(), runs.slice(0, 2).sort());
  assert.deepEqual([store.study('other'), store.run(other), store.cells('other')], kept);

  const database = new Database(store.file, { readonly: true });
  context.after(() => database.close());
  const tables = [
    'series',
    'histograms',
    'summaries',
    'artifacts',
    'provenance',
    'confusions',
    'notes',
    'tags',
  ];
  for (const table of tables) {
    assert.deepEqual(database.prepare(`SELECT count(*) AS n FROM ${table}`).get(), { n: 0 }, table);
  }
  assert.deepEqual(database.pragma('foreign_key_check'), []);
  store.trashStudy('other');
  assert.deepEqual(store.deleteTrashed(null), ['other']);
  assert.deepEqual(store.studies(), []);
});

test('a study that runs cannot be put into the trash', (context) => {
  const { store, other } = sampleStore(context);
  const running = startedRun(store, 5);
  assert.throws(() => store.trashStudy('sample'), { code: 'usage', message: /is running: stop it/ });
  store.endRun(running, 'interrupted');
  store.trashStudy('sample');
  assert.equal(store.run(other).state, 'waiting');
});

test('finished runs are deleted from the trash only, even by SQL', (context) => {
  const { store } = sampleStore(context);
  const database = new Database(store.file);
  context.after(() => database.close());
  for (const sql of [
    'DELETE FROM summaries',
    'DELETE FROM series',
    "UPDATE summaries SET values_json = '{}'",
  ]) {
    assert.throws(() => database.exec(sql), /a finished run never changes/, sql);
  }
  database.pragma('foreign_keys = OFF');
  assert.throws(() => database.exec('DELETE FROM runs'), /only runs in the trash/);
  store.trashStudy('sample');
  assert.throws(() => database.exec('UPDATE series SET count = 0'), /a finished run never changes/);
});
