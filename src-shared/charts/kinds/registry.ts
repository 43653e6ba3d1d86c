import { z } from 'zod';
import { drawnScope, scopesOf } from '../../analysis/result-scope.ts';
import { orList } from '../../lists.ts';
import { Problem } from '../../mistakes/problem.ts';
import { resolveColumn } from '../../runs/resolve-column.ts';
import { withImported } from '../cells/imported-cells.ts';
import type { ChartNumbers } from '../chart.ts';
import type { ChartBasis, ChartKind, ChartSettings } from '../chart-kind.ts';
import type { ChartSource } from '../chart-source.ts';
import { findMeasure } from '../layers/layer-measure.ts';
import * as all from './all.ts';

const BASES: readonly ChartBasis[] = ['runs', 'analyses', 'tables'];

/** All kinds as they are shown: by what they are drawn from, then by title. */
export const CHART_KINDS: readonly ChartKind[] = Object.values<ChartKind>(all).toSorted(
  (one, other) =>
    BASES.indexOf(one.basis) - BASES.indexOf(other.basis) || one.title.localeCompare(other.title, 'en'),
);

const [first, ...others] = Object.values(all).map(({ schema }) => schema);
if (!first) throw new Error('there are no charts');
/** What is drawn: the kind and its settings. */
export const figureChartSchema = z.discriminatedUnion('kind', [first, ...others]);
export type FigureChart = z.output<typeof figureChartSchema>;

/** @throws Error for a kind that there is not */
export function chartKind({ kind }: Pick<FigureChart, 'kind'>): ChartKind {
  const found = CHART_KINDS.find(({ name }) => name === kind);
  if (found) return found;
  throw new Error(`there is no chart ${kind}`);
}

/** The chart, as it is without settings, that draws all that a method found; null where no kind does. */
export function chartOfMethod(method: string): FigureChart | null {
  const charts = CHART_KINDS.flatMap((kind) => {
    const { data } = figureChartSchema.safeParse({ kind: kind.name });
    return data && kind.finding(data) === method ? [data] : [];
  });
  return charts[0] ?? null;
}

/** What the command and files call a kind: `heat-map`. */
export function chartWord({ name }: Pick<ChartKind, 'name'>): string {
  return name.replaceAll(' ', '-');
}

/**
 * Gathers what a chart shows. Settings may be given by their short names, e.g. `sr` for `network.sr`.
 *
 * @throws Problem `usage` for a column, setting or measure that there is not, or runs that make no such chart
 */
export async function gatherChart(chart: FigureChart, source: ChartSource): Promise<ChartNumbers> {
  const kind = chartKind(chart);
  requireDrawn(kind, chart, source);
  return kind.gather(withPaths(kind, chart), besideImported(kind, source));
}

function withPaths({ fields }: ChartKind, chart: ChartSettings): ChartSettings {
  const paths = fields.flatMap(({ name, choices }): [string, unknown][] => {
    const value = chart[name];
    return choices === 'settings' && typeof value === 'string'
      ? [[name, resolveColumn(value)?.key ?? value]]
      : [];
  });
  return { ...chart, ...Object.fromEntries<unknown>(paths) };
}

/**
 * The source with its imported networks as cells.
 * @throws Problem `usage` for a chart of what trainings left
 */
function besideImported({ basis, title }: ChartKind, source: ChartSource): ChartSource {
  const { networks } = source.chosen;
  if (networks.length === 0) return source;
  if (basis === 'analyses')
    return { ...source, cells: (metric) => withImported(source.cells(metric), networks) };
  const able = CHART_KINDS.filter((kind) => kind.basis === 'analyses').map((kind) =>
    kind.title.toLowerCase(),
  );
  throw new Problem(
    'usage',
    `${title}: it shows results of trainings, which imported networks (${networks.map(({ name }) => name).join(', ')}) do not have. Charts of analyses show them: ${able.join(', ')}.`,
  );
}

/** @throws Problem `usage` for a measure that there is not, or that other kinds draw */
function requireDrawn(
  { name, scopes }: ChartKind,
  { measure: key }: ChartSettings,
  source: ChartSource,
): void {
  if (!scopes || typeof key !== 'string') return;
  const { measure } = findMeasure(source.methods, key);
  if (drawnScope(scopes, measure) !== null) return;
  const able = CHART_KINDS.filter((kind) => kind.scopes && drawnScope(kind.scopes, measure) !== null);
  throw new Problem(
    'usage',
    `"${measure.title}" is a number per ${scopesOf(measure).join(' or a ')}, which a chart of the kind ` +
      `${name} does not show: draw it as ${orList(able.map((kind) => kind.name))}.`,
  );
}
