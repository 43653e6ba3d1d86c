import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runMetricsOf } from '../../../src-shared/metrics/measured-values.ts';
import type { CellRow } from '../../../src-shared/runs/run-row.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import type { RunState } from '../../../src-shared/studies/run-state.ts';
import { summarizeStudy } from '../../../src-shared/runs/summarize-study.ts';

const cell = (id: string, asked: readonly number[]): CellRow => ({
  id,
  study: 's',
  asked,
  factors: { 'network.sr': 0.5 },
  network: {},
  recipe: recipeSchema.parse({}),
  parameters: 10,
  macs: 20,
});

function run(id: string, of: string, seed: number, state: RunState, testAccuracy: number | null): RunRecord {
  return {
    ...{
      id,
      study: 's',
      cell: of,
      seed,
      state,
      importedFrom: null,
      openedFrom: null,
      parameters: 10,
      macs: 20,
      factors: {},
      createdAt: '',
    },
    ...{
      startedAt: null,
      endedAt: null,
      seconds: null,
      engine: null,
      engineVersion: null,
      device: null,
      threads: null,
      step: null,
      totalSteps: null,
    },
    ...{ mode: null, modeReason: null, failure: null, interruptions: [], retryOf: null, artifacts: null },
    metrics: runMetricsOf((name) => (name === 'testAccuracy' ? testAccuracy : null)),
  };
}

test('mean and t interval are over the complete seeds, and only the last attempt of a seed counts', () => {
  const [first, second] = summarizeStudy(
    [cell('a', [0, 1, 2, 3]), cell('b', [0, 1])],
    [
      run('1', 'a', 0, 'interrupted', null),
      run('2', 'a', 2, 'complete', 0.7),
      run('3', 'a', 1, 'complete', 0.5),
      run('4', 'a', 0, 'complete', 0.6),
      run('5', 'a', 3, 'failed', null),
      run('6', 'b', 0, 'complete', 0.9),
      run('7', 'dropped', 0, 'complete', 0.1),
    ],
  );
  assert.equal(first?.n, 3);
  assert(Math.abs((first.mean ?? 0) - 0.6) < 1e-12);
  // t(0.975, 2) = 4.302653 from printed tables; s = 0.1
  const half = (4.302653 * 0.1) / Math.sqrt(3);
  assert(Math.abs((first.interval?.[0] ?? 0) - (0.6 - half)) < 1e-6);
  assert(Math.abs((first.interval?.[1] ?? 0) - (0.6 + half)) < 1e-6);
  assert.deepEqual(
    first.runs.map(({ id, seed, state }) => [id, seed, state]),
    [
      ['4', 0, 'complete'],
      ['3', 1, 'complete'],
      ['2', 2, 'complete'],
      ['5', 3, 'failed'],
    ],
  );
  assert.deepEqual(first.leftOut, [{ seed: 3, reason: 'failed' }]);
  assert.deepEqual([second?.n, second?.mean, second?.interval], [1, 0.9, null]);
  assert.deepEqual(second?.leftOut, [{ seed: 1, reason: 'not begun' }]);
});

test('a study answers for its file: seeds that it does not name do not count', () => {
  const runs = [0.5, 0.6, 0.1, 0.2].map((accuracy, seed) => run(`${seed}`, 'a', seed, 'complete', accuracy));
  const [both] = summarizeStudy([cell('a', [0, 1, 2, 3])], runs);
  const [asked] = summarizeStudy([cell('a', [2, 3])], runs);
  assert.deepEqual([both?.n, asked?.n], [4, 2]);
  assert(Math.abs((asked?.mean ?? 0) - 0.15) < 1e-12);
  assert.deepEqual(
    asked?.runs.map(({ seed }) => seed),
    [2, 3],
  );
});
