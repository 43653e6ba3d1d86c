export type Point = readonly [x: number, y: number];

/** A cubic Bézier curve from where the last one ended. */
export interface Bend {
  readonly controls: readonly [Point, Point];
  readonly end: Point;
}

/** A line through a drawing, in curves. */
export interface Curve {
  readonly start: Point;
  readonly bends: readonly Bend[];
}

/** Through points that lie one below the other: upright at each of them. */
export function smoothCurve([start = [0, 0], ...others]: readonly Point[]): Curve {
  let [x, y] = start;
  const bends = others.map((end): Bend => {
    const middle = (y + end[1]) / 2;
    const controls = [
      [x, middle],
      [end[0], middle],
    ] as const;
    [x, y] = end;
    return { controls, end };
  });
  return { start, bends };
}

/** Straight from point to point, each upright or level, with rounded corners. */
export function corneredCurve([start = [0, 0], ...others]: readonly Point[], radius: number): Curve {
  const bends: Bend[] = [];
  let at = start;
  const straightTo = (end: Point): void => {
    bends.push({ controls: [at, end], end });
    at = end;
  };
  for (const [place, corner] of others.entries()) {
    const next = others[place + 1];
    if (next === undefined) {
      straightTo(corner);
      continue;
    }
    straightTo(towards(corner, at, radius));
    const end = towards(corner, next, radius);
    bends.push({ controls: [corner, corner], end });
    at = end;
  }
  return { start, bends };
}

/** From a point so far towards another one, at most halfway. */
function towards([x, y]: Point, [toX, toY]: Point, distance: number): Point {
  const length = Math.hypot(toX - x, toY - y);
  const share = length === 0 ? 0 : Math.min(distance, length / 2) / length;
  return [x + share * (toX - x), y + share * (toY - y)];
}

export function endOf({ start, bends }: Curve): Point {
  return bends.at(-1)?.end ?? start;
}

export function movedCurve({ start, bends }: Curve, by: Point): Curve {
  const moved = ([x, y]: Point): Point => [x + by[0], y + by[1]];
  return {
    start: moved(start),
    bends: bends.map(({ controls: [first, second], end }) => ({
      controls: [moved(first), moved(second)],
      end: moved(end),
    })),
  };
}
