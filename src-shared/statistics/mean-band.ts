import { type IntervalOptions, RANGES } from './interval.ts';
import { standardErrors } from './standard-errors.ts';

export interface BandCurve {
  /** Rising. */
  readonly x: readonly number[];
  /** As long as `x`; null or NaN where nothing was measured. */
  readonly values: readonly (number | null)[];
  /** False of one that was added by a rule: the deviation of the others counts alone (`two-stage.ts`). */
  readonly isDecisive?: boolean;
}

/** Mean and t interval of several curves at every x at which one of them has a value. */
export interface MeanBand {
  readonly x: readonly number[];
  readonly mean: readonly number[];
  /** Null where a single curve has a value. */
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  /** Curves behind each point: fewer where some end earlier. */
  readonly n: readonly number[];
}

/**
 * The mean of curves that were measured at the same x (steps, epochs), in one pass (Welford's). For axes on which they
 * were not (seconds), bring them to common places by `resampleCurve` first. The interval is cut at the ends of `range`.
 */
export function meanBand(
  curves: readonly BandCurve[],
  { level = 0.95, range = RANGES.any }: Pick<IntervalOptions, 'level' | 'range'> = {},
): MeanBand {
  const moments = momentsOf(curves);
  const firstStage = curves.filter(({ isDecisive }) => isDecisive !== false);
  const decisive = firstStage.length === curves.length ? moments : momentsOf(firstStage);
  const points = [...moments].sort(([a], [b]) => a - b);
  const halves = points.map(([at, { n }]) => {
    const { n: stage, squares } = decisive.get(at) ?? { n: 0, squares: 0 };
    return stage < 2 ? null : standardErrors(level, stage - 1) * Math.sqrt(squares / (stage - 1) / n);
  });
  const bound = (sign: 1 | -1): (number | null)[] =>
    points.map(([, { mean }], place) => {
      const half = halves[place] ?? null;
      return half === null ? null : Math.min(range[1], Math.max(range[0], mean + sign * half));
    });
  return {
    x: points.map(([at]) => at),
    mean: points.map(([, { mean }]) => mean),
    low: bound(-1),
    high: bound(1),
    n: points.map(([, { n }]) => n),
  };
}

interface Moments {
  n: number;
  mean: number;
  squares: number;
}

/** At every x at which one of the curves has a value. */
function momentsOf(curves: readonly BandCurve[]): Map<number, Moments> {
  const moments = new Map<number, Moments>();
  for (const { x, values } of curves) {
    for (const [place, at] of x.entries()) {
      const value = values[place] ?? NaN;
      if (!Number.isFinite(value)) continue;
      const moment = moments.get(at) ?? { n: 0, mean: 0, squares: 0 };
      const delta = value - moment.mean;
      moment.n += 1;
      moment.mean += delta / moment.n;
      moment.squares += delta * (value - moment.mean);
      moments.set(at, moment);
    }
  }
  return moments;
}

/**
 * The curve at other places, on straight lines between its values; null before its first and after its last value.
 * Gaps are bridged.
 *
 * @param places rising.
 */
export function resampleCurve({ x, values, ...rest }: BandCurve, places: readonly number[]): BandCurve {
  const known = x.flatMap((at, place) => {
    const value = values[place] ?? NaN;
    return Number.isFinite(value) ? [{ at, value }] : [];
  });
  let next = 0;
  const resampled = places.map((place) => {
    while ((known[next]?.at ?? Infinity) < place) next += 1;
    const right = known[next];
    if (!right) return null;
    if (right.at === place) return right.value;
    const left = known[next - 1];
    if (!left) return null;
    return left.value + ((place - left.at) / (right.at - left.at)) * (right.value - left.value);
  });
  return { ...rest, x: places, values: resampled };
}
