import { z } from 'zod';
import { chartField, defineChart } from '../../chart-kind.ts';
import { metricField } from '../../fields.ts';

export const errorsChart = defineChart({
  name: 'errors',
  title: 'Distribution of errors',
  about:
    'share of the cells with at most each error, one series per value of a setting; of a random sample with a band',
  basis: 'runs',
  fields: {
    metric: metricField,
    line: chartField(z.string().nullable().default(null), {
      ...{ title: 'Series', about: 'one series per value of this setting', usual: 'one of all cells' },
      ...{ value: 'setting', choices: 'settings', none: 'one of all cells' },
    }),
    logX: chartField(z.boolean().default(false), { title: 'log x', about: 'logarithmic x axis' }),
  },
  load: () => import('./chart.ts'),
});
