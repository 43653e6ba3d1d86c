import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { firstSetting, metricField } from '../../fields.ts';

export const factorChart = defineChart({
  name: 'factor',
  title: 'One factor',
  about: 'mean and interval by one setting, one series per value of another, every run as a point',
  basis: 'runs',
  fields: {
    metric: metricField,
    x: chartField(z.string(), { title: 'x axis', about: 'x axis', ...firstSetting }),
    line: chartField(z.string().nullable().default(null), {
      ...{ title: 'Series', about: 'one series per value of this setting' },
      ...{ value: 'setting', choices: 'settings', none: '(one series)', beside: 'x' },
    }),
  },
  begin: ([, line = null]) => ({ line }),
  load: () => import('./chart.ts'),
});
