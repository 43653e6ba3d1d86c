import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { differencesData } from '../../../src-shared/charts/kinds/differences/data.ts';
import { seedsToSettle, settleText } from '../../../src-shared/charts/kinds/differences/seeds-to-settle.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';
import { simulatedCells } from './simulated-cells.ts';

/** Cells with these values by seed. */
function tableOf(...values: readonly (readonly number[])[]): CellTable {
  const truth = values.map(() => 0.5);
  const drawn = { truth, seeds: 1, images: 1000, hasValidation: false, spread: 0 };
  const table = simulatedCells(drawn, randomStream(0, 'settle'));
  const cells = table.cells.map((cell, place) => ({
    ...cell,
    measured: (values[place] ?? []).map((value, seed) => ({
      run: `${place} ${seed}`,
      seed,
      value,
      judged: null,
    })),
    interval: tInterval(values[place] ?? []),
  }));
  return { ...table, cells };
}

const BEST = [0.7, 0.71, 0.69, 0.7, 0.7, 0.71];
/** The best less these. */
const less = (...differences: readonly number[]): number[] =>
  differences.map((difference, seed) => (BEST[seed] ?? NaN) - difference);

test('the seeds are those that the power of the paired test asks for', () => {
  const pairs = [0.01, 0.02, 0.015, 0.005, 0.01, 0];
  assert.equal(seedsToSettle(tableOf(BEST, less(...pairs))), null, 'this one is significant already');
  // mean 1 point, deviation 1.6 times 0.7071 points: statsmodels' TTestPower asks for 12.1 pairs
  const found = seedsToSettle(tableOf(BEST, less(...pairs.map((each) => each + 0.6 * (each - 0.01)))));
  assert.deepEqual([found?.cells, found?.add, found?.hopeless], [['0', '1'], 7, 0]);
});

test('differences that are too small for any sensible number of seeds are counted apart', () => {
  const found = seedsToSettle(
    tableOf(BEST, less(0.04, 0.02, 0.01, 0.05, 0.03, 0), less(0.01, -0.01, 0.0105, -0.01, 0.01, -0.01)),
  );
  assert.ok(found);
  assert.deepEqual([found.cells, found.hopeless], [['0', '1'], 1]);
  assert.ok(found.least <= found.add && (found.most === null || found.add <= found.most));
  assert.match(
    settleText(found),
    /^\d+ more seeds? in the best cell and in 1 other \(1\) would tell them apart with a power of 80\u00a0%.*; 1 other cell would take more than 20 seeds/,
  );
});

test('nothing is said where there is nothing to reckon from', () => {
  assert.equal(seedsToSettle(tableOf(BEST)), null);
  assert.equal(seedsToSettle(tableOf([0.7], [0.6])), null);
  assert.equal(seedsToSettle(tableOf(BEST, BEST)), null);
  const decided = tableOf(BEST, less(0.04, 0.02, -0.01, 0.05, 0.02, 0));
  const [first, second] = decided.cells;
  assert.ok(first && second);
  const rule = { halfWidth: 1, max: 9, min: 5, metric: 'testAccuracy' } as const;
  const decision = { rule, state: 'most seeds', seeds: [], firstStage: [], needed: 12 } as const;
  assert.equal(seedsToSettle({ ...decided, cells: [{ ...first, decision }, second] }), null);
  // seeds that are asked for come first
  assert.notEqual(seedsToSettle(decided), null);
  const leftOut = [{ reason: 'not begun', cell: first.id, seed: 6, run: null }] as const;
  assert.equal(seedsToSettle({ ...decided, cells: [{ ...first, leftOut }, second] }), null);
});

test('with so many seeds more, studies with the difference that was seen find it in about 80 %', () => {
  const SEEN = { difference: 0.02, deviation: 0.02 };
  const random = randomStream(1, 'settle');
  // six pairs with exactly this mean and deviation
  const shape = [1, -1, 1, -1, 1, -1].map((sign) => sign * SEEN.deviation * Math.sqrt(5 / 6));
  const found = seedsToSettle(tableOf(BEST, less(...shape.map((each) => SEEN.difference + each))));
  assert.ok(found);
  const seeds = 6 + found.add;
  let significant = 0;
  const STUDIES = 1000;
  for (let study = 0; study < STUDIES; study++) {
    const one = Array.from({ length: seeds }, () => 0.7 + 0.001 * random.normal());
    const two = one.map((value) => value - SEEN.difference + SEEN.deviation * random.normal());
    const { rows } = differencesData(tableOf(one, two), '0');
    if (rows.some(({ isSignificant }) => isSignificant)) significant++;
  }
  // a standard error of the simulation is 1.3 %; with a whole number of seeds the power is 80 % or somewhat more
  assert.ok(significant / STUDIES > 0.76 && significant / STUDIES < 0.9, `${significant} of ${STUDIES}`);
});
