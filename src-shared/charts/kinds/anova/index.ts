import { defineChart } from '../../chart-kind.ts';
import { modelFields, momentFields } from './fields.ts';

export const anovaTable = defineChart({
  name: 'anova',
  title: 'Analysis of variance',
  about:
    'analysis of variance of all settings that vary: effects, marginal means, differences and trends, as a table',
  basis: 'tables',
  fields: { ...modelFields, ...momentFields },
  load: () => import('./chart.ts'),
});
