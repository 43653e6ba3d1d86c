import { extent } from 'd3-array';
import { assertNever } from '../../../assert-never.ts';
import type { Curve } from '../../../runs/curve.ts';
import type { PointMetric } from '../../../metrics/metric.ts';
import { type AnyCurveMetric, isImportedMetric } from '../../../metrics/imported-metric.ts';
import { CURVE_METRICS } from '../../../metrics/metrics.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { firstStageOf } from '../../../runs/group-rows.ts';
import { counted } from '../../../counted.ts';
import { factorNames, factorText, shortNames } from '../../../studies/factor-text.ts';
import { elapsedSeconds } from '../../../runs/elapsed-seconds.ts';
import { runsAt } from '../../../runs/replicates.ts';
import { requireColumn } from '../../../runs/resolve-column.ts';
import type { RunIndex } from '../../../runs/run-index.ts';
import { timesNote } from '../../../runs/times-note.ts';
import { meanBand, resampleCurve } from '../../../statistics/mean-band.ts';
import { smooth } from '../../../statistics/smooth.ts';
import { measureCells } from '../../cells/measure-cells.ts';
import { type CellTable, sameSetting, settingsText } from '../../cells/measured-cell.ts';
import { runLabels } from '../../cells/run-labels.ts';
import { type Quantity, quantityOf } from '../../quantity.ts';
import { areMeans, type CurveAxis, type CurveSettings } from './choose-curves.ts';
import { type CurveAccount, curveAccount } from './curve-account.ts';
import { lineCodes, type LineCodes, type LinePlaces } from './line-codes.ts';

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
  /** Places of its settings' values in the codes; null without codes. */
  readonly places: LinePlaces | null;
  /** The same line before smoothing; null where nothing was smoothed. */
  readonly raw: CurvePoints | null;
  /** 95 % t interval at each x, null where a single run has a value; null for a line of one run. */
  readonly band: {
    readonly low: readonly (number | null)[];
    readonly high: readonly (number | null)[];
  } | null;
  /** Runs behind the mean at each x: fewer where some ended earlier; null for a line of one run. */
  readonly n: readonly number[] | null;
  readonly members: readonly (CurvePoints & { readonly run: string })[];
}

export interface CurvesData {
  readonly quantity: Quantity;
  readonly x: CurveAxis;
  readonly smoothing: number;
  readonly lines: readonly CurveLine[];
  /** What colours and dashes stand for; null where each line has a look of its own. */
  readonly codes: LineCodes | null;
  /** Which runs are not in the lines; null where nobody chose the runs. */
  readonly account: CurveAccount | null;
  /** What is to be said besides; empty without. */
  readonly notes: readonly string[];
  /** Values that the y axis shows whatever the lines have. */
  readonly shown?: readonly number[];
}

/** Places of a mean over runs whose times differ. */
const TIME_PLACES = 400;
const TRAINING_TIME = { key: 'seconds', kind: 'duration' } as const;

/**
 * One line a run, or one a group with the band of its mean. By wall time always one a run: a mean over runs of which one
 * came after the other says nothing. Lines are told apart by the values of their settings where some vary.
 */
