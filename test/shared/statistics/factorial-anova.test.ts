import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomStream } from '../../../src-shared/random.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { Contrast } from '../../../src-shared/statistics/anova/contrast.ts';
import type { FactorialRun, GivenFactor, Level } from '../../../src-shared/statistics/anova/design.ts';
import {
  type AnovaEffect,
  type FactorialAnova,
  factorialAnova,
  type SquaresType,
} from '../../../src-shared/statistics/anova/factorial-anova.ts';
import { type FactorialFit, fitFactorial } from '../../../src-shared/statistics/anova/fit-factorial.ts';
import type { AtLevels } from '../../../src-shared/statistics/anova/grid-mean.ts';
import { levelDifferences } from '../../../src-shared/statistics/anova/level-differences.ts';
import { marginalMeans, pairMeans } from '../../../src-shared/statistics/anova/marginal-means.ts';
import { ownContrasts } from '../../../src-shared/statistics/anova/own-contrasts.ts';
import { simpleEffects } from '../../../src-shared/statistics/anova/simple-effects.ts';
import { trends } from '../../../src-shared/statistics/anova/trends.ts';
import { assertNear, readFixture } from './fixture.ts';

type Levels = Readonly<Record<string, Level>>;
type TestedContrast = Pick<Contrast, 'estimate' | 'low' | 'high' | 't' | 'p'>;

