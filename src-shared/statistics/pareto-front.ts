export interface CostAndValue {
  readonly cost: number;
  readonly value: number;
}

/**
 * The points that no other point beats: none is at most as costly and at least as good, and better in one of
 * the two. Cheapest first; points that are equal in both all stay. Points with NaN are left out.
 */
export function paretoFront<Point extends CostAndValue>(points: readonly Point[]): Point[] {
  const sorted = points
    .filter(({ cost, value }) => !Number.isNaN(cost) && !Number.isNaN(value))
    .sort((a, b) => a.cost - b.cost || b.value - a.value);
  const front: Point[] = [];
  for (const point of sorted) {
    const last = front.at(-1);
    const equal = last?.cost === point.cost && last.value === point.value;
    if (!last || point.value > last.value || equal) front.push(point);
  }
  return front;
}
