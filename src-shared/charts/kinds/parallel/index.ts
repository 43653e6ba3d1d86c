import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { metricField } from '../../fields.ts';

export const parallelChart = defineChart({
  name: 'parallel',
  title: 'Parallel coordinates',
  about: 'parallel coordinates, one line per run',
  basis: 'runs',
  fields: {
    columns: chartField(z.array(z.string()).min(2), {
      ...{ title: 'Axes', about: 'axes from left to right', value: 'columns', choices: 'columns' },
      ...{ usual: 'what varies', fill: (varying) => [...varying, 'parameters'] },
    }),
    metric: metricField,
  },
  begin: (varying) => ({ columns: [...varying, 'parameters', 'macs'] }),
  load: () => import('./chart.ts'),
});
