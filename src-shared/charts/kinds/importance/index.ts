import { chartField, defineChart } from '../../chart-kind.ts';
import { metricField } from '../../fields.ts';
import { z } from 'zod';

export const importanceChart = defineChart({
  name: 'importance',
  title: 'Importance of settings',
  about:
    'share of the variance over the whole grid that settings and pairs of them explain, by a random forest',
  basis: 'runs',
  fields: {
    metric: metricField,
    pairs: chartField(z.boolean().default(true), {
      ...{ title: 'Pairs of settings', about: 'omit the pairs of settings' },
    }),
  },
  load: () => import('./chart.ts'),
});
