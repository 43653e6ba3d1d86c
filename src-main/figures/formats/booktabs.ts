import { figureChartSchema, chartKind } from '../../../src-shared/charts/kinds/registry.ts';
import { texFile } from '../tex-file.ts';
import type { FigureFormat } from './format.ts';

/** A table for LaTeX: the chart's own, or else of its cells and of the metric that it is of. */
export const booktabs: FigureFormat = {
  ...{ name: 'booktabs', ending: 'tex', title: 'booktabs', about: 'a table for LaTeX' },
  draws: ['runs', 'tables'],
  isPreview: true,
  instead: (chart) => {
    const { basis, ownTable, fields } = chartKind(chart);
    if (basis === 'tables' || ownTable) return chart;
    // curves have metrics of their own, and confusion has none: the table is of the test accuracy
    const isOfColumn = fields.some(({ choices }) => choices === 'metrics');
    return figureChartSchema.parse({
      kind: 'table',
      ...(isOfColumn && 'metric' in chart && { metric: chart.metric }),
    });
  },
  render: ({ numbers, provenance }) => {
    if (!numbers.booktabs) throw new Error('these numbers cannot be a table for LaTeX');
    return texFile('table', numbers.booktabs(), provenance);
  },
};
