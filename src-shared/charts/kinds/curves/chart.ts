import { counted } from '../../../counted.ts';
import { Problem } from '../../../mistakes/problem.ts';
import type { AnyCurveMetric } from '../../../metrics/imported-metric.ts';
import { curveMetrics } from '../../../metrics/metrics.ts';
import type { ChosenRuns } from '../../../runs/choose-runs.ts';
import { importedCurves } from '../../../runs/logged-metrics.ts';
import { resolveColumn } from '../../../runs/resolve-column.ts';
import { runsAt } from '../../../runs/replicates.ts';
import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { chooseCurves, type CurveSettings } from './choose-curves.ts';
import { curvesData, type CurvesData, requireCurves } from './data.ts';
import { type CurvesLook, curvesOption } from './drawing.ts';
import { curveColours, curvesAxis } from './pgfplots.ts';
import { curvesReading, curvesTable } from './table.ts';

/** @throws Problem `usage` for a metric that has no curves, or where no run has a value */
export async function gather(
  settings: Omit<CurveSettings, 'metric'> & CurvesLook & { readonly metric: string },
  { chosen, curves, colours, curveLimit }: ChartSource,
): Promise<Chart> {
  const metric = curveMetric(settings.metric, chosen);
  const choice = chooseCurves(chosen, { ...settings, metric }, curveLimit);
  const colourBy =
    settings.colourBy == null ? null : (resolveColumn(settings.colourBy)?.key ?? settings.colourBy);
  const data = curvesData(chosen.index, await curves(choice.runs, metric), {
    ...{ ...settings, metric, choice, colourBy },
    ...(colours && colourBy === null && { colours }),
  });
  requireCurves(data);
  return curvesChart(data, settings);
}

/** Pixels of a page: of a few lines, of each more, which needs room to be told from the others, and at most. */
const HEIGHT = 380;
const FEW_LINES = 8;
const EACH_LINE = 9;
const MOST_HEIGHT = 680;

export function curvesChart(data: CurvesData, look: CurvesLook): Chart {
  const lines = data.lines.length;
  return {
    notes: said(data.notes),
    label: `${data.quantity.title} by ${data.x}, ${counted(lines, 'line')}`,
    pageHeight: Math.min(MOST_HEIGHT, HEIGHT + EACH_LINE * Math.max(0, lines - FEW_LINES)),
    reading: () => curvesReading(data),
    option: (style) => curvesOption(data, style, look),
    height: askedHeight,
    table: () => curvesTable(data),
    pgfplots: (style) => ({
      pictures: [[curvesAxis(data, look, style)]],
      colours: curveColours(data, style),
    }),
  };
}

/** Those that only imported runs have are found whatever the case, like their columns. */
function curveMetric(name: string, { index, rows }: ChosenRuns): AnyCurveMetric {
  const imported = importedCurves(runsAt(index, rows));
  const metric =
    curveMetrics.find((known) => known === name) ??
    imported.find((known) => known.toLowerCase() === name.toLowerCase());
  if (metric) return metric;
  throw new Problem(
    'usage',
    `There are no curves of ${JSON.stringify(name)}; available: ${[...curveMetrics, ...imported].join(', ')}.`,
  );
}
