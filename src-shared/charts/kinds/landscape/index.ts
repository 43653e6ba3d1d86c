import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { lineField } from '../../fields.ts';

export const landscapeChart = defineChart({
  name: 'landscape',
  title: 'Loss landscape',
  about: 'loss against distance from the trained weights',
  basis: 'analyses',
  fields: {
    line: chartField(z.string().nullable().default(null), { ...lineField, none: 'cell' }),
    baselines: chartField(z.boolean().default(true), {
      ...{ title: 'Baselines', about: 'omit the loss around the untrained weights' },
    }),
  },
  finding: () => 'loss-landscape',
  ofLayers: 'all cells',
  hasSeriesOfCells: ({ line }) => line === null,
  begin: ([line = null]) => ({ line }),
  load: () => import('./chart.ts'),
});
