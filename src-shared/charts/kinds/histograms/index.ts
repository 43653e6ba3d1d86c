import { z } from 'zod';
import { RECORDED } from '../../../metrics/layer-histograms.ts';
import { chartField, defineChart } from '../../chart-kind.ts';
import { recordedField } from '../../recorded/fields.ts';

export const histogramsChart = defineChart({
  name: 'histograms',
  title: 'Histograms over training',
  about:
    'weights, gradients or activations of a layer from step to step, a map for each run, where the study records them',
  basis: 'runs',
  ownTable: true,
  fields: {
    of: recordedField(RECORDED[0]),
    layer: chartField(z.string().nullable().default(null), {
      ...{ title: 'Layer', about: 'layer with weights, e.g. fire2/squeeze', value: 'name' },
      ...{ choices: 'layers', none: 'the first', usual: 'the first' },
    }),
    logY: chartField(z.boolean().default(false), {
      ...{
        title: 'Log values',
        about: 'orders of magnitude on both sides of zero in place of values',
        option: 'log-y',
      },
    }),
  },
  load: () => import('./chart.ts'),
});
