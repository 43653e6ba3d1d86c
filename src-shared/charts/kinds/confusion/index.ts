import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';

export const confusionChart = defineChart({
  name: 'confusion',
  title: 'Confusion matrix',
  about:
    'confusion matrices, one per cell, summed over seeds: for each true class the share predicted as each class',
  basis: 'runs',
  fields: {
    perRun: chartField(z.boolean().default(false), {
      title: 'One matrix per run',
      about: 'one matrix per run',
    }),
  },
  load: () => import('./chart.ts'),
});
