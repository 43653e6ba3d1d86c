import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { factorColumns, variableColumns } from '../../../src-shared/runs/factor-columns.ts';
import { queryRuns, type RunQuery } from '../../../src-shared/runs/query-runs.ts';
import {
  allColumns,
  listedColumns,
  requireColumn,
  resolveColumn,
} from '../../../src-shared/runs/resolve-column.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { varyingColumns } from '../../../src-shared/runs/varying-columns.ts';
import { sampleCell, sampleRun, sampleTable } from './sample-table.ts';

const table = sampleTable();
const all: RunQuery = { filter: '', sort: [], groupBy: [], summarize: [] };

function ids(query: Partial<RunQuery>): string {
  return queryRuns(table, { ...all, ...query })
    .rows.map((row) => table.rows[row]?.id.slice(1))
    .join(' ');
}

test('runs are sorted stably by several columns, those without a value last in both directions', () => {
  assert.equal(ids({}), '1 2 3 4 5 6 7');
  assert.equal(ids({ sort: [{ column: 'testAccuracy', descending: false }] }), '1 2 4 6 5 3 7');
  assert.equal(ids({ sort: [{ column: 'accuracy', descending: true }] }), '5 6 4 2 1 3 7');
  const byRate = { column: 'lr', descending: false };
  assert.equal(ids({ sort: [byRate, { column: 'seed', descending: true }] }), '6 5 4 3 2 1 7');
  assert.equal(ids({ sort: [{ column: 'sr', descending: true }], filter: 'seed=0' }), '7 4 1');
  // as states follow each other, not as they are spelt
  assert.equal(ids({ sort: [{ column: 'state', descending: false }] }), '3 1 2 4 5 6 7');
});

test('in how many networks’ steps a run was trained is a column, as is where its images lay', () => {
  const of = { engine: 'cpu' };
  const cell = sampleCell('c', {});
  const index = indexRuns({
    cells: [cell],
    runs: [
      sampleRun('one', cell, { ...of, images: 'on the device: 147 MB' }),
      sampleRun('three', cell, { ...of, fusedWith: ['four', 'five'] }),
      sampleRun('waits', cell, { engine: null }),
    ],
  });
  const valuesOf = (key: string) => index.values(requireColumn(key));
  assert.deepEqual(valuesOf('runsInStep'), [1, 3, null]);
  assert.deepEqual(valuesOf('images'), ['on the device: 147 MB', null, null]);
});

test('texts are sorted as people count', () => {
  const cell = sampleCell('c', {});
  const names = ['run 10', 'Run 2', 'run 1'];
  const index = indexRuns({
    cells: [cell],
    runs: names.map((note, i) => sampleRun(`r${i}`, cell, { note })),
  });
  const { rows } = queryRuns(index, { ...all, sort: [{ column: 'note', descending: false }] });
  assert.deepEqual(rows, [2, 1, 0]);
});

test('a group has its complete seeds, their mean and t interval, and the count of each state', () => {
  const { groups } = queryRuns(table, {
    ...all,
    groupBy: ['sr'],
    sort: [{ column: 'accuracy', descending: true }],
    summarize: ['seconds', 'study'],
  });
  assert.deepEqual(
    groups.map(({ values, n, cells }) => [values[0], n, cells]),
    [
      [0.5, 3, 1],
      [0.125, 2, 1],
      [[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], 0, 0],
    ],
  );
  const [wide, narrow, listed] = groups;
  assert.deepEqual(wide?.rows, [4, 5, 3], 'in the order of the sort');
  const accuracy = wide.summaries.get('testAccuracy');
  assert.equal(accuracy?.n, 3);
  assert.ok(Math.abs((accuracy.mean ?? 0) - 0.92) < 1e-12);
  // t(0.975, 2) = 4.302653 from printed tables; s = 0.02
  assert.ok(Math.abs(0.92 - (accuracy.low ?? 0) - (4.302653 * 0.02) / Math.sqrt(3)) < 1e-6);
  assert.deepEqual(wide.summaries.get('seconds'), {
    ...{ n: 1, mean: 90, low: null, high: null },
  });
  assert.equal(wide.summaries.has('study'), false);
  assert.deepEqual([narrow?.states.complete, narrow?.states.running], [2, 1]);
  assert.deepEqual([listed?.states.failed, listed?.summaries.get('testAccuracy')?.mean], [1, null]);
});

test('without a sort, groups stand in the order of what they share', () => {
  const { groups } = queryRuns(table, { ...all, groupBy: ['state', 'seed'] });
  assert.deepEqual(
    groups.map(({ values }) => values.join(' ')),
    ['running 2', 'complete 0', 'complete 1', 'complete 2', 'failed 0'],
  );
  assert.equal(new Set(groups.map(({ key }) => key)).size, 5);
});

