import { Problem } from '../../../mistakes/problem.ts';
import { typedNumber } from '../../../runs/typed-number.ts';
import { hypervolume } from '../../../statistics/hypervolume.ts';
import type { Quantity } from '../../quantity.ts';
import { niceRange, niceStep } from '../../ticks.ts';

/** The Pareto front of all cells, or of those with one value of a setting. */
export interface CostFront {
  /** What the value is called; empty for all cells. */
  readonly set: string;
  /** What the fronts of the resamples attain with no more than each cost; empty where that is not known. */
  readonly band: readonly BandPoint[];
  /** Null for a single front, of which it would say nothing. */
  readonly hypervolume: FrontVolume | null;
}

export interface BandPoint {
  readonly cost: number;
  readonly low: number;
  readonly high: number;
}

/** In the units in which the axes are shown; ranges are null where they are not known. */
interface FrontVolume {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Share of the resamples in which no other front has as much. */
  readonly largest: number | null;
}

export interface CostAxes {
  readonly quantity: Quantity;
  readonly cost: Quantity;
  /** Whether costs are on a logarithmic axis. */
  readonly isLogarithmic: boolean;
}

/** A corner from which hypervolumes are measured, not scaled. */
export interface CostReference {
  readonly cost: number;
  readonly value: number;
}

interface PlacedCell {
  readonly set: string;
  readonly cost: number;
  readonly mean: number;
}

/** 1 where large values are better, else -1. */
export function signOf({ better }: Quantity): 1 | -1 {
  return better === 'lower' ? -1 : 1;
}

/**
 * The corner from which hypervolumes are measured, not scaled: as it is typed (`2M,50%`), or round numbers beyond the costliest
 * and beyond the worst cell.
 *
 * @throws Problem `usage` for what is no pair of numbers
 */
export function referenceOf(
  typed: string | null,
  points: readonly Pick<PlacedCell, 'cost' | 'mean'>[],
  axes: CostAxes,
): CostReference | null {
  if (points.length === 0) return null;
  if (typed !== null) return readReference(typed, axes);
  const { quantity, cost, isLogarithmic } = axes;
  const costs = points.map((point) => point.cost * cost.scale);
  const values = points.map(({ mean }) => signOf(quantity) * mean * quantity.scale);
  const [most, worst] = [Math.max(...costs), Math.min(...values)];
  const value = (signOf(quantity) * -beyond(-worst, -Math.max(...values))) / quantity.scale;
  const [least, highest] = quantity.range;
  return {
    cost: (isLogarithmic ? beyondByRatio(most) : beyond(most, Math.min(...costs))) / cost.scale,
    value: Math.min(highest, Math.max(least, value)),
  };
}

/** A round number above the upper end of a range. */
function beyond(high: number, low: number): number {
  const step = niceStep(high - low || Math.abs(high) || 1, 5);
  const [, end] = niceRange(low, high, step);
  return end > high + 1e-9 * step ? end : niceRange(low, high + step, step)[1];
}

function beyondByRatio(high: number): number {
  const power = 10 ** Math.floor(Math.log10(high));
  return [1, 2, 5].map((digit) => digit * power).find((end) => end > high) ?? 10 * power;
}

function readReference(typed: string, { quantity, cost }: CostAxes): CostReference {
  const parts = typed.split(',').map((part) => part.trim());
  if (parts.length !== 2)
    throw new Problem(
      'usage',
      `The reference is a cost and a value with a comma between, such as 2M,50%, not ${typed}.`,
    );
  const [most = NaN, value = NaN] = [cost, quantity].map((column, place) => {
    const read = typedNumber(column, parts[place] ?? '');
    if (typeof read === 'number') return read;
    throw new Problem(
      'usage',
      `The reference ${typed}: ${read.message}${read.suggestion === null ? '' : ` Did you mean ${read.suggestion}?`}`,
    );
  });
  return { cost: most, value };
}

/** The front of the means of each set. */
export function frontsOf(
  sets: readonly string[],
  data: CostAxes & { readonly points: readonly PlacedCell[]; readonly reference: CostReference | null },
): CostFront[] {
  const { points, reference, quantity, isLogarithmic } = data;
  const sign = signOf(quantity);
  return sets.map((set) => {
    const members = points.filter((point) => point.set === set);
    const area = reference
      ? hypervolume(
          members.map(({ cost, mean }) => ({ cost, value: sign * mean })),
          { cost: reference.cost, value: sign * reference.value, isLogarithmic },
        )
      : null;
    return {
      ...{ set, band: [] },
      hypervolume:
        area === null ? null : { value: area * areaScale(data), low: null, high: null, largest: null },
    };
  });
}

export function areaScale({ quantity, cost, isLogarithmic }: CostAxes): number {
  return quantity.scale * (isLogarithmic ? 1 : cost.scale);
}
