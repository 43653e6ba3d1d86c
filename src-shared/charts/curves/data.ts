import { assertNever } from '../../assert-never.ts';
import type { Curve, CurveMetric } from '../../contract/api/runs.ts';
import { factorText, shortNames } from '../../names/factor-text.ts';
import { requireColumn, resolveColumn } from '../../runs/resolve-column.ts';
import type { RunIndex } from '../../runs/run-index.ts';
import { meanBand, resampleCurve } from '../../statistics/mean-band.ts';
import { smooth } from '../../statistics/smooth.ts';
import { runLabels } from '../cells/run-labels.ts';
import { type Quantity, quantityOf } from '../quantity.ts';

export type CurveAxis = 'step' | 'epoch' | 'relative time' | 'wall time';

export interface CurveSettings {
  readonly metric: CurveMetric;
  readonly x: CurveAxis;
  /** From 0 (raw) to below 1. */
  readonly smoothing: number;
  /** Columns whose values the runs of a line share, e.g. `cell`; null for one line a run. */
  readonly groupBy: readonly string[] | null;
  /** Whether a line over several runs shows these as well. */
  readonly members: boolean;
  /** By run, or by the key of a group; lines without one take the palette's. */
  readonly colours?: ReadonlyMap<string, string>;
}

/** x and y are of one length; y is null where nothing was measured. */
export interface CurvePoints {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

export interface CurveLine extends CurvePoints {
  /** Run id, or what the group's runs share. */
  readonly key: string;
  readonly label: string;
  readonly runs: readonly string[];
  readonly colour: string | null;
  /** The same line before smoothing; null where nothing was smoothed. */
  readonly raw: CurvePoints | null;
  /** 95 % t interval at each x, null where a single run has a value; null for a line of one run. */
  readonly band: {
    readonly low: readonly (number | null)[];
    readonly high: readonly (number | null)[];
  } | null;
  readonly members: readonly (CurvePoints & { readonly run: string })[];
}

export interface CurvesData {
  readonly quantity: Quantity;
  readonly x: CurveAxis;
  readonly smoothing: number;
  readonly lines: readonly CurveLine[];
}

/** Places of a mean over runs whose times differ. */
const TIME_PLACES = 400;

/**
 * One line a run, or one a group with the band of its mean. By wall time always one a run: a mean over runs of which one
 * came after the other says nothing. Nothing is sampled.
 */
export function curvesData(index: RunIndex, curves: readonly Curve[], settings: CurveSettings): CurvesData {
  const { metric, x, smoothing } = settings;
  const drawn = curves.map((curve) => ({ run: curve.run, raw: { x: placesOf(curve, x), y: curve.values } }));
  const smoothed = drawn.map(({ run, raw }) => ({
    run,
    raw,
    points: { x: raw.x, y: smooth(raw.y, smoothing) },
  }));
  const places = new Map(index.rows.map((row, place) => [row.id, place]));
  const rows = curves.flatMap(({ run }) => places.get(run) ?? []);
  const lines =
    settings.groupBy === null || x === 'wall time'
      ? singleLines(smoothed, runLabels(index, rows), settings)
      : groupLines(smoothed, groupsOf(index, places, settings.groupBy), settings);
  return { quantity: curveQuantity(metric), x, smoothing, lines };
}

interface SmoothedCurve {
  readonly run: string;
  readonly raw: CurvePoints;
  readonly points: CurvePoints;
}

function singleLines(
  curves: readonly SmoothedCurve[],
  labels: ReadonlyMap<string, string>,
  { smoothing, colours }: CurveSettings,
): CurveLine[] {
  return curves.map(({ run, raw, points }) => ({
    ...{ key: run, label: labels.get(run) ?? run, runs: [run], colour: colours?.get(run) ?? null },
    ...{ ...points, raw: smoothing > 0 ? raw : null, band: null, members: [] },
  }));
}

function groupLines(
  curves: readonly SmoothedCurve[],
  groupOf: (run: string) => { readonly key: string; readonly label: string },
  settings: CurveSettings,
): CurveLine[] {
  const groups = Map.groupBy(curves, ({ run }) => groupOf(run).key);
  return [...groups].map(([key, members]): CurveLine => {
    const { x, mean, low, high } = bandOf(
      members.map(({ points }) => points),
      settings.x,
    );
    const raw =
      settings.smoothing > 0
        ? bandOf(
            members.map((member) => member.raw),
            settings.x,
          )
        : null;
    return {
      ...{ key, label: groupOf(members[0]?.run ?? '').label, runs: members.map(({ run }) => run) },
      ...{ colour: settings.colours?.get(key) ?? null, x, y: mean },
      raw: raw && { x: raw.x, y: raw.mean },
      band: members.length > 1 ? { low, high } : null,
      members: settings.members ? members.map(({ run, points }) => ({ run, ...points })) : [],
    };
  });
}

/** Times differ from run to run, so that a mean over them needs common places. */
function bandOf(curves: readonly CurvePoints[], axis: CurveAxis): ReturnType<typeof meanBand> {
  const values = curves.map(({ x, y }) => ({ x, values: y }));
  if (axis === 'step' || axis === 'epoch') return meanBand(values);
  const starts = curves.map(({ x }) => x[0] ?? 0);
  const ends = curves.map(({ x }) => x.at(-1) ?? 0);
  const [first, last] = [Math.min(...starts), Math.max(...ends)];
  const places = Array.from(
    { length: TIME_PLACES + 1 },
    (_, place) => first + ((last - first) * place) / TIME_PLACES,
  );
  return meanBand(values.map((curve) => resampleCurve(curve, places)));
}

function groupsOf(
  index: RunIndex,
  places: ReadonlyMap<string, number>,
  groupBy: readonly string[],
): (run: string) => { key: string; label: string } {
  const columns = groupBy.map(requireColumn);
  const names = shortNames(columns.map(({ key }) => key));
  // A cell's id says nothing to people; its settings do.
  const labels = groupBy.includes('cell') ? runLabels(index, [...places.values()]) : null;
  return (run) => {
    const row = places.get(run) ?? -1;
    const values = columns.map((column) => index.values(column)[row] ?? null);
    const key = JSON.stringify(values);
    const settings = labels?.get(run)?.replace(/(, )?seed \d+( \(.*\))?$/, '');
    const text = columns.map(
      ({ key, short }, place) => `${names.get(key) ?? short} = ${factorText(values[place])}`,
    );
    return { key, label: settings || text.join(', ') };
  };
}

function placesOf(curve: Curve, axis: CurveAxis): readonly number[] {
  switch (axis) {
    case 'step':
      return curve.steps;
    case 'epoch':
      return curve.steps.map((step) => step / (curve.stepsPerEpoch ?? 1));
    case 'relative time':
      return curve.seconds;
    case 'wall time':
      return curve.seconds.map((seconds) => (curve.startedAt ?? 0) + 1000 * seconds);
    default:
      return assertNever(axis);
  }
}

const OTHER_TITLES: Readonly<Record<string, string>> = {
  learningRate: 'learning rate',
  imagesPerSecond: 'images per second',
};

/** What a curve's values are. */
export function curveQuantity(metric: CurveMetric): Quantity {
  const column = resolveColumn(`last.${metric}`);
  if (column)
    return { ...quantityOf({ ...column, title: column.title.replace(/^last /, '') }), name: metric };
  const title = OTHER_TITLES[metric] ?? metric;
  return { name: metric, title, short: title, axis: title, scale: 1, better: null, kind: 'number' };
}
