import { defineChart } from '../../chart-kind.ts';
import { measureField, rolesField } from '../../fields.ts';

export const overTrainingChart = defineChart({
  name: 'over training',
  title: 'Layers over training',
  about: 'a measure of layers from the initial weights to the last, where checkpoints were recorded',
  basis: 'analyses',
  fields: {
    measure: measureField('probe/cross-entropy'),
    roles: rolesField,
  },
  finding: ({ measure }) => measure,
  isOverTraining: true,
  scopes: ['layer', 'channel', 'network'],
  ofLayers: 'all cells',
  load: () => import('./chart.ts'),
});
