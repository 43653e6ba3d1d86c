import { paretoFront, type CostAndValue } from './pareto-front.ts';

export interface HypervolumeReference extends CostAndValue {
  /** Whether costs are taken as their common logarithms, as on a logarithmic axis: the area is in decades then. */
  readonly isLogarithmic: boolean;
}

/**
 * The area that the Pareto front dominates: costs up to the reference's cost, values from the reference's value. Larger
 * is better; it means something only beside another one with the same reference, which a figure must state. Points
 * beyond the reference count nothing.
 */
export function hypervolume(
  points: readonly CostAndValue[],
  { cost: most, value: least, isLogarithmic }: HypervolumeReference,
): number {
  const along = (cost: number): number => (isLogarithmic ? Math.log10(cost) : cost);
  const inside = points.filter(({ cost, value }) => cost < most && value > least);
  let area = 0;
  let reached = least;
  for (const { cost, value } of paretoFront(inside)) {
    area += (along(most) - along(cost)) * (value - reached);
    reached = value;
  }
  return area;
}
