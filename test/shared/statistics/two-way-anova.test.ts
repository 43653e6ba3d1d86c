import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../src-shared/contract/problem.ts';
import type { AnovaObservation } from '../../../src-shared/statistics/anova-design.ts';
import { differenceOfDifferences, type Estimate } from '../../../src-shared/statistics/anova-estimates.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';
import { twoWayAnova, type AnovaEffect } from '../../../src-shared/statistics/two-way-anova.ts';
import { assertNear, readFixture } from './fixture.ts';

interface Case {
  readonly name: string;
  readonly observations: readonly AnovaObservation[];
  readonly blocked: boolean;
  readonly balanced: boolean;
  readonly effects: Readonly<Record<'rows' | 'columns' | 'interaction', Omit<AnovaEffect, 'meanSquare'>>>;
  readonly seeds: number | null;
  readonly residual: { readonly sumOfSquares: number; readonly degreesOfFreedom: number };
  readonly estimates: Readonly<
    Record<'row' | 'column' | 'interaction' | 'differences' | 'marginal', Estimate>
  >;
}

const { source, cases } = readFixture('anova') as { source: string; cases: Case[] };

function assertSameEstimate(actual: Estimate | undefined, expected: Estimate, what: string): void {
  for (const key of ['estimate', 'low', 'high', 'p'] as const) {
    assertNear(actual?.[key], expected[key], { digits: 8, scale: 0.01, what: `${what} ${key}` });
  }
}

test(`sums of squares, F, p and omega squared agree with ${source} to eight digits`, () => {
  assert.equal(cases.length, 5);
  for (const { name, observations, ...expected } of cases) {
    const anova = twoWayAnova(observations);
    assert.deepEqual([anova.blocked, anova.balanced], [expected.blocked, expected.balanced], name);
    for (const part of ['rows', 'columns', 'interaction'] as const) {
      for (const key of ['sumOfSquares', 'degreesOfFreedom', 'f', 'p', 'partialOmegaSquared'] as const) {
        const what = `${name}: ${part} ${key}`;
        // a sum of squares is a difference of larger ones
        const scale = key === 'sumOfSquares' ? expected.residual.sumOfSquares : 0;
        assertNear(anova[part][key], expected.effects[part][key], { digits: 8, scale, what });
      }
    }
    assertNear(anova.residual.sumOfSquares, expected.residual.sumOfSquares, { what: `${name}: residual` });
    assert.equal(anova.residual.degreesOfFreedom, expected.residual.degreesOfFreedom, name);
    if (expected.seeds === null) assert.equal(anova.seeds, null);
    else assertNear(anova.seeds?.sumOfSquares, expected.seeds, { digits: 8 });
  }
});

test(`effects and contrasts with their intervals agree with ${source} to eight digits`, () => {
  for (const { name, observations, blocked, estimates } of cases) {
    const anova = twoWayAnova(observations);
    const [row] = anova.rowMarginals;
    assertSameEstimate(row?.effect, estimates.row, `${name}: row`);
    assertSameEstimate(anova.columnMarginals.at(-1)?.effect, estimates.column, `${name}: column`);
    assertSameEstimate(anova.interactionEffects[0], estimates.interaction, `${name}: interaction`);
    const [firstRow = '', secondRow = ''] = anova.rowLevels;
    const [firstColumn = '', secondColumn = ''] = anova.columnLevels;
    const steps = differenceOfDifferences(anova, [firstRow, secondRow], [firstColumn, secondColumn]);
    assertSameEstimate(steps, estimates.differences, `${name}: differences`);
    assertNear(row?.mean, estimates.marginal.estimate, { what: name });
    if (!blocked) {
      assertNear(row?.low, estimates.marginal.low, { what: name });
      assertNear(row?.high, estimates.marginal.high, { what: name });
    }
  }
});

test('a balanced grid decomposes exactly', () => {
  for (const { observations } of cases.filter((given) => given.balanced)) {
    const { rows, columns, interaction, seeds, residual, ...anova } = twoWayAnova(observations);
    const parts = [rows, columns, interaction, residual, ...(seeds ? [seeds] : [])];
    const centre = observations.reduce((sum, { value }) => sum + value, 0) / anova.n;
    const total = observations.reduce((sum, { value }) => sum + (value - centre) ** 2, 0);
    assertNear(
      parts.reduce((sum, part) => sum + part.sumOfSquares, 0),
      total,
    );
    assert.equal(
      parts.reduce((sum, part) => sum + part.degreesOfFreedom, 0),
      observations.length - 1,
    );
  }
});

test("marginal means of blocked data have intervals over the seeds' own means", () => {
  const [given] = cases;
  const anova = twoWayAnova(given?.observations ?? []);
  const own = (given?.observations ?? []).filter(({ column }) => column === 'c1');
  const bySeed = [0, 1, 2].map((seed) => {
    const members = own.filter((observation) => observation.seed === seed);
    return members.reduce((sum, { value }) => sum + value, 0) / members.length;
  });
  const { mean, low, high } = tInterval(bySeed);
  const marginal = anova.columnMarginals[1];
  assert.equal(marginal?.n, 9);
  assertNear(marginal.mean, mean ?? NaN);
  assertNear(marginal.low, low ?? NaN);
  assertNear(marginal.high, high ?? NaN);
});

function grid(rows: number, columns: number, seeds: number): AnovaObservation[] {
  const values = [0.5, 0.61, 0.57, 0.72, 0.55, 0.69, 0.58];
  return Array.from({ length: rows * columns * seeds }, (_, place) => ({
    row: `r${Math.floor(place / seeds / columns)}`,
    column: `c${Math.floor(place / seeds) % columns}`,
    seed: place % seeds,
    value: values[place % values.length] ?? 0,
  }));
}

test('what cannot be computed is refused with its reason', () => {
  const refused = (observations: readonly AnovaObservation[], reason: RegExp): void => {
    assert.throws(
      () => twoWayAnova(observations),
      (error) => error instanceof Problem && error.code === 'usage' && reason.test(error.message),
      String(reason),
    );
  };
  refused([], /at least two levels/);
  refused(grid(1, 3, 2), /at least two levels/);
  refused(grid(2, 2, 1), /one run a cell leaves no error .* add seeds/);
  const whole = grid(2, 3, 2);
  refused(
    whole.filter(({ row, column }) => row !== 'r1' || column !== 'c2'),
    /no complete run for r1 × c2; run what is missing/,
  );
  refused(
    [...whole, ...whole.slice(0, 1)],
    /r0 × c0 has several runs with one seed, .* hold it at one value/,
  );
  refused(
    whole.map((observation) => ({ ...observation, value: 0.5 })),
    /do not differ/,
  );
  assert.equal(twoWayAnova([...whole, { row: 'r9', column: 'c9', seed: 0, value: NaN }]).n, 12);
});

test('a large grid takes a moment, not minutes', () => {
  const anova = twoWayAnova(grid(20, 20, 5));
  assert.equal(anova.residual.degreesOfFreedom, 399 * 4);
  assert.equal(anova.interactionEffects.length, 400);
});
