import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';

export const confusionChart = defineChart({
  name: 'confusion',
  title: 'Confusion matrix',
  about:
    'confusion matrices, one per cell, summed over seeds, or their differences: for each true class the share predicted as each class',
  basis: 'runs',
  fields: {
    perRun: chartField(z.boolean().default(false), {
      title: 'One matrix per run',
      about: 'one matrix per run',
    }),
    from: chartField(z.string().nullable().default(null), {
      ...{ title: 'Difference from', value: 'cell', choices: 'cells' },
      about: 'cell id (run id, of one matrix per run): the others less its matrix, mean of seeds',
      ...{ none: 'no difference', usual: 'the matrices themselves' },
    }),
  },
  load: () => import('./chart.ts'),
});
