import { paretoFront, type CostAndValue } from './pareto-front.ts';

/**
 * The area that the Pareto front dominates: costs up to the reference's cost, values from the reference's value. Larger
 * is better; it means something only beside another one with the same reference, which a figure must state. Points
 * beyond the reference count nothing. For a logarithmic axis, give logarithms.
 */
export function hypervolume(points: readonly CostAndValue[], reference: CostAndValue): number {
  const inside = points.filter(({ cost, value }) => cost < reference.cost && value > reference.value);
  let area = 0;
  let reached = reference.value;
  for (const { cost, value } of paretoFront(inside)) {
    area += (reference.cost - cost) * (value - reached);
    reached = value;
  }
  return area;
}
