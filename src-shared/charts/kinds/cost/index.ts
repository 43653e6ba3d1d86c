import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { metricField } from '../../fields.ts';

export const costChart = defineChart({
  name: 'cost',
  title: 'Metric against cost',
  about: 'a metric against parameters, MACs, time or any other number, with the Pareto front',
  basis: 'runs',
  fields: {
    metric: metricField,
    cost: chartField(z.string().default('parameters'), {
      ...{ title: 'x axis', about: 'parameters, macs, seconds, peakMemoryBytes …', value: 'column' },
      choices: 'costs',
    }),
    front: chartField(z.boolean().default(true), { title: 'Pareto front', about: 'omit the Pareto front' }),
    logX: chartField(z.boolean().default(true), {
      ...{ title: 'log x', about: 'linear x axis (default: logarithmic)', option: 'linear-x' },
    }),
  },
  load: () => import('./chart.ts'),
});
