import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { marginField, metricField } from '../../fields.ts';

export const differencesChart = defineChart({
  name: 'differences',
  title: 'Differences',
  about: 'difference of each cell from the best or a given one, paired by seed, with tests',
  basis: 'runs',
  ownTable: true,
  fields: {
    metric: metricField,
    baseline: chartField(z.string().nullable().default(null), {
      ...{ title: 'Baseline', about: 'cell id', value: 'cell', choices: 'cells' },
      ...{ none: 'best by validation', usual: 'the cell with the best mean on the validation part' },
    }),
    margin: marginField,
  },
  load: () => import('./chart.ts'),
});
