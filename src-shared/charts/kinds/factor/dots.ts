import { whole } from '../../../numbers.ts';
import { evenSample } from '../../../even-sample.ts';
import type { MeasuredRun } from '../../cells/measured-cell.ts';
import type { FactorData } from './data.ts';
import type { FactorPoint } from './points.ts';

/** More dots run into each other, and take the page seconds. */
const MOST_DOTS = 1000;

/**
 * The runs that are drawn as dots, by point: all of them, or as many at each point as there may be, evenly over their
 * values with the least and the greatest among them.
 */
export function factorDots({ lines }: FactorData): ReadonlyMap<FactorPoint, readonly MeasuredRun[]> {
  const points = lines.flatMap((line) => line.points);
  const total = points.reduce((sum, { runs }) => sum + runs.length, 0);
  const quota = total <= MOST_DOTS ? Infinity : Math.max(2, Math.floor(MOST_DOTS / points.length));
  return new Map(points.map((point) => [point, evenly(point.runs, quota)]));
}

/** `dots are 990 of 10,000 runs, evenly over the values at each point`; empty where all are drawn. */
export function dotsNote(data: FactorData): string {
  const [shown, total] = [...factorDots(data)].reduce(
    ([drawn, all], [{ runs }, dots]) => [drawn + dots.length, all + runs.length],
    [0, 0],
  );
  if (shown === total) return '';
  return `dots show ${whole(shown)} of ${whole(total)} runs, evenly over the values at each point`;
}

function evenly(runs: readonly MeasuredRun[], count: number): readonly MeasuredRun[] {
  if (runs.length <= count) return runs;
  return evenSample(
    runs.toSorted((one, other) => one.value - other.value),
    count,
  );
}
