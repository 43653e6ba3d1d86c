import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BestSoFar } from '../../../src-shared/contract/api/execution.ts';
import type { RunPlan } from '../../../src-shared/studies/plan-runs.ts';
import { type ProgressOptions, StudyProgress } from '../../../src-main/scheduler/study-progress.ts';
import type { CostedCell } from '../../../src-shared/studies/cell.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import { runRow, sampleRuns } from '../../shared/charts/sample-runs.ts';
import { costedCells } from '../../../src-shared/studies/imported-study.ts';

const { cells } = sampleRuns('network.sr: [0.25, 0.5]', 1);
const PARTS = { training: 1000, validation: 100, test: 100 };

function optionsOf(plan: RunPlan): ProgressOptions {
  const workOf = ({ macs }: Pick<CostedCell, 'macs'>): number => macs;
  return { study: 'sample', cells: costedCells(cells), plan, parts: PARTS, workOf, jobs: 1 };
}

/** A complete run of a cell by its accuracies. */
function run(
  place: number,
  seed: number,
  testAccuracy: number,
  validationAccuracy: number | null,
): RunRecord {
  const cell = cells[place];
  assert.ok(cell);
  const row = runRow(cell, seed, `${place} ${seed}`, testAccuracy);
  return { ...row, metrics: { ...row.metrics, validationAccuracy } };
}

function bestOf(done: readonly RunRecord[], later: readonly RunRecord[] = []): BestSoFar | null {
  const plan = { done, given: [], missing: [], later: 0, obsolete: [] };
  const progress = new StudyProgress(optionsOf(plan));
  for (const record of later)
    progress.complete(
      { run: record.id, cell: record.cell, factors: record.factors, seed: record.seed },
      record,
    );
  return progress.event().best;
}

test('the best so far is the cell with the best mean validation accuracy, told by its mean on the test part', () => {
  assert.equal(bestOf([]), null);
  // one run of the second cell is the best of all on both parts, its cell is not
  const runs = [run(0, 0, 0.7, 0.8), run(0, 1, 0.72, 0.8), run(1, 0, 0.9, 0.9), run(1, 1, 0.5, 0.6)];
  const best = { factors: { 'network.sr': 0.25 }, n: 2, testAccuracy: 0.71, isJudged: true };
  assert.deepEqual(bestOf(runs), best);
  assert.deepEqual(bestOf(runs.slice(0, 1), runs.slice(1)), best);
});

test('without a validation part the choice is made on the test part, and told so', () => {
  const best = bestOf([run(0, 0, 0.6, null), run(1, 0, 0.7, null)]);
  assert.deepEqual(best, { factors: { 'network.sr': 0.5 }, n: 1, testAccuracy: 0.7, isJudged: false });
  // accuracies on different parts are not compared
  assert.equal(bestOf([run(0, 0, 0.6, 0.9), run(1, 0, 0.7, null)])?.isJudged, false);
});

test('runs from before tell the time only where they were computed as those that train now', () => {
  const [cell] = costedCells(cells);
  assert.ok(cell);
  const before = { ...run(0, 0, 0.7, 0.7), seconds: 60 };
  const planned = { cell, seed: 1, run: null, reached: null, shorter: null, retryOf: null };
  const plan = { done: [before], given: [], missing: [planned], later: 0, obsolete: [] };
  const engine = { name: 'tensorflow-cpu', version: '2.21.0', device: 'CPU:0', threads: 1 };
  const left = (trainer: typeof engine): number | null => {
    const progress = new StudyProgress(optionsOf(plan));
    progress.trainerStarting();
    assert.deepEqual([progress.event().starting, progress.event().secondsLeft], [1, null]);
    progress.trainerStarted(trainer);
    assert.equal(progress.event().starting, 0);
    const expected = progress.forecast()?.secondsOf({ cell: cell.id, work: cell.macs }, false) ?? null;
    assert.equal(expected, progress.event().secondsLeft);
    return progress.event().secondsLeft;
  };
  assert.ok(Math.abs((left(engine) ?? NaN) - 60) < 1e-9);
  assert.equal(left({ ...engine, threads: 2 }), null);
  assert.equal(left({ ...engine, device: 'GPU:0' }), null);
  assert.equal(left({ ...engine, version: '2.16.1' }), null);
});
