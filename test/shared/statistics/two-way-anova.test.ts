import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { AnovaObservation } from '../../../src-shared/statistics/anova-design.ts';
import { twoWayAnova, type AnovaEffect } from '../../../src-shared/statistics/two-way-anova.ts';
import { assertNear, readFixture } from './fixture.ts';

type Effect = Omit<AnovaEffect, 'meanSquare'>;

interface Case {
  readonly name: string;
  readonly observations: readonly AnovaObservation[];
  readonly blocked: boolean;
  readonly balanced: boolean;
  readonly effects: Readonly<Record<'rows' | 'columns' | 'interaction', Effect | null>>;
  readonly seeds: number | null;
  readonly residual: { readonly sumOfSquares: number; readonly degreesOfFreedom: number };
}

const { source, cases } = readFixture('anova') as { source: string; cases: Case[] };
const KEYS = ['sumOfSquares', 'degreesOfFreedom', 'f', 'p', 'etaSquared', 'partialOmegaSquared'] as const;

test(`analyses of variance agree with ${source} to eight digits, whatever runs are missing (no. 1) (no. 8)`, () => {
  assert.equal(cases.length, 16);
  for (const { name, observations, ...expected } of cases) {
    const anova = twoWayAnova(observations);
    assert.deepEqual([anova.blocked, anova.balanced], [expected.blocked, expected.balanced], name);
    for (const part of ['rows', 'columns', 'interaction'] as const) {
      const effect = expected.effects[part];
      assert.equal(anova[part] === null, effect === null, `${name}: ${part}`);
      if (!effect) continue;
      for (const key of KEYS) {
        const what = `${name}: ${part} ${key}`;
        // a sum of squares is a difference of larger ones
        const scale = key === 'sumOfSquares' ? expected.residual.sumOfSquares : 0;
        assertNear(anova[part]?.[key], effect[key], { digits: 8, scale, what });
      }
    }
    assertNear(anova.residual.sumOfSquares, expected.residual.sumOfSquares, { what: `${name}: residual` });
    assert.equal(anova.residual.degreesOfFreedom, expected.residual.degreesOfFreedom, name);
    if (expected.seeds === null) assert.equal(anova.seeds, null);
    else assertNear(anova.seeds?.sumOfSquares, expected.seeds, { digits: 8 });
  }
});

test('a run that is missing does not turn the analysis upside down: the seed stays a block (no. 1)', () => {
  const { observations = [] } = cases.find(({ name }) => name === 'strong seeds, one run missing') ?? {};
  const { rows, columns } = twoWayAnova(observations);
  assertNear(rows?.p, 3.509771e-7, { digits: 6 });
  assertNear(columns?.p, 1.752526e-5, { digits: 6 });
});

test('a balanced grid decomposes exactly, and eta squared adds up to 1 (no. 8)', () => {
  const balanced = cases.filter((given) => given.balanced);
  assert.equal(balanced.length, 4);
  for (const { observations } of balanced) {
    const { rows, columns, interaction, seeds, residual } = twoWayAnova(observations);
    const parts = [rows, columns, interaction, seeds, residual].filter((part) => part !== null);
    const centre = observations.reduce((sum, { value }) => sum + value, 0) / observations.length;
    const total = observations.reduce((sum, { value }) => sum + (value - centre) ** 2, 0);
    const sum = (of: (part: (typeof parts)[number]) => number): number =>
      parts.reduce((all, part) => all + of(part), 0);
    assertNear(
      sum((part) => part.sumOfSquares),
      total,
    );
    assertNear(
      sum((part) => part.etaSquared),
      1,
    );
    assert.equal(
      sum((part) => part.degreesOfFreedom),
      observations.length - 1,
    );
  }
});

test('what cannot be estimated is said with its reason, and the rest is computed (no. 1)', () => {
  const limits = (name: string): readonly string[] =>
    twoWayAnova(cases.find((each) => each.name === name)?.observations ?? [], { rows: 'SR', columns: '3×3' })
      .limits;
  assert.deepEqual(limits('one run missing'), []);
  assert.deepEqual(limits('an empty cell'), [
    'The interaction is estimated from the other cells only, with 3 of 4 df: no complete run for r2 × c1.',
  ]);
  assert.deepEqual(limits('no interaction to be told'), [
    'The interaction cannot be estimated: no complete run for r1 × c1.',
  ]);
  assert.deepEqual(limits('other seeds in each row'), [
    'The main effect of SR cannot be separated from that of 3×3 and the seeds: the cells have too few seeds in common.',
  ]);
  assert.match(
    limits('rows that share no cell of a column').join('\n'),
    /effect of SR cannot .*\n.*effect of 3×3 cannot/,
  );
  assert.equal(
    twoWayAnova(cases.find(({ name }) => name === 'one run missing')?.observations ?? []).fullN,
    27,
  );
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
  refused(grid(2, 2, 1), /one run per cell leaves no residual .* use at least two seeds/);
  const whole = grid(2, 3, 2);
  refused(
    [...whole, ...whole.slice(0, 1)],
    /r0 × c0 has several runs with the same seed, .* keep that factor at one value/,
  );
  refused(
    whole.map((observation) => ({ ...observation, value: 0.5 })),
    /do not differ/,
  );
  // each cell has seeds of its own, but for one
  const nested = whole.map((run, place) => ({ ...run, seed: place === 2 ? 0 : place }));
  refused(nested, /no residual to compare with; add seeds to every cell/);
  for (const value of [NaN, Infinity])
    assert.equal(twoWayAnova([...whole, { row: 'r9', column: 'c9', seed: 0, value }]).n, 12);
});

test('a large grid takes a moment, not minutes', () => {
  const anova = twoWayAnova(grid(20, 20, 5));
  assert.equal(anova.residual.degreesOfFreedom, 399 * 4);
});
