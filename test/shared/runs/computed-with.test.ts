import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accountNotes } from '../../../src-shared/charts/cells/account-notes.ts';
import { cellTableOf } from '../../../src-shared/charts/cells/measure-cells.ts';
import { computedWithText } from '../../../src-shared/runs/computed-with.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import { summarizeStudy } from '../../../src-shared/runs/summarize-study.ts';
import { sampleRuns } from '../charts/sample-runs.ts';

const CPU = { engine: 'tensorflow-cpu', engineVersion: '2.21.0', device: 'CPU:0', threads: 1 };

test('in what runs differ is said by engine, device and threads; nothing where they are alike', () => {
  assert.equal(computedWithText([]), '');
  assert.equal(computedWithText([CPU, CPU]), '');
  assert.equal(
    computedWithText([{ ...CPU, threads: 16 }, CPU, { ...CPU, threads: 2 }, CPU]),
    '1, 2 and 16 threads',
  );
  const card = { ...CPU, engine: 'tensorflow-gpu', device: 'GPU:0' };
  assert.equal(
    computedWithText([CPU, card]),
    'tensorflow-cpu 2.21.0 and tensorflow-gpu 2.21.0, CPU:0 and GPU:0',
  );
  assert.equal(
    computedWithText([CPU, { ...CPU, engineVersion: '2.16.1' }]),
    'tensorflow-cpu 2.21.0 and tensorflow-cpu 2.16.1',
  );
  // on a machine that was tuned between them
  assert.equal(
    computedWithText([CPU, { ...CPU, engineVersion: '2.21.0+avx512-depthwise+onednn' }, CPU]),
    'tensorflow-cpu 2.21.0 and tensorflow-cpu 2.21.0+avx512-depthwise+onednn',
  );
  const fused = { ...CPU, fusedWith: ['another'] };
  assert.equal(computedWithText([CPU, fused, { ...fused, fusedWith: ['a', 'b'] }]), 'fused and single steps');
  assert.equal(computedWithText([fused, fused]), '');
  // a run that has not begun was computed with nothing
  assert.equal(
    computedWithText([CPU, { engine: null, engineVersion: null, device: null, threads: null }]),
    '',
  );
});

/** The notes of a study of two cells and three seeds whose runs were computed with so many threads. */
function notes(threadsOf: (cell: number, seed: number) => number, change = (run: RunRow) => run): string[] {
  const runs = sampleRuns('network.sr: [0.25, 0.5]', 3, (run, { cell, seed }) =>
    change({ ...run, threads: threadsOf(cell, seed) }),
  );
  return accountNotes(cellTableOf(runs, 'testAccuracy'));
}

test('every caption says where trainers of several numbers of threads are mixed', () => {
  assert.deepEqual(
    notes(() => 2),
    [],
  );
  assert.deepEqual(
    notes((cell, seed) => (cell === 1 && seed > 0 ? 2 : 1)),
    ['computed with 1 and 2 threads, mixed within 1 of 2 cells'],
  );
  assert.deepEqual(
    notes((cell) => cell + 1),
    ['computed with 1 and 2 threads, the same within each cell'],
  );
  // a run that does not count mixes nothing
  const failed = notes(
    (_, seed) => (seed === 0 ? 2 : 1),
    (run) => (run.seed === 0 ? { ...run, state: 'failed' } : run),
  );
  assert.deepEqual(failed, ['2 of 6 runs left out: 2 failed']);
});

test('a cell tells in what its runs differ', () => {
  const { index, cells } = sampleRuns('network.sr: [0.25, 0.5]', 2, (run, { cell, seed }) => ({
    ...run,
    threads: cell === 0 && seed === 0 ? 2 : 1,
  }));
  assert.deepEqual(
    summarizeStudy(cells, index.rows).map(({ mixed }) => mixed),
    ['1 and 2 threads', ''],
  );
});
