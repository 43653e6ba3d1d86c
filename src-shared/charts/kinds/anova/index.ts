import { z } from 'zod';
import { defineChart, field } from '../../chart-kind.ts';
import { firstSetting, metricField, secondSetting } from '../../fields.ts';

export const anovaTable = defineChart({
  name: 'anova',
  title: 'Analysis of variance',
  about: 'analysis of variance of two settings: main effects and interaction, as a table',
  basis: 'tables',
  fields: {
    metric: metricField,
    x: field(z.string(), { title: 'First factor', about: 'first factor', ...firstSetting }),
    y: field(z.string(), { title: 'Second factor', about: 'second factor', ...secondSetting }),
  },
  load: () => import('./chart.ts'),
});
