import { defineChart } from '../../chart-kind.ts';
import { modelFields } from '../anova/fields.ts';

export const effectsChart = defineChart({
  name: 'effects',
  title: 'Effects',
  about: 'how much each setting and their interactions matter: partial omega squared with interval, F and p',
  basis: 'runs',
  ownTable: true,
  fields: modelFields,
  load: () => import('./chart.ts'),
});
