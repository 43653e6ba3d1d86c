import type { LayerHistogram, RecordedPart } from '../../../metrics/layer-histograms.ts';
import { type Quantity, quantityOf } from '../../quantity.ts';

interface Statistic {
  /** What it is of; absent where it is of all three. */
  readonly of?: RecordedPart;
  readonly title: string;
  readonly kind: 'share' | 'number';
  /** Null where it is not defined. */
  readonly value: (histogram: LayerHistogram) => number | null;
}

/** Numbers over many orders of magnitude, as the step of a gradient from layer to layer, are shown by their logarithm. */
const logarithm = (value: number | null): number | null =>
  value === null || value <= 0 ? null : Math.log10(value);

const finite = ({ count, nans, infinite }: LayerHistogram): number => count - nans - infinite;

/** What a layer's histogram is summed up in, by its name. */
const STATISTICS = {
  'root mean square': {
    title: 'root mean square (log10)',
    kind: 'number',
    value: (each) => logarithm(each.norm === null ? null : each.norm / Math.sqrt(finite(each))),
  },
  norm: { title: 'norm (log10)', kind: 'number', value: ({ norm }) => logarithm(norm) },
  mean: { title: 'mean', kind: 'number', value: ({ mean }) => mean },
  'standard deviation': { title: 'standard deviation', kind: 'number', value: ({ std }) => std },
  largest: {
    title: 'largest size (log10)',
    kind: 'number',
    value: ({ min, max }) => logarithm(min === null || max === null ? null : Math.max(-min, max)),
  },
  zeros: { title: 'share of zeros', kind: 'share', value: ({ zeros, count }) => zeros / count },
  'not finite': {
    title: 'share of NaN and infinite values',
    kind: 'share',
    value: ({ nans, infinite, count }) => (nans + infinite) / count,
  },
  'update ratio': {
    of: 'weights',
    title: 'norm of the update / norm of the weights (log10)',
    kind: 'number',
    value: ({ update, norm }) => logarithm(update === null || norm === null ? null : update / norm),
  },
} as const satisfies Readonly<Record<string, Statistic>>;

export type StatisticName = keyof typeof STATISTICS;
export const STATISTIC_NAMES = Object.keys(STATISTICS) as [StatisticName, ...StatisticName[]];

export function statistic(name: StatisticName): Statistic {
  return STATISTICS[name];
}

export function statisticQuantity(name: StatisticName, of: RecordedPart): Quantity {
  const { title, kind } = statistic(name);
  return quantityOf({ key: name, title: `${of}: ${title}`, short: name, kind, better: null });
}
