import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';

export const curvesChart = defineChart({
  name: 'curves',
  title: 'Curves',
  about: 'training curves by step, epoch or time; groups have a mean with its interval',
  basis: 'runs',
  fields: {
    metric: chartField(z.string().default('validationAccuracy'), {
      ...{ title: 'Metric', about: 'metric', value: 'metric', choices: 'curve metrics' },
    }),
    x: chartField(z.enum(['step', 'epoch', 'relative time', 'wall time']).default('epoch'), {
      ...{ title: 'x axis', about: 'x axis', value: 'axis' },
    }),
    /** From 0 (raw) to below 1. */
    smoothing: chartField(z.number().min(0).lt(1).default(0), {
      ...{ title: 'Smoothing', about: 'smoothing, from 0 (raw) to below 1', value: 'weight' },
    }),
    /** One line each with a band over its runs: `cell`, or null for one line a run. */
    groupBy: chartField(z.array(z.string()).nullable().default(null), {
      ...{
        title: 'Series',
        about: 'one mean with its interval per group of runs that agree in these, e.g. cell',
      },
      ...{ value: 'columns', choices: 'groups', none: 'runs', isSingle: true },
    }),
    members: chartField(z.boolean().default(false), {
      ...{ title: 'The runs behind each mean', about: 'also draw the runs behind each mean, as thin lines' },
      matters: ({ groupBy }) => groupBy !== null,
    }),
    colourBy: chartField(z.string().nullable().default(null), {
      ...{ title: 'Colours', about: 'one colour per value of this setting', value: 'setting' },
      ...{
        choices: 'settings',
        usual: 'the first that has at most 7 values',
        none: '(first setting with few values)',
      },
    }),
    logX: chartField(z.boolean().default(false), { title: 'log x', about: 'logarithmic x axis' }),
    logY: chartField(z.boolean().default(false), { title: 'log y', about: 'logarithmic y axis' }),
  },
  begin: () => ({ groupBy: ['cell'] }),
  load: () => import('./chart.ts'),
});
