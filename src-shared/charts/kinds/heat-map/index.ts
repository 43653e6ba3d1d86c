import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { firstSetting, metricField, secondSetting } from '../../fields.ts';

export const heatMapChart = defineChart({
  name: 'heat map',
  title: 'Two factors (heat map)',
  about: 'heat map of two settings: mean, interval and n in each cell, means over rows and columns',
  basis: 'runs',
  fields: {
    metric: metricField,
    x: chartField(z.string(), { title: 'x axis', about: 'x axis', ...firstSetting }),
    y: chartField(z.string(), { title: 'y axis', about: 'y axis', ...secondSetting }),
    marginals: chartField(z.boolean().default(true), {
      ...{ title: 'Means over rows and columns', about: 'omit the means over rows and columns' },
    }),
  },
  load: () => import('./chart.ts'),
});