interface TestedMean {
  readonly at: Levels;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

interface Case {
  readonly name: string;
  readonly factors: readonly GivenFactor[];
  readonly runs: readonly FactorialRun[];
  readonly order: number;
  readonly type: SquaresType;
  readonly blocked: boolean;
  readonly effects: readonly {
    readonly factors: readonly string[];
    /** Null for an effect that the runs do not tell. */
    readonly sumOfSquares: number | null;
    readonly degreesOfFreedom?: number;
    readonly etaSquared?: number;
    readonly f?: number;
    readonly p?: number;
    readonly partialOmegaSquared?: number;
    readonly interval?: readonly [number, number];
  }[];
  readonly residual: { readonly sumOfSquares: number; readonly degreesOfFreedom: number };
  readonly seeds: { readonly sumOfSquares: number; readonly degreesOfFreedom: number } | null;
  readonly lackOfFit?: { readonly f: number; readonly degreesOfFreedom: number; readonly p: number };
  readonly means?: readonly TestedMean[];
  readonly pairMeans?: readonly TestedMean[];
  readonly contrasts?: readonly (TestedContrast & {
    readonly factor: string;
    readonly levels: readonly Level[];
    readonly weights: readonly number[];
    readonly adjustedP: number;
  })[];
  readonly differences?: readonly (TestedContrast & {
    readonly factor: string;
    readonly from: Level;
    readonly to: Level;
    readonly margin: number;
    readonly equivalenceP: number;
  })[];
  readonly trends?: readonly (TestedContrast & { readonly factor: string; readonly degree: string })[];
  readonly at?: Levels;
  readonly simple?: readonly {
    readonly factor: string;
    readonly f: number;
    readonly p: number;
    readonly degreesOfFreedom: number;
  }[];
}

const { source, cases, equivalence } = readFixture('anova') as {
  readonly source: string;
  readonly cases: readonly Case[];
  readonly equivalence: { readonly case: string; readonly margin: number; readonly p: number };
};

function caseOf(name: string): Case {
  const found = cases.find((each) => each.name === name);
  assert.ok(found, name);
  return found;
}

interface Fitted {
  readonly fit: FactorialFit;
  readonly anova: FactorialAnova;
}

function fitted({ runs, factors, order, type }: Case): Fitted {
  const fit = fitFactorial(runs, factors, order);
  return { fit, anova: factorialAnova(fit, type) };
}

type TestedKey = (typeof TESTED)[number];

function valueOf(
  { degreesOfFreedom, etaSquared, test: tested }: AnovaEffect,
  key: TestedKey,
): number | undefined {
  if (key === 'degreesOfFreedom') return degreesOfFreedom;
  return key === 'etaSquared' ? etaSquared : tested?.[key];
}

const TESTED = ['degreesOfFreedom', 'etaSquared', 'f', 'p', 'partialOmegaSquared'] as const;

test(`effects agree with ${source} to eight digits, whatever runs are missing`, () => {
  assert.equal(cases.length, 34);
  for (const given of cases) {
    const { fit, anova } = fitted(given);
    assert.equal(fit.design.blocked, given.blocked, given.name);
    const names = ({ factors }: FactorialAnova['effects'][number]): string =>
      factors.map((place) => fit.design.factors[place]?.name).join(':');
    for (const { factors, sumOfSquares, interval, ...effect } of given.effects) {
      const found = anova.effects.find((each) => names(each) === factors.join(':'));
      const what = `${given.name}: ${factors.join(':')}`;
      assert.equal(found === undefined, sumOfSquares === null, what);
      if (!found || sumOfSquares === null) continue;
      // a sum of squares is a difference of larger ones
      const scale = given.residual.sumOfSquares;
      assertNear(found.sumOfSquares, sumOfSquares, { digits: 8, scale, what });
      for (const key of TESTED) {
        const wanted = effect[key];
        const value = valueOf(found, key);
        if (wanted === undefined) assert.equal(value, undefined, what);
        else assertNear(value, wanted, { digits: 8, scale: 1e-8, what: `${what} ${key}` });
      }
      if (interval)
        for (const end of [0, 1] as const)
          assertNear(found.test?.interval[end], interval[end], { digits: 8, what: `${what} interval` });
    }
    for (const part of ['residual', 'seeds'] as const) {
      assert.equal(anova[part]?.degreesOfFreedom, given[part]?.degreesOfFreedom, `${given.name}: ${part}`);
      const scale = fit.total;
      if (given[part]) assertNear(anova[part]?.sumOfSquares, given[part].sumOfSquares, { digits: 8, scale });
    }
    assert.equal(anova.lackOfFit?.degreesOfFreedom, given.lackOfFit?.degreesOfFreedom, given.name);
    if (given.lackOfFit) assertNear(anova.lackOfFit?.p, given.lackOfFit.p, { digits: 8, what: given.name });
  }
});

function atOf({ design }: FactorialFit, at: Levels): AtLevels {
  return new Map(
    Object.entries(at).map(([name, level]) => [
      design.factors.findIndex((factor) => factor.name === name),
      level,
    ]),
  );
}

function assertContrast(found: Contrast | undefined, wanted: TestedContrast, what: string): void {
  for (const key of ['estimate', 'low', 'high', 't', 'p'] as const)
    assertNear(found?.[key], wanted[key], { digits: 8, scale: 1e-6, what: `${what} ${key}` });
}

test(`means, differences, contrasts, trends and simple effects agree with ${source} to eight digits`, () => {
  const counts = { means: 0, differences: 0, contrasts: 0, trends: 0, simple: 0 };
  for (const given of cases) {
    const { fit } = fitted(given);
    const { factors } = fit.design;
    const nameOf = ({ factor }: { readonly factor: number }): string => factors[factor]?.name ?? '';
    const means = [...marginalMeans(fit), ...pairMeans(fit).flatMap((pair) => pair.means)];
    for (const { at, ...wanted } of [...(given.means ?? []), ...(given.pairMeans ?? [])]) {
      const key = JSON.stringify([...atOf(fit, at)]);
      const found = means.find((each) => JSON.stringify([...each.at]) === key);
      for (const end of ['mean', 'low', 'high'] as const)
        assertNear(found?.[end], wanted[end], {
          digits: 8,
          what: `${given.name} ${JSON.stringify(at)} ${end}`,
        });
      counts.means++;
    }
    const differences = levelDifferences(fit, given.differences?.[0]?.margin ?? null);
    for (const { factor, from, to, equivalenceP, ...wanted } of given.differences ?? []) {
      const found = differences.find(
        (each) => nameOf(each) === factor && each.from === from && each.to === to,
      );
      assertContrast(found, wanted, `${given.name} ${factor} ${from} ${to}`);
      assertNear(found?.equivalence?.p, equivalenceP, { digits: 8 });
      counts.differences++;
    }
    const own = ownContrasts(
      fit,
      (given.contrasts ?? []).map(({ factor, levels, weights }) => ({
        factor: factors.findIndex(({ name }) => name === factor),
        weights: new Map(levels.map((level, place) => [level, weights[place] ?? NaN])),
      })),
    );
    for (const [place, { factor, adjustedP, ...wanted }] of (given.contrasts ?? []).entries()) {
      assertContrast(own[place] ?? undefined, wanted, `${given.name} contrast of ${factor}`);
      assertNear(own[place]?.adjustedP, adjustedP, { digits: 8, what: `${given.name} ${factor}` });
      counts.contrasts++;
    }
    for (const { factor, degree, ...wanted } of given.trends ?? []) {
      const found = trends(fit).find((each) => nameOf(each) === factor && each.degree === degree);
      assertContrast(found, wanted, `${given.name} ${factor} ${degree}`);
      counts.trends++;
    }
    const simple = given.at ? simpleEffects(fit, atOf(fit, given.at)) : [];
    for (const { factor, ...wanted } of given.simple ?? []) {
      const found = simple.find((each) => nameOf(each) === factor);
      assert.equal(found?.degreesOfFreedom, wanted.degreesOfFreedom, `${given.name} ${factor}`);
      for (const key of ['f', 'p'] as const)
        assertNear(found.test?.[key], wanted[key], { digits: 8, what: `${given.name} ${factor} ${key}` });
      counts.simple++;
    }
  }
  assert.deepEqual(counts, { means: 382, differences: 175, contrasts: 76, trends: 57, simple: 10 });
});

test(`equivalence of paired cells is ${source}'s ttost_paired`, () => {
  const { fit } = fitted(caseOf(equivalence.case));
  const [found] = levelDifferences(fit, equivalence.margin);
  assertNear(found?.equivalence?.p, equivalence.p, { digits: 8 });
  const { noGainP, noLossP } = found?.equivalence ?? {};
  // the second cell is better by more than half of the margin
  assert.ok(noGainP !== undefined && noLossP !== undefined && noLossP < noGainP);
});

test('a run that is missing does not turn the analysis upside down: the seed stays a block', () => {
  const { anova } = fitted(caseOf('strong seeds, one run missing'));
  const [row, column] = anova.effects;
  assertNear(row?.test?.p, 3.509771e-7, { digits: 6 });
  assertNear(column?.test?.p, 1.752526e-5, { digits: 6 });
});

test('a balanced grid decomposes exactly, and eta squared adds up to 1', () => {
  const whole = cases.filter((given) => fitted(given).anova.addsUp);
  assert.deepEqual(
    whole.map(({ name }) => name),
    [
      ...['3 x 3, three seeds', '3 x 3, main effects only', '2 x 5, six seeds', '2 x 2, two seeds'],
      ...['no seed in two cells', 'one seed', 'four factors', 'four factors, all interactions'],
      ...['four factors, type III', 'four factors, one seed', 'three factors without blocks'],
      'two cells of one factor',
    ],
  );
  for (const given of whole) {
    const { anova, fit } = fitted(given);
    const parts = [...anova.effects, anova.residual, ...(anova.seeds ? [anova.seeds] : [])];
    const sum = (of: (part: (typeof parts)[number]) => number): number =>
      parts.reduce((all, part) => all + of(part), 0);
    assertNear(
      sum((part) => part.etaSquared),
      1,
    );
    assert.equal(
      sum((part) => part.degreesOfFreedom),
      fit.n - 1,
    );
  }
});

test('what cannot be estimated is said with its reason, and the rest is computed', () => {
  const limits = (name: string): readonly string[] => fitted(caseOf(name)).anova.limits;
  assert.deepEqual(limits('one run missing'), []);
  assert.deepEqual(limits('an empty cell'), [
    'The interaction is estimated from the other cells only, with 3 of 4 df: no complete run for r2 × c1.',
  ]);
  assert.deepEqual(limits('no interaction to be told'), [
    'The interaction cannot be estimated: no complete run for r1 × c1.',
  ]);
  assert.deepEqual(limits('other seeds in each row'), [
    'The main effect of row cannot be separated from that of column and the seeds: the cells have too few seeds in common.',
  ]);
  assert.match(
    limits('rows that share no cell of a column').join('\n'),
    /effect of row cannot .*\n.*effect of column cannot/,
  );
  assert.deepEqual(limits('one seed'), [
    'F, p and intervals cannot be computed: the runs leave no residual to compare with; add seeds, or lower the order of the interactions.',
  ]);
});

const TWO: readonly GivenFactor[] = [{ name: 'row' }, { name: 'column' }];

function values(count: number): number[] {
  const some = [0.5, 0.61, 0.57, 0.72, 0.55, 0.69, 0.58];
  return Array.from({ length: count }, (_, place) => some[place % some.length] ?? 0);
}

function grid(rows: number, columns: number, seeds: number): FactorialRun[] {
  return values(rows * columns * seeds).map((value, place) => ({
    levels: [`r${Math.floor(place / seeds / columns)}`, `c${Math.floor(place / seeds) % columns}`],
    ...{ seed: place % seeds, value },
  }));
}

test('a factor of one family only is nested in it, and has its effect there', () => {
  const cells: Level[][] = [
    ...[0.25, 0.5, 1].map((sr) => ['squeezenet', sr, null]),
    ...[0.5, 1].map((alpha) => ['mobilenet', null, alpha]),
  ];
  const runs = cells.flatMap((levels, cell) =>
    values(4).map((value, seed) => ({ levels, seed, value: value + 0.013 * cell ** 2 * (seed + 1) })),
  );
  const fit = fitFactorial(runs, [{ name: 'family' }, { name: 'sr' }, { name: 'alpha' }], 2);
  const { effects, limits } = factorialAnova(fit, 2);
  assert.deepEqual(
    effects.map(({ factors, degreesOfFreedom }) => [factors, degreesOfFreedom]),
    [
      [[0], 1],
      [[1], 2],
      [[2], 1],
    ],
  );
  assert.deepEqual(limits, [
    'sr exists only where family is squeezenet: its effect is the one there.',
    'alpha exists only where family is mobilenet: its effect is the one there.',
    'No interaction of family and sr, family and alpha, sr and alpha, which do not vary together.',
  ]);
  // within one family it is what that family says alone, but for the residual
  const own = fitFactorial(
    runs.slice(0, 12).map((run) => ({ ...run, levels: run.levels.slice(1, 2) })),
    [{ name: 'sr' }],
    1,
  );
  const meansOf = (of: FactorialFit, place: number): number[] =>
    marginalMeans(of).flatMap(({ at, mean }) => (at.has(place) ? [mean] : []));
  const alone = meansOf(own, 0);
  assert.equal(alone.length, 3);
  for (const [place, mean] of meansOf(fit, 1).entries()) assertNear(mean, alone[place] ?? NaN);
  const [first] = effects.slice(1);
  assertNear(first?.sumOfSquares, factorialAnova(own, 2).effects[0]?.sumOfSquares ?? NaN);
});

test('what cannot be computed is refused with its reason', () => {
  const refused = (runs: readonly FactorialRun[], reason: RegExp, of: Partial<Case> = {}): void => {
    const { factors = TWO, order = 2, type = 2 } = of;
    assert.throws(
      () => factorialAnova(fitFactorial(runs, factors, order), type),
      (error) => error instanceof Problem && error.code === 'usage' && reason.test(error.message),
      String(reason),
    );
  };
  refused([], /no factor has complete runs at two levels/);
  refused(grid(1, 1, 3), /no factor has complete runs at two levels/);
  const whole = grid(2, 3, 2);
  refused(
    [...whole, ...whole.slice(0, 1)],
    /r0 × c0 has several runs with the same seed, .* choose the runs of one/,
  );
  refused(
    whole.map((run) => ({ ...run, value: 0.5 })),
    /all runs have the same value/,
  );
  refused(whole, /row is to be numeric, but has the value r0/, {
    factors: [{ name: 'row', isNumeric: true }, { name: 'column' }],
  });
  refused(whole.slice(2), /type III compare means over all combinations .* use type II/, { type: 3 });
  const many = Array.from({ length: 5000 }, (_, place) => ({
    levels: [place / 7, 'a'],
    seed: 0,
    value: place % 3,
  }));
  refused(
    [...many, { levels: [0, 'b'], seed: 0, value: 1 }],
    /lower the order .* or take row \(5000 values\) as numeric/,
  );
  for (const value of [NaN, Infinity])
    assert.equal(fitFactorial([...whole, { levels: ['r9', 'c9'], seed: 0, value }], TWO, 2).n, 12);
});

test('a factor with one level in the runs that count is left out, and told of', () => {
  const fit = fitFactorial(grid(1, 3, 3), TWO, 2);
  const { effects, limits } = factorialAnova(fit, 2);
  assert.deepEqual([effects.length, fit.design.factors[0]?.name], [1, 'column']);
  assert.deepEqual(limits, ['No effect of row (r0): all complete runs have one value.']);
});

test('runs that follow the effects exactly have no F, nor tests of differences', () => {
  const exact = grid(2, 3, 2).map((run) => ({ ...run, value: run.levels.join() === 'r1,c2' ? 0.7 : 0.5 }));
  const fit = fitFactorial(exact, TWO, 2);
  const { effects, limits } = factorialAnova(fit, 2);
  assert.deepEqual([levelDifferences(fit, null), trends(fit)], [[], []]);
  assert.ok(effects.length === 3 && effects.every(({ test: tested }) => tested === null));
  assert.match(limits.join(), /the runs do not differ beyond these effects/);
});

test('means of few seeds that differ cover what they are of', () => {
  const stream = randomStream(1, 'coverage');
  const covered = Array.from({ length: 500 }, () => {
    const seeds = Array.from({ length: 3 }, () => stream.normal());
    const runs = grid(3, 4, 3).map((run) => ({ ...run, value: (seeds[run.seed] ?? 0) + stream.normal() }));
    const [first] = marginalMeans(fitFactorial(runs, TWO, 2));
    return (
      first !== undefined && first.low !== null && first.high !== null && first.low <= 0 && first.high >= 0
    );
  });
  assert.ok(covered.filter(Boolean).length / covered.length >= 0.95);
});

test('a large grid takes a moment, not minutes', () => {
  const { anova } = fitted({ ...caseOf('one seed'), runs: grid(20, 20, 5), factors: TWO });
  assert.equal(anova.residual.degreesOfFreedom, 399 * 4);
});
