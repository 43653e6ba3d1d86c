import { type Chart } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { lineColours } from '../../palette.ts';
import type { AnovaData } from '../anova/data.ts';
import { gatherAnova } from '../anova/gather-anova.ts';
import type { ChartSettings } from '../anova/model.ts';
import { booktabsAnova } from '../anova/latex.ts';
import { effectsReading } from '../anova/reading.ts';
import { anovaTable } from '../anova/table.ts';
import { effectsHeight, effectsOption } from './drawing.ts';
import { effectsAxis } from './pgfplots.ts';

/** @throws Problem `usage` for a column that there is not, or where an analysis of variance is impossible */
export async function gather(settings: ChartSettings, source: ChartSource): Promise<Chart> {
  return effectsChart(await gatherAnova(settings, source));
}

/** Pixels of a page. */
const HEAD = 110;
const ROW = 30;

export function effectsChart(data: AnovaData): Chart {
  const { columns, rows, notes } = anovaTable(data);
  const part = columns.indexOf('part');
  const ofEffects = rows.filter((row) => ['effect', 'seed', 'residual'].includes(String(row[part])));
  return {
    notes: [...data.account, data.method],
    label: `Effects on ${data.quantity.title}: partial omega squared with 95\u00a0% interval`,
    option: (style) => effectsOption(data, style),
    height: (style) => effectsHeight(data, style),
    pageHeight: HEAD + ROW * data.effects.length,
    table: () => ({ columns, rows: ofEffects, ...(notes && { notes }) }),
    reading: () => effectsReading(data),
    booktabs: () => booktabsAnova(data),
    pgfplots: (style) => ({ pictures: [[effectsAxis(data, style)]], colours: lineColours(1, style) }),
  };
}
