import type { CellTable, VaryingSetting } from '../../../src-shared/charts/cells/measured-cell.ts';
import { fillSettings, missingFields } from '../../../src-shared/charts/fill-settings.ts';
import {
  CHART_KINDS,
  chartKind,
  type FigureChart,
  figureChartSchema,
} from '../../../src-shared/charts/kinds/registry.ts';

type ChartName = FigureChart['kind'];

/** What stands for settings where too few vary; the drawing then says so. */
const USUAL_SETTINGS = ['network.sr', 'network.pct3x3'];

/** The kind that shows most of what varies. */
export function likelyKind(varying: readonly VaryingSetting[]): ChartName {
  if (varying.length >= 2) return 'heat map';
  return varying.length === 1 ? 'factor' : 'curves';
}

/** The kinds that there are, for people to choose from. */
export const KIND_CHOICES = CHART_KINDS.map(({ name, title }) => ({ key: name, title }));

/** Those that are drawn. */
export const DRAWN_CHOICES = CHART_KINDS.filter(({ basis }) => basis !== 'tables').map(({ name, title }) => ({
  key: name,
  title,
}));

/**
 * A chart of this kind with the defaults that suit the runs.
 *
 * @param table the runs, by the metric that is usual for them
 * @param before what it takes the place of, if it does
 */
export function newChart(
  kind: ChartName,
  { varying, quantity }: Pick<CellTable, 'varying' | 'quantity'>,
  before: FigureChart | null = null,
): FigureChart {
  const of = chartKind({ kind });
  const paths = varying.map(({ path }) => path);
  const given = { ...metricOf(kind, before, quantity.name), ...of.begin(paths) };
  const filled = fillSettings(of, given, paths);
  const isWhole = missingFields(of, filled).length === 0;
  return figureChartSchema.parse({ kind, ...(isWhole ? filled : fillSettings(of, given, USUAL_SETTINGS)) });
}

/** A column that was chosen stays chosen; curves have metrics of their own. */
function metricOf(kind: ChartName, before: FigureChart | null, usual: string): { readonly metric?: string } {
  const isOfColumn = (name: ChartName): boolean =>
    chartKind({ kind: name }).fields.some(({ choices }) => choices === 'metrics');
  if (!isOfColumn(kind)) return {};
  return { metric: before && 'metric' in before && isOfColumn(before.kind) ? before.metric : usual };
}
