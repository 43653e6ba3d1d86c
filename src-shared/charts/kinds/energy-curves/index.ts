import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { rolesField } from '../../fields.ts';

export const energyCurvesChart = defineChart({
  name: 'energy curves',
  title: 'Energy curves',
  about: 'cumulated share of the energy of the channels, the strongest first, one panel per module',
  basis: 'analyses',
  fields: {
    x: chartField(z.enum(['share', 'number']).default('share'), {
      ...{ title: 'x axis', about: 'share of the layer’s channels, or their number' },
    }),
    roles: rolesField,
    baselines: chartField(z.boolean().default(true), {
      ...{ title: 'Baselines', about: 'omit the curves of the untrained network' },
    }),
  },
  finding: () => 'channel-energy/cumulated share',
  ofLayers: 'all cells',
  hasSeriesOfCells: () => true,
  load: () => import('./chart.ts'),
});