export function curvesData(index: RunIndex, all: readonly Curve[], asked: CurveSettings): CurvesData {
  const settings = { ...asked, x: axisOf(all, asked.x) };
  const { metric, x, smoothing } = settings;
  const curves = all.filter((curve) => hasPlaces(curve, x));
  const unplaced = all.length - curves.length;
  const drawn = curves.map((curve) => ({ run: curve.run, raw: { x: placesOf(curve, x), y: curve.values } }));
  const smoothed = drawn.map(({ run, raw }) => ({
    run,
    raw,
    points: { x: raw.x, y: smooth(raw.y, smoothing) },
  }));
  const places = new Map(index.rows.map((row, place) => [row.id, place]));
  const rows = curves.flatMap(({ run }) => places.get(run) ?? []);
  const table = measureCells(index, rows, [], 'testAccuracy');
  const decisiveOf = (runs: readonly string[]): readonly string[] => {
    const own = runs.flatMap((run) => places.get(run) ?? []);
    const first = firstStageOf(index, own);
    return first ? runs.filter((run) => first.includes(index.rows[places.get(run) ?? -1]?.seed ?? -1)) : runs;
  };
  const lines =
    settings.groupBy === null || !areMeans(settings)
      ? singleLines(smoothed, runLabels(index, rows), settings)
      : groupLines(smoothed, groupsOf(index, places, settings.groupBy, table), settings, decisiveOf);
  const quantity = curveQuantity(metric);
  const coded = withCodes(lines, table, index, places, settings.colourBy ?? null);
  const empty = curves.filter(({ values }) => values.every((value) => value === null)).length;
  return {
    ...{ quantity, x, smoothing },
    ...coded,
    account:
      settings.choice === undefined
        ? null
        : curveAccount(lines, settings.choice, {
            cellOf: (run) => index.rows[places.get(run) ?? -1]?.cell ?? '',
            areMeans: areMeans(settings),
          }),
    notes: [
      smoothing > 0 && lines.some(({ band }) => band !== null)
        ? 'mean and interval are of the smoothed curves, which vary less than the raw ones'
        : '',
      ...(settings.choice === undefined ? [] : [settings.choice.sample, ...settings.choice.notes]),
      uncolouredNote(settings.colourBy ?? null, coded.codes),
      empty === 0 ? '' : `${counted(empty, 'run')} without ${quantity.title}`,
      x === 'relative time' ? timesNote([TRAINING_TIME], runsAt(index, rows)) : '',
      x === asked.x ? '' : 'by step, since the epochs of imported runs are unknown',
      unplaced === 0 ? '' : `${counted(unplaced, 'imported run')} left out, of unknown ${UNKNOWN[x]}`,
    ].filter((note) => note !== ''),
  };
}

/** @throws Problem `usage` where no line has a point, with the reason. */
export function requireCurves({ lines, quantity, notes, account }: CurvesData): void {
  if (lines.some(({ y }) => y.some((value) => value !== null))) return;
  const reasons = (lines.length > 0 ? [account?.sample ?? ''] : notes).filter((note) => note !== '');
  const said = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
  throw new Problem('usage', `None of these runs has a curve of ${quantity.title}${said}.`);
}

/** The lines by the values of the settings that each of them has one of. */
function withCodes(
  lines: readonly CurveLine[],
  { cells, varying }: CellTable,
  index: RunIndex,
  places: ReadonlyMap<string, number>,
  colourBy: string | null,
): Pick<CurvesData, 'lines' | 'codes'> {
  const settingsOf = new Map(cells.map(({ id, settings }) => [id, settings]));
  const cellOf = (run: string): string => index.rows[places.get(run) ?? -1]?.cell ?? '';
  // of each line the settings of its cells, which are one as a rule
  const values = lines.map(({ runs }) =>
    [...new Set(runs.map(cellOf))].map((cell) => settingsOf.get(cell) ?? {}),
  );
  const shared = varying.filter(({ path }) =>
    values.every(([first, ...others]) => others.every((own) => sameSetting(own[path], first?.[path]))),
  );
  const coded = lineCodes(
    shared,
    values.map(([first]) => first ?? {}),
    colourBy,
  );
  return {
    codes: coded?.codes ?? null,
    lines: coded ? lines.map((line, place) => ({ ...line, places: coded.places[place] ?? null })) : lines,
  };
}

/** Where the setting that was asked for has no colours. */
function uncolouredNote(colourBy: string | null, codes: LineCodes | null): string {
  if (colourBy === null || codes?.colours.path === colourBy) return '';
  return `not coloured by ${factorNames(colourBy).title}, which has one value here, more than can be told apart, or several in a line`;
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
    ...{ key: run, label: labels.get(run) ?? run, runs: [run] },
    ...{ colour: colours?.get(run) ?? null, places: null },
    ...{ ...points, raw: smoothing > 0 ? raw : null, band: null, n: null, members: [] },
  }));
}

