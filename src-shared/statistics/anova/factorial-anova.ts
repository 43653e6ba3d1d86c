import { noncentralityInterval } from '../noncentral-f.ts';
import { fTail } from '../tail-probability.ts';
import { refusal } from './design.ts';
import { type FactorialFit, ROUNDING, type Variation } from './fit-factorial.ts';
import type { Term } from './model.ts';
import { fitColumns } from './within-blocks.ts';
import { whyApart, whyConstant, whyNotEstimable, whyPartial } from './why-not-estimable.ts';

/**
 * Sums of squares of type II are what an effect explains beyond all effects that do not contain it, those of type III what
 * it explains beyond all others, as a difference of unweighted means.
 */
export type SquaresType = 2 | 3;

export interface VarianceSource extends Variation {
  readonly meanSquare: number;
  /** Eta squared: the sum of squares over the total. */
  readonly etaSquared: number;
}

export interface FTest {
  readonly f: number;
  readonly p: number;
}

export interface AnovaEffect extends VarianceSource {
  /** Places of its factors in the design. */
  readonly factors: readonly number[];
  /** Null where nothing is left to test it against. */
  readonly test: EffectTest | null;
}

export interface EffectTest extends FTest {
  /**
   * Partial omega squared, df (MS - MSE) / (df MS + (N - df) MSE) and not below zero: an estimate for the population of
   * the effect's share in its own variance and the error, all other effects being left out. Such shares do not add up.
   */
  readonly partialOmegaSquared: number;
  /** 95 % confidence interval of the same, lambda / (lambda + N) at the ends of the noncentrality's (Steiger, 2004). */
  readonly interval: readonly [low: number, high: number];
}

export interface FactorialAnova {
  readonly type: SquaresType;
  readonly effects: readonly AnovaEffect[];
  /** Null unless they are blocks. */
  readonly seeds: VarianceSource | null;
  readonly residual: VarianceSource;
  /** Whether the sums of squares add up to the total. */
  readonly addsUp: boolean;
  /** Of the effects that the model leaves out against the variation of runs; null where it leaves none, or cannot be known. */
  readonly lackOfFit: (FTest & { readonly degreesOfFreedom: number }) | null;
  /** What cannot be estimated, or only in part, and why; sentences for people. */
  readonly limits: readonly string[];
}

/**
 * Analysis of variance of any number of factors. The seed is an additive block: runs with one seed share initialisation,
 * order and augmentation. All effects are tested against the residual of the whole model, which holds the interactions
 * above its order.
 *
 * @throws Problem `usage` where all runs have one value, or for type III where combinations are missing.
 */
export function factorialAnova(given: FactorialFit, type: SquaresType): FactorialAnova {
  const { model, order, total, n, seeds, residual: rest, design } = given;
  if (total <= ROUNDING * squares(given)) throw refusal('all runs have the same value');
  const residual = sourceOf(rest, total);
  const isTested = rest.degreesOfFreedom > 0 && rest.sumOfSquares > 0;
  if (type === 3) requireWhole(given);
  const aliased = aliasedTerms(given);
  const found = model.terms.map((term) => ({
    term,
    variation: variationOf(given, term, { type, aliased }),
  }));
  const effects = found.flatMap(({ term, variation }): AnovaEffect[] => {
    // of some cells it is still an interaction, but a main effect of some levels is another one
    const least = term.factors.length === 1 ? term.columns.length : 1;
    if (variation.degreesOfFreedom < least) return [];
    const source = sourceOf(variation, total);
    return [{ ...source, factors: term.factors, test: isTested ? testOf(source, residual, n) : null }];
  });
  const isKnown = (term: Term): boolean => effects.some(({ factors }) => factors === term.factors);
  const isPressed =
    order > 1 &&
    design.factors.length > 2 &&
    model.terms.some((term) => term.factors.length === 1 && !isKnown(term));
  const sources = [...effects, ...(seeds ? [seeds] : []), rest];
  const sum = sources.reduce((all, { sumOfSquares }) => all + sumOfSquares, 0);
  return {
    ...{ type, effects, residual, addsUp: Math.abs(sum - total) <= 1e-9 * total },
    seeds: seeds && sourceOf(seeds, total),
    lackOfFit: lackOfFitTest(given),
    limits: [
      ...whyConstant(design),
      ...whyApart(given),
      ...found.flatMap(({ term, variation }) =>
        isKnown(term) ? whyPartial(given, term, variation.degreesOfFreedom) : whyNotEstimable(given, term),
      ),
      ...(isPressed ? [LOWER] : []),
      ...(isTested ? [] : [whyUntested(rest)]),
    ],
  };
}

