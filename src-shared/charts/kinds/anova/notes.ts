import type { FactorialAnova } from '../../../statistics/anova/factorial-anova.ts';
import { fText } from '../../../statistics/f-value.ts';
import { pText } from '../../../statistics/p-value.ts';
import { counted } from '../../../counted.ts';
import { whole } from '../../../numbers.ts';

interface Told {
  readonly n: number;
  readonly wanted: number;
  readonly blocked: boolean;
  readonly seeds: number;
  readonly order: number;
  readonly anova: FactorialAnova;
}

const ORDERS = [
  '',
  'main effects only',
  'main effects and interactions of two',
  'interactions of up to three',
  'interactions of up to four',
];

/** How it was computed, e.g. `26 of 27 runs, type II, the seed as a block`. @param factors how many there are */
export function methodText({ n, wanted, blocked, seeds, order, anova }: Told, factors: number): string {
  const parts = [
    wanted === n ? counted(n, 'run') : `${whole(n)} of ${counted(wanted, 'run')}`,
    order < factors ? (ORDERS[order] ?? '') : '',
    anova.addsUp ? '' : `type ${'I'.repeat(anova.type)}`,
    blocked
      ? 'the seed as a block'
      : `without blocks: ${seeds > 1 ? 'no seed is in two cells' : 'there is one seed'}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What the shares and tests are, and what cannot be estimated; sentences. */
export function anovaNotes({ anova, blocked, order }: Told, factors: number): string[] {
  const sum = anova.addsUp
    ? `with ${blocked ? 'seed and ' : ''}residual they add up to 1`
    : `with sums of squares of type ${'I'.repeat(anova.type)} they do not add up to 1`;
  const isTested = anova.effects.some(({ test }) => test !== null);
  return [
    `η² is a source's share of the total variance in these runs; ${sum}.`,
    ...(isTested
      ? [
          'Partial ω² estimates the share of an effect in the sum of its own and the residual variance, for further runs too, as if nothing else varied; these shares do not add up to 1. Its 95\u00a0% interval begins above 0 where p < 0.025.',
        ]
      : []),
    ...(order < factors ? [higherOrderText(order, anova)] : []),
    ...(order >= factors && anova.lackOfFit ? [`The model ${fitText(anova)}.`] : []),
    ...anova.limits,
  ];
}

function higherOrderText(order: number, anova: FactorialAnova): string {
  const higher = `Interactions of ${order + 1} factors or more are part of the residual`;
  return anova.lackOfFit ? `${higher}; the model ${fitText(anova)}.` : `${higher}.`;
}

function fitText({ lackOfFit }: FactorialAnova): string {
  if (!lackOfFit) return '';
  const { p, f } = lackOfFit;
  const numbers = `lack of fit: F = ${fText(f)}, ${pText(p)}`;
  return p < 0.05
    ? `leaves more of the means of the cells than chance explains (${numbers}), which makes F smaller and intervals wider`
    : `leaves no more of the means of the cells than chance explains (${numbers})`;
}