function groupLines(
  curves: readonly SmoothedCurve[],
  groupOf: (run: string) => { readonly key: string; readonly label: string },
  settings: CurveSettings,
  decisiveOf: (runs: readonly string[]) => readonly string[],
): CurveLine[] {
  const groups = Map.groupBy(curves, ({ run }) => groupOf(run).key);
  return [...groups].map(([key, members]): CurveLine => {
    const decisive = new Set(decisiveOf(members.map(({ run }) => run)));
    const bandOver = (of: (member: SmoothedCurve) => CurvePoints): ReturnType<typeof meanBand> =>
      bandOf(
        members.map((member) => ({ ...of(member), isDecisive: decisive.has(member.run) })),
        settings,
      );
    const { x, mean, low, high, n } = bandOver(({ points }) => points);
    const raw = settings.smoothing > 0 ? bandOver((member) => member.raw) : null;
    return {
      ...{ key, label: groupOf(members[0]?.run ?? '').label, runs: members.map(({ run }) => run) },
      ...{ colour: null, places: null, x, y: mean },
      raw: raw && { x: raw.x, y: raw.mean },
      ...(members.length > 1 ? { band: { low, high }, n } : { band: null, n: null }),
      members: settings.members ? members.map(({ run, points }) => ({ run, ...points })) : [],
    };
  });
}

/** Times differ from run to run, so that a mean over them needs common places. */
function bandOf(
  curves: readonly (CurvePoints & { readonly isDecisive: boolean })[],
  { x: axis, metric }: CurveSettings,
): ReturnType<typeof meanBand> {
  const { range } = curveQuantity(metric);
  const values = curves.map(({ x, y, isDecisive }) => ({ x, values: y, isDecisive }));
  if (axis === 'step' || axis === 'epoch') return meanBand(values, { range });
  const [first = 0, last = 0] = extent(curves.flatMap(({ x }) => [x[0] ?? 0, x.at(-1) ?? 0]));
  const places = Array.from(
    { length: TIME_PLACES + 1 },
    (_, place) => first + ((last - first) * place) / TIME_PLACES,
  );
  return meanBand(
    values.map((curve) => resampleCurve(curve, places)),
    { range },
  );
}

function groupsOf(
  index: RunIndex,
  places: ReadonlyMap<string, number>,
  groupBy: readonly string[],
  { cells, varying }: CellTable,
): (run: string) => { key: string; label: string } {
  const columns = groupBy.map(requireColumn);
  const names = shortNames(
    columns.map(({ key }) => key),
    requireColumn,
  );
  // A cell's id says nothing to people; its settings do.
  const labels = new Map(cells.map(({ id, settings }) => [id, settingsText(varying, settings)]));
  return (run) => {
    const row = places.get(run) ?? -1;
    const values = columns.map((column) => index.values(column)[row] ?? null);
    const key = JSON.stringify(values);
    const text = columns.map(({ key: column, short }, place) =>
      column === 'cell'
        ? (labels.get(String(values[place])) ?? '')
        : `${names.get(column) ?? short} = ${factorText(values[place])}`,
    );
    return { key, label: text.filter((part) => part !== '').join(', ') || 'mean' };
  };
}

const UNKNOWN: Readonly<Record<CurveAxis, string>> = {
  step: 'steps',
  epoch: 'epochs',
  'relative time': 'times',
  'wall time': 'times',
};

/** Whether the places of a curve are known; of one without points there are none to know. */
function hasPlaces({ steps, stepsPerEpoch, seconds, startedAt }: Curve, axis: CurveAxis): boolean {
  if (steps.length === 0 || axis === 'step') return true;
  if (axis === 'epoch') return stepsPerEpoch !== null;
  return seconds !== null && (axis === 'relative time' || startedAt !== null);
}

/** Steps in the place of epochs where no curve has them. */
function axisOf(curves: readonly Curve[], asked: CurveAxis): CurveAxis {
  const isKnown = asked !== 'epoch' || curves.length === 0 || curves.some((curve) => hasPlaces(curve, asked));
  return isKnown ? asked : 'step';
}

function placesOf(curve: Curve, axis: CurveAxis): readonly number[] {
  switch (axis) {
    case 'step':
      return curve.steps;
    case 'epoch':
      return curve.steps.map((step) => step / (curve.stepsPerEpoch ?? 1));
    case 'relative time':
      return elapsedSeconds(curve);
    case 'wall time':
      return elapsedSeconds(curve).map((seconds) => (curve.startedAt ?? 0) + 1000 * seconds);
    default:
      return assertNever(axis);
  }
}

/** What a curve's values are. */
export function curveQuantity(metric: AnyCurveMetric): Quantity {
  if (isImportedMetric(metric)) return quantityOf(requireColumn(metric));
  const { title, short = title, kind, better, range }: PointMetric = CURVE_METRICS[metric];
  return quantityOf({ key: metric, title, short, kind, better, ...(range && { range }) });
}