const LOWER =
  'A lower order of the interactions, or factors taken as numeric, may leave fewer effects to be told apart.';

function squares({ equations: { blocks } }: FactorialFit): number {
  return blocks.reduce((sum, { n, value }) => sum + n * value ** 2, 0);
}

/** Interactions that tell nothing beyond the effects of lower order: with them in the model these could not be told. */
function aliasedTerms({ model, equations, fit }: FactorialFit): ReadonlySet<Term> {
  if (fit.rank === model.columns) return new Set();
  return new Set(
    model.terms.filter((term) => {
      const lower = model.terms.filter(({ factors }) => factors.length < term.factors.length);
      const beyond = fitColumns(equations, [...columnsOf(lower), ...term.columns]);
      return term.factors.length > 1 && beyond.rankOf(term.columns) === 0;
    }),
  );
}

function columnsOf(terms: readonly Term[]): number[] {
  return terms.flatMap(({ columns }) => columns);
}

function variationOf(
  { model, equations }: FactorialFit,
  term: Term,
  { type, aliased }: { readonly type: SquaresType; readonly aliased: ReadonlySet<Term> },
): Variation {
  const contains = (other: Term): boolean => term.factors.every((factor) => other.factors.includes(factor));
  const before = model.terms.filter(
    (other) => !aliased.has(other) && (type === 2 ? !contains(other) : other !== term),
  );
  const fit = fitColumns(equations, [...columnsOf(before), ...term.columns]);
  return { sumOfSquares: fit.explained(term.columns), degreesOfFreedom: fit.rankOf(term.columns) };
}

/** @throws Problem `usage` where not all coefficients are told by the runs */
function requireWhole({ fit, model, design }: FactorialFit): void {
  if (fit.rank === model.columns) return;
  throw refusal(
    `sums of squares of type III compare means over all combinations of the levels, and not all have complete runs${design.blocked ? ' with seeds in common' : ''}; use type II`,
  );
}

function testOf(source: VarianceSource, residual: VarianceSource, n: number): EffectTest {
  const { degreesOfFreedom: df, meanSquare } = source;
  const error = residual.meanSquare;
  const f = meanSquare / error;
  const omega = (df * (meanSquare - error)) / (df * meanSquare + (n - df) * error);
  const degrees = [df, residual.degreesOfFreedom] as const;
  const [low, high] = noncentralityInterval(f, degrees);
  return {
    ...{ f, p: fTail(f, ...degrees), partialOmegaSquared: Math.max(0, omega) },
    interval: [low / (low + n), high / (high + n)],
  };
}

function lackOfFitTest({ lackOfFit, total }: FactorialFit): FactorialAnova['lackOfFit'] {
  if (!lackOfFit) return null;
  const { cells, runs } = lackOfFit;
  if (runs.degreesOfFreedom < 1 || runs.sumOfSquares <= ROUNDING * total) return null;
  const f = cells.sumOfSquares / cells.degreesOfFreedom / (runs.sumOfSquares / runs.degreesOfFreedom);
  return {
    f,
    p: fTail(f, cells.degreesOfFreedom, runs.degreesOfFreedom),
    degreesOfFreedom: cells.degreesOfFreedom,
  };
}

function sourceOf({ sumOfSquares, degreesOfFreedom }: Variation, total: number): VarianceSource {
  return {
    ...{ sumOfSquares, degreesOfFreedom, meanSquare: sumOfSquares / degreesOfFreedom },
    etaSquared: sumOfSquares / total,
  };
}

function whyUntested({ degreesOfFreedom }: Variation): string {
  return degreesOfFreedom > 0
    ? 'F, p and intervals cannot be computed: the runs do not differ beyond these effects, so there is no residual to compare with.'
    : 'F, p and intervals cannot be computed: the runs leave no residual to compare with; add seeds, or lower the order of the interactions.';
}
