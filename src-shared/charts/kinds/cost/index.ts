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
    band: chartField(z.boolean().default(true), {
      ...{ title: 'Band of the front', about: 'omit the band of the fronts of resamples' },
      matters: ({ front }) => front === true,
    }),
    frontBy: chartField(z.string().nullable().default(null), {
      ...{ title: 'Fronts', about: 'one front for each value of this setting, with hypervolumes' },
      ...{ value: 'setting', choices: 'settings', usual: 'one of all cells', none: 'one of all cells' },
      matters: ({ front }) => front === true,
    }),
    reference: chartField(z.string().min(1).nullable().default(null), {
      ...{ title: 'Reference of hypervolumes', about: 'COST,VALUE from which hypervolumes are measured' },
      ...{ value: '2M,50%', usual: 'round numbers beyond the worst cells', none: 'beyond the worst cells' },
      matters: ({ front, frontBy }) => front === true && frontBy !== null,
    }),
    logX: chartField(z.boolean().default(true), {
      ...{ title: 'log x', about: 'linear x axis (default: logarithmic)', option: 'linear-x' },
    }),
  },
  load: () => import('./chart.ts'),
});
