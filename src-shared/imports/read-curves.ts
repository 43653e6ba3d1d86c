import { type AnyCurveMetric, isImportedMetric } from '../metrics/imported-metric.ts';
import { CURVE_METRICS, isOfSteps } from '../metrics/metrics.ts';
import type { ForeignCurve, ForeignRun } from './foreign-runs.ts';
import type { ImportSettings } from './import-settings.ts';
import { guessCurveMetric } from './metric-names.ts';
import { shareOfPercent } from './read-value.ts';

/** What was logged under one name, and what it is taken for. */
export interface CurveRole {
  readonly tag: string;
  /** Null where it is left out. */
  readonly metric: AnyCurveMetric | null;
  readonly isPercent: boolean;
  /** How many runs have it, and with how many points altogether. */
  readonly runs: number;
  readonly points: number;
  /** Why it is left out; else empty. */
  readonly reason: string;
}

/** Takes each name under which something was logged for what the settings say, or for what it suggests. */
export function curveRoles(runs: readonly ForeignRun[], settings: ImportSettings): CurveRole[] {
  const byTag = new Map<string, ForeignCurve[]>();
  for (const { curves } of runs)
    for (const curve of curves) {
      const known = byTag.get(curve.tag);
      if (known) known.push(curve);
      else byTag.set(curve.tag, [curve]);
    }
  const isOfEpochs = epochsBySize(byTag);
  const taken = new Map<string, string>();
  return [...byTag].map(([tag, curves]): CurveRole => {
    const wanted = wantedMetric(tag, settings, isOfEpochs);
    const other = wanted === null ? undefined : taken.get(wanted.toLowerCase());
    const metric = other === undefined ? wanted : null;
    if (metric !== null) taken.set(metric.toLowerCase(), tag);
    const reason =
      metric !== null
        ? ''
        : other === undefined
          ? 'nothing says what it is'
          : `${wanted ?? ''} is ${other} already`;
    const points = curves.reduce((sum, { values }) => sum + values.length, 0);
    return {
      tag,
      metric,
      isPercent: isPercent(tag, metric, curves, settings),
      runs: curves.length,
      points,
      reason,
    };
  });
}

/** What the settings say; else a metric of its own that its last value is taken for; else what its name suggests. */
function wantedMetric(
  tag: string,
  { curves, metrics }: ImportSettings,
  isOfEpochs: (tag: string) => boolean,
): AnyCurveMetric | null {
  if (curves) return curves[tag] ?? null;
  const result = metrics?.[tag];
  return result !== undefined && isImportedMetric(result) ? result : guessCurveMetric(tag, isOfEpochs(tag));
}

/** Curves with more points than those of the validation part have a point each step, or each few. */
function epochsBySize(byTag: ReadonlyMap<string, readonly ForeignCurve[]>): (tag: string) => boolean {
  const size = (tag: string): number => {
    const curves = byTag.get(tag) ?? [];
    return curves.reduce((sum, { values }) => sum + values.length, 0) / Math.max(1, curves.length);
  };
  const validated = [...byTag.keys()].filter((tag) => guessCurveMetric(tag, true)?.startsWith('validation'));
  const most = validated.reduce((longest, tag) => Math.max(longest, size(tag)), 0);
  return (tag) => most === 0 || size(tag) <= 1.5 * most;
}

function isPercent(
  tag: string,
  metric: AnyCurveMetric | null,
  curves: readonly ForeignCurve[],
  { percent }: ImportSettings,
): boolean {
  if (metric === null || isImportedMetric(metric) || CURVE_METRICS[metric].kind !== 'share') return false;
  const isAbove = (value: number): boolean => Number.isFinite(value) && value > 1;
  return percent.includes(tag) || curves.some(({ values }) => values.some(isAbove));
}

/** Points of one axis: of each field as many values as there are steps. Null where nothing was measured. */
type AxisPoints = Readonly<Partial<Record<string, readonly (number | null)[]>>>;
/** Of each axis the `step` and the metrics; of `epoch` also `epoch` and `seconds` where they are known. */
export type RunPoints = Readonly<Partial<Record<'step' | 'epoch', AxisPoints>>>;

/** The curves of a run as a store has them: those of one axis share their steps. */
export function pointsOf({ curves }: ForeignRun, roles: ReadonlyMap<string, CurveRole>): RunPoints {
  const known = curves.flatMap((curve) => {
    const role = roles.get(curve.tag);
    return role && role.metric !== null && curve.steps.length > 0
      ? [{ curve, metric: role.metric, role }]
      : [];
  });
  const axes = Object.groupBy(known, ({ metric }) => (isOfSteps(metric) ? 'step' : 'epoch'));
  return {
    ...(axes.step && { step: axisPoints(axes.step) }),
    ...(axes.epoch && { epoch: axisPoints(axes.epoch) }),
  };
}

interface KnownCurve {
  readonly curve: ForeignCurve;
  readonly metric: AnyCurveMetric;
  readonly role: CurveRole;
}

function axisPoints(curves: readonly KnownCurve[]): AxisPoints {
  const steps = [...new Set(curves.flatMap(({ curve }) => curve.steps))].sort((one, other) => one - other);
  const places = new Map(steps.map((step, place) => [step, place]));
  const empty = (): (number | null)[] => steps.map(() => null);
  const fields = new Map<string, (number | null)[]>([['step', steps]]);
  const fill = (field: string, { steps: own }: ForeignCurve, values: readonly (number | null)[]): void => {
    const all = fields.get(field) ?? empty();
    fields.set(field, all);
    // of a step that was logged twice the last value counts
    for (const [index, step] of own.entries()) all[places.get(step) ?? 0] = values[index] ?? null;
  };
  for (const { curve, metric, role } of curves) {
    fill(
      metric,
      curve,
      curve.values.map((value) =>
        Number.isFinite(value) ? (role.isPercent ? shareOfPercent(String(value)) : value) : null,
      ),
    );
    if (isOfSteps(metric)) continue;
    if (curve.epochs) fill('epoch', curve, curve.epochs);
    if (curve.seconds) fill('seconds', curve, curve.seconds);
  }
  return Object.fromEntries(fields);
}

/** How many steps an epoch has, if that is the same at every point whose epoch is known; else null. */
export function stepsPerEpoch({ epoch: points }: RunPoints): number | null {
  const ratios = new Set(
    (points?.['epoch'] ?? []).flatMap((epoch, index) => {
      const step = points?.['step']?.[index] ?? null;
      return epoch === null || epoch <= 0 || step === null ? [] : [step / epoch];
    }),
  );
  const [ratio = 0, ...others] = ratios;
  return others.length === 0 && Number.isInteger(ratio) && ratio > 0 ? ratio : null;
}
