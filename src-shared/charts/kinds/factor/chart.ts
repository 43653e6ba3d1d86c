import { askedHeight, type Chart, said } from '../../chart.ts';
import type { ChartSource } from '../../chart-source.ts';
import { cutReferences } from './cut-references.ts';
import { factorData, type FactorData, type FactorSettings } from './data.ts';
import { dotsNote } from './dots.ts';
import { rangesOf } from '../../plot-frame.ts';
import { factorFrame, factorOption } from './drawing.ts';
import { lineLook } from './line-notes.ts';
import { factorAxis } from './pgfplots.ts';
import { withScale } from './scaled-axis.ts';
import { factorReading, factorTable } from './table.ts';

/** @throws Problem `usage` for a column that there is not, or a setting that does not vary */
export function gather(
  { metric, ...settings }: FactorSettings & { readonly metric: string },
  { cells }: ChartSource,
): Chart {
  const data = factorData(cells(metric), settings);
  return { ...factorChart(data), reading: () => factorReading(data) };
}

/** Means along a setting, layers or distances. */
export function factorChart(whole: FactorData): Chart {
  const data = cutReferences(whole);
  const by = [data.x.title, data.lineTitle].filter((title) => title !== '');
  return {
    label: `${data.quantity.title} by ${by.join(' and ')}`,
    notes: said([...data.notes, dotsNote(data)]),
    option: (style) => factorOption(withScale(data, style), style),
    height: askedHeight,
    ranges: (style) => rangesOf(factorFrame(withScale(data, style), style), 'y'),
    table: () => factorTable(whole),
    pgfplots: (style) => ({
      pictures: [[factorAxis(withScale(data, style), style)]],
      colours: data.lines.map((line, place) => lineLook(line, place, style).colour),
    }),
  };
}
