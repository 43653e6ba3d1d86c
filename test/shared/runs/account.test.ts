import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leftOutNote, leftOutText } from '../../../src-shared/charts/cells/account-notes.ts';
import { accountRuns } from '../../../src-shared/runs/account.ts';
import { asideText } from '../../../src-shared/runs/aside-text.ts';
import { chooseRuns } from '../../../src-shared/runs/choose-runs.ts';
import { queryRuns } from '../../../src-shared/runs/query-runs.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { sampleCell, sampleRun } from './sample-table.ts';

const cell = { ...sampleCell('a', { sr: 0.5 }), asked: [0, 1, 2, 3, 4, 5, 6] };
const diverged = { code: 'loss-not-finite', message: '', step: 3 } as const;
const failure = { code: 'disk-full', message: '', step: 3 } as const;

test('every run that is expected counts or is left out, with its reason', () => {
  const runs = [
    sampleRun('first', cell, { seed: 0, state: 'interrupted' }),
    sampleRun('again', cell, { seed: 0, metrics: { testAccuracy: 0.7 } }),
    sampleRun('nan', cell, { seed: 1, state: 'failed', failure: diverged }),
    sampleRun('full', cell, { seed: 2, state: 'failed', failure }),
    sampleRun('cut', cell, { seed: 3, state: 'interrupted' }),
    sampleRun('now', cell, { seed: 4, state: 'running' }),
    sampleRun('planned', cell, { seed: 5, state: 'waiting', step: null }),
    sampleRun('going on', cell, { seed: 8, state: 'waiting', step: 20 }),
    sampleRun('odd', cell, { seed: 7, metrics: { testAccuracy: 0.6 } }),
  ];
  const { counted, leftOut } = accountRuns(runs, [{ id: 'a', seeds: cell.asked }], ({ id }) => id !== 'odd');
  assert.deepEqual(
    counted.map(({ id }) => id),
    ['again'],
  );
  assert.deepEqual(
    leftOut.map(({ seed, reason, run }) => [seed, reason, run]),
    [
      [1, 'diverged', 'nan'],
      [2, 'failed', 'full'],
      [3, 'interrupted', 'cut'],
      [4, 'running', 'now'],
      [5, 'not begun', 'planned'],
      [6, 'not begun', null],
      [7, 'without a value', 'odd'],
      [8, 'interrupted', 'going on'],
    ],
  );
  assert.equal(
    leftOutNote(counted.length, leftOut, 'validation loss'),
    '8 of 9 runs left out: 1 diverged, 1 failed, 2 interrupted, 1 running, 2 not begun, 1 without validation loss',
  );
  assert.equal(leftOutText([]), '');
  assert.equal(leftOutNote(3, []), '');
  const many = Array.from({ length: 1200 }, () => ({ reason: 'diverged' as const }));
  assert.equal(leftOutNote(8800, many), '1,200 of 10,000 runs left out: 1,200 diverged');
});

test('a run that counts in one study is not left out for having failed in another', () => {
  const again = { ...cell, study: 'again' };
  const { counted, leftOut } = accountRuns([
    sampleRun('1', cell, { seed: 0, metrics: { testAccuracy: 0.7 } }),
    sampleRun('2', again, { seed: 0, state: 'failed', failure }),
  ]);
  assert.deepEqual([counted.map(({ id }) => id), leftOut], [['1'], []]);
});

const gone = { ...sampleCell('gone', { sr: 1 }), asked: null };
const kept = { ...sampleCell('kept', { sr: 0.5 }), asked: [5, 6] };
const table = indexRuns({
  cells: [kept, gone],
  runs: [
    ...[0, 1, 5, 6].map((seed) => sampleRun(`kept-${seed}`, kept, { seed, metrics: { testAccuracy: 0.5 } })),
    sampleRun('gone-0', gone, { seed: 0, metrics: { testAccuracy: 0.9 } }),
    sampleRun('gone-1', gone, { seed: 1, state: 'cancelled' }),
  ],
});

test('a study is what its file asks for; a filter finds all there is', () => {
  const study = chooseRuns(table, [kept, gone], { kind: 'study', study: 'demo' });
  const ids = (rows: readonly number[]): string[] => rows.map((row) => table.rows[row]?.id ?? '');
  assert.deepEqual(ids(study.rows), ['kept-5', 'kept-6']);
  assert.deepEqual(study.cells, [kept]);
  assert.deepEqual(ids(study.aside), ['kept-0', 'kept-1', 'gone-0', 'gone-1']);
  const found = chooseRuns(table, [kept, gone], { kind: 'filter', filter: 'study:demo' });
  assert.deepEqual([found.rows.length, found.aside], [6, []]);
  const asked = queryRuns(table, { filter: 'asked:false', sort: [], groupBy: [], summarize: [] });
  assert.deepEqual(asked.rows, study.aside);
  assert.deepEqual(chooseRuns(table, [], { kind: 'runs', runs: ['kept-0', 'lost'] }).missing, ['lost']);
});

test('a group tells how many of its runs no file asks for', () => {
  const { groups } = queryRuns(table, { filter: '', sort: [], groupBy: ['cell'], summarize: [] });
  assert.deepEqual(
    groups.map(({ n, unasked }) => [n, unasked]),
    [
      [4, 2],
      [1, 1],
    ],
  );
});

test('what else there is of a study is told in words', () => {
  const words = (...rows: number[]): string => asideText(table, rows);
  assert.equal(words(0, 1), '2 complete runs of seeds 0, 1 are not in the study file');
  assert.equal(words(4, 5), '1 complete run of 1 further cell is not in the study file');
  assert.equal(words(0, 1, 4), '3 complete runs of seeds 0, 1 and 1 further cell are not in the study file');
  assert.equal(words(5), '');
  assert.equal(words(), '');
});
