import type { ForeignCurve } from '../../src-shared/imports/foreign-runs.ts';

type Point = Readonly<Record<string, unknown>>;

const STEPS = ['_step', 'step', 'global_step', 'Step'] as const;

/** Whether entries are the points of one run: each says at which step it was logged. */
export function isHistory(entries: readonly Point[]): boolean {
  return entries.length > 0 && STEPS.some((key) => entries.every((entry) => typeof entry[key] === 'number'));
}

/** One curve for each name that was logged as a number, by step; what a point does not have is no point of the curve. */
export function historyCurves(points: readonly Point[]): ForeignCurve[] {
  const step = STEPS.find((key) => points.some((point) => typeof point[key] === 'number'));
  const names = new Set(points.flatMap((point) => Object.keys(point)));
  const numberAt = (point: Point, key: string): number | null => {
    const value = point[key];
    // JSON has no word for what is not finite
    if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return NaN;
    return typeof value === 'number' ? value : null;
  };
  const epochs = names.has('epoch');
  const times = ['_runtime', 'seconds'].find((key) => names.has(key));
  return [...names].flatMap((tag): ForeignCurve[] => {
    if (tag.startsWith('_') || tag === step || tag === 'epoch' || tag === times) return [];
    const own = points.flatMap((point, index) => {
      const value = numberAt(point, tag);
      const place = step === undefined ? index : numberAt(point, step);
      return value === null || place === null ? [] : [{ point, value, place }];
    });
    if (own.length === 0) return [];
    const seconds = times === undefined ? [] : own.map(({ point }) => numberAt(point, times) ?? NaN);
    return [
      {
        ...{ tag, steps: own.map(({ place }) => place), values: own.map(({ value }) => value) },
        ...(epochs && { epochs: own.map(({ point }) => numberAt(point, 'epoch')) }),
        ...(seconds.length > 0 && !seconds.some(Number.isNaN) && { seconds }),
      },
    ];
  });
}
