import { Problem } from '../../../mistakes/problem.ts';
import { type CurveMetric, curveMetrics } from '../../../metrics/metrics.ts';
import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { chooseCurves, type CurveSettings } from './choose-curves.ts';
import { curvesData, type CurvesData, requireCurves } from './data.ts';
import { type CurvesLook, curvesOption } from './option.ts';
import { curveColours, curvesAxis } from './pgfplots.ts';
import { curvesTable } from './table.ts';

/** @throws Problem `usage` for a metric that has no curves, or where no run has a value */
export async function gather(
  settings: Omit<CurveSettings, 'metric'> & CurvesLook & { readonly metric: string },
  { chosen, curves }: ChartSource,
): Promise<Chart> {
  const metric = curveMetric(settings.metric);
  const choice = chooseCurves(chosen, { ...settings, metric });
  const data = curvesData(chosen.index, await curves(choice.runs, metric), { ...settings, metric, choice });
  requireCurves(data);
  return curvesChart(data, settings);
}

export function curvesChart(data: CurvesData, look: CurvesLook): Chart {
  return {
    notes: said(data.notes),
    option: (style) => curvesOption(data, style, look),
    height: askedHeight,
    table: () => curvesTable(data),
    pgfplots: (style) => ({ pictures: [[curvesAxis(data, look, style)]], colours: curveColours(data) }),
  };
}

function curveMetric(name: string): CurveMetric {
  const metric = curveMetrics.find((known) => known === name);
  if (metric) return metric;
  throw new Problem(
    'usage',
    `There are no curves of ${JSON.stringify(name)}; available: ${curveMetrics.join(', ')}.`,
  );
}
