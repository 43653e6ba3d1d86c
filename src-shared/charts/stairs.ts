type Point = readonly [x: number, y: number];

/** The corners of steps that hold each height until the next one begins; the last one until `end`, where that is given. */
export function stairs(corners: readonly Point[], end?: number): Point[] {
  const points = corners.flatMap(([x, y], index): Point[] => {
    const before = corners[index - 1];
    return before
      ? [
          [x, before[1]],
          [x, y],
        ]
      : [[x, y]];
  });
  const last = points.at(-1);
  return last && end !== undefined ? [...points, [end, last[1]]] : points;
}

/** The outline between two rows of steps: along the upper one and back along the lower one. */
export function stairBand(high: readonly Point[], low: readonly Point[], end?: number): Point[] {
  return [...stairs(high, end), ...stairs(low, end).toReversed()];
}
