import { counted } from '../../../counted.ts';
import { Problem } from '../../../mistakes/problem.ts';
import { numericColumn } from '../../cells/measure-cells.ts';
import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import type { ChartStyle } from '../../chart-style.ts';
import { costData, type CostData, type CostSettings, frontCells } from './data.ts';
import { type CostLook, costOption, valueColour } from './drawing.ts';
import { frontNotes, signedReference, withUncertainty } from './front-uncertainty.ts';
import { costAxis } from './pgfplots.ts';
import { costReading, costTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, or that has no numbers, and as `costData` */
export async function gather(
  {
    metric,
    cost,
    logX,
    frontBy,
    reference,
    ...look
  }: CostLook & CostSettings & { readonly metric: string; readonly cost: string },
  { chosen, cells, frontUncertainty }: ChartSource,
): Promise<Chart> {
  const settings = { logX, ...(look.front ? { frontBy, reference } : { frontBy: null, reference: null }) };
  const data = costData(chosen.index, cells(metric), numericColumn(cost), settings);
  requireCosts(data);
  if (!look.front) return costChart(data, look);
  const uncertainty = await frontUncertainty(frontCells(data), signedReference(data));
  if (uncertainty) return costChart(withUncertainty(data, uncertainty), look);
  return { ...costChart(data, look), awaited: 'Computing how much the front depends on the seeds …' };
}

/** @throws Problem `usage` where runs were measured and none has the cost: an axis without a number would say nothing */
function requireCosts({ points, cost, withoutCost }: CostData): void {
  if (points.length > 0 || withoutCost === 0) return;
  throw new Problem(
    'usage',
    `No run has a value of "${cost.title}" (${counted(withoutCost, 'run')} without ${cost.title}).`,
  );
}

export function costChart(data: CostData, look: CostLook): Chart {
  return {
    notes: said([...data.notes, ...frontNotes(data, look)]),
    label: `${data.quantity.title} against ${data.cost.title}, ${data.points.length} cells`,
    reading: () => costReading(data),
    option: (style) => costOption(data, style, look),
    height: askedHeight,
    table: () => costTable(data),
    pgfplots: (style) => ({ pictures: [[costAxis(data, look, style)]], colours: coloursOf(data, style) }),
  };
}

/** Of the values that colours stand for; on the map's scale if these are numbers. */
function coloursOf({ colours }: CostData, style: ChartStyle): string[] {
  return (colours?.labels ?? ['']).map((_, place) => valueColour(colours, place, style));
}