test('only the last attempt at a seed counts, and the same cell and seed of two studies once', () => {
  const cell = sampleCell('a', { sr: 0.5 });
  const again = { ...cell, study: 'again' };
  const run = (id: string, of: typeof cell, seed: number, accuracy: number | null) =>
    sampleRun(id, of, {
      seed,
      state: accuracy === null ? 'failed' : 'complete',
      metrics: { testAccuracy: accuracy },
    });
  const index = indexRuns({
    cells: [cell, again],
    runs: [
      run('1', cell, 0, null),
      run('2', cell, 0, 0.5),
      run('3', cell, 1, 0.7),
      run('4', cell, 2, null),
      run('5', again, 1, 0.7),
    ],
  });
  const { groups } = queryRuns(index, {
    ...all,
    groupBy: ['cell'],
    summarize: ['accuracy'],
    sort: [{ column: 'seed', descending: true }],
  });
  assert.equal(groups.length, 1);
  assert.deepEqual(groups[0]?.replicates, [1, 4]);
  // seed 2 failed; the other seeds have a run that counts
  assert.deepEqual(
    groups[0].leftOut.map(({ seed, reason }) => [seed, reason]),
    [[2, 'failed']],
  );
  assert.equal(groups[0].summaries.get('testAccuracy')?.mean, 0.6);
  assert.deepEqual(groups[0].states, {
    ...{ waiting: 0, running: 0, complete: 3, failed: 2, cancelled: 0, interrupted: 0 },
  });
});

test('columns that vary and columns with values are told', () => {
  const everything = table.rows.map((_, row) => row);
  const keys = (rows: readonly number[]): string[] =>
    varyingColumns(table, allColumns, rows).map(({ key }) => key);
  assert.ok(keys(everything).includes('network.sr'));
  assert.ok(!keys(everything).includes('network.pct3x3'));
  assert.deepEqual(keys([3, 4]), ['id', 'seed', 'testAccuracy', 'seconds', 'note']);
  assert.deepEqual(keys([]), []);
  const filled = allColumns.filter(table.isFilled).map(({ key }) => key);
  assert.ok(filled.includes('training.batch') && filled.includes('best.loss'));
  assert.ok(!filled.includes('network.alpha') && !filled.includes('testLoss'));
});

/** Runs that another program trained, of two values of a factor. */
function importedTable(names: readonly [string, string] = ['factor.width', 'factor.width']) {
  const cells = names.map((name, place) => ({
    ...sampleCell(`c${place}`, {}),
    ...{ factors: { [name]: 16 * (place + 1) }, network: null, recipe: null },
  }));
  const runs = cells.map((cell) => sampleRun(cell.id, cell, { importedFrom: 'CSV' }));
  return indexRuns({ runs, cells });
}

test('the factors of imported runs are listed, and are among what varies', () => {
  const imported = importedTable();
  const varying = varyingColumns(imported, variableColumns(imported), [0, 1]);
  assert.deepEqual(
    varying.map(({ key, title }) => [key, title]),
    [['factor.width', 'width']],
  );
  assert.ok(listedColumns(imported).some(({ key }) => key === 'factor.width'));
  assert.deepEqual(factorColumns(table), [], 'settings of runs trained here are no columns of their own');
});

test('a factor of imported runs is found whatever the case of its name', () => {
  const imported = importedTable(['factor.LR', 'factor.lr']);
  for (const filter of ['factor.LR>0', 'factor.lr>0', 'Factor.Lr>0'])
    assert.deepEqual(queryRuns(imported, { ...all, filter }).rows, [0, 1], filter);
  assert.equal(factorColumns(imported).length, 1);
});

test('columns have one key each, and are found by it, by their field and by the usual abbreviations', () => {
  assert.equal(new Set(allColumns.map(({ key }) => key)).size, allColumns.length);
  for (const { key } of allColumns) assert.equal(resolveColumn(key)?.key, key);
  assert.equal(resolveColumn('PCT3X3')?.key, 'network.pct3x3');
  assert.equal(resolveColumn('lr')?.key, 'training.learningRate');
  assert.equal(resolveColumn('sr[3]')?.key, 'network.sr[3]');
  assert.equal(resolveColumn('seed[3]'), null);
  assert.equal(resolveColumn('best.validationLoss')?.better, 'lower');
  assert.throws(
    () => requireColumn('sqeconds'),
    (error) =>
      error instanceof Problem && error.code === 'usage' && /did you mean seconds/.test(error.message),
  );
});

test('recalls of classes are filtered and sorted by', () => {
  const cell = sampleCell('c', {});
  const index = indexRuns({
    cells: [cell],
    runs: [[0.5, 0.9], [0.25, 0.8], []].map((recalls, i) => sampleRun(`r${i}`, cell, { recalls })),
  });
  const query = { ...all, filter: 'recall.1>50%', sort: [{ column: 'recall.0', descending: false }] };
  assert.deepEqual(queryRuns(index, query).rows, [1, 0]);
  assert.equal(resolveColumn('recall.100'), null);
});
