import { roundedTo } from '../numbers.ts';
import type { ToldEquivalence } from '../statistics/judge-equivalence.ts';
import { pText } from '../statistics/p-value.ts';
import { boundsText } from './difference-text.ts';
import type { Quantity } from './quantity.ts';

/** `±0.75 percentage points`. @param margin not scaled */
export function marginText({ kind, scale, axis }: Quantity, margin: number): string {
  const size = `±${roundedTo(margin * scale, 12)}`;
  return kind === 'share' ? `${size} percentage points` : `${size} in ${axis}`;
}

/** What the columns below are; sentences. */
export function equivalenceCaption(quantity: Quantity, margin: number): string {
  return `Equivalence: p of two one-sided t tests, below 0.05 where the 90\u00a0% interval lies within ${marginText(quantity, margin)}; no gain and no loss are one of the two each. The verdict takes adjusted p: equivalent, different, small difference (different, but within the margin) or undecided.`;
}

/** Of a table as people read it. */
export const EQUIVALENCE_HEADS = [
  ...['90\u00a0% interval', 'equivalence', 'adjusted equivalence', 'no gain', 'no loss', 'verdict'],
];

/** Without a test: nothing, and that there is none. */
export function equivalenceWords(quantity: Quantity, told: ToldEquivalence | null): (string | null)[] {
  if (!told) return [null, null, null, null, null, 'no test'];
  const { interval, p, adjustedP, noGainP, noLossP, verdict } = told;
  return [boundsText(quantity, ...interval), ...[p, adjustedP, noGainP, noLossP].map(pText), verdict];
}

/** The same in full. */
export const EQUIVALENCE_COLUMNS = [
  ...(['low of 90\u00a0%', 'high of 90\u00a0%', 'p of equivalence', 'adjusted p of equivalence'] as const),
  ...(['p of no gain', 'p of no loss', 'verdict'] as const),
];

export function equivalenceValues(
  told: ToldEquivalence | null,
): Record<(typeof EQUIVALENCE_COLUMNS)[number], number | string | null> {
  const [low = null, high = null] = told?.interval ?? [];
  return {
    ...{ 'low of 90\u00a0%': low, 'high of 90\u00a0%': high },
    ...{ 'p of equivalence': told?.p ?? null, 'adjusted p of equivalence': told?.adjustedP ?? null },
    ...{ 'p of no gain': told?.noGainP ?? null, 'p of no loss': told?.noLossP ?? null },
    verdict: told?.verdict ?? null,
  };
}
