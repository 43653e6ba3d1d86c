import { z } from 'zod';
import { defineMethod } from '../../method.ts';
import { TAPS, type TapShares } from '../../weights/tap-shares.ts';

interface TapNumber {
  readonly name: string;
  /** What it is where all nine taps are used alike. */
  readonly uniform: number;
  readonly of: (shares: TapShares) => number;
}

/** The measures, and what each takes from the shares. */
export const NUMBERS: readonly TapNumber[] = [
  ...TAPS.map((name, tap) => ({ name, uniform: 1 / 9, of: ({ taps }: TapShares) => taps[tap] ?? NaN })),
  { name: 'edges', uniform: 4 / 9, of: ({ edges }) => edges },
  { name: 'corners', uniform: 4 / 9, of: ({ corners }) => corners },
  { name: 'entropy', uniform: 1, of: ({ entropy }) => entropy },
];

/** Which of their nine taps the 3x3 filters of a layer use. */
export const tapSharesMethod = defineMethod({
  name: 'tap-shares',
  title: 'Spatial energy of 3x3 kernels',
  family: 'weights',
  order: 1,
  about: 'Share of a layer’s squared weights at each of the nine taps, and how uniform it is.',
  scatter: 'No intervals: the weights are deterministic.',
  measures: NUMBERS.map(({ name }) =>
    name === 'entropy'
      ? { name, title: 'Entropy of the taps', kind: 'share', axis: 'entropy of the taps / ln 9' }
      : { name, title: `Energy share: ${name}`, kind: 'share', axis: `energy share: ${name}` },
  ),
  ofWeights: true,
  settings: z.object({}),
});
