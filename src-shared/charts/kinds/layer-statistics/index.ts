import { z } from 'zod';
import { chartField, defineChart } from '../../chart-kind.ts';
import { recordedField } from '../../recorded/fields.ts';
import { statistic, STATISTIC_NAMES } from './statistics.ts';

export const layerStatisticsChart = defineChart({
  name: 'layer statistics',
  title: 'Layers from step to step',
  about:
    'a statistic of weights, gradients or activations: layers by steps, a map for each run, where the study records histograms',
  basis: 'runs',
  ownTable: true,
  fields: {
    of: recordedField('gradients'),
    statistic: chartField(z.enum(STATISTIC_NAMES).default('root mean square'), {
      ...{ title: 'Statistic', about: STATISTIC_NAMES.join(', '), value: 'name' },
    }),
  },
  // what is only of one of the three goes with it
  amend: (before, after) => {
    const { of } = statistic(after.statistic);
    if (of === undefined || of === after.of) return after;
    return before.statistic === after.statistic
      ? { ...after, statistic: 'root mean square' }
      : { ...after, of };
  },
  load: () => import('./chart.ts'),
});
