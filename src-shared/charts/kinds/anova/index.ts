import { z } from 'zod';
import { defineChart, chartField } from '../../chart-kind.ts';
import { firstSetting, metricField, secondSetting } from '../../fields.ts';

export const anovaTable = defineChart({
  name: 'anova',
  title: 'Analysis of variance',
  about: 'analysis of variance of two settings: main effects and interaction, as a table',
  basis: 'tables',
  fields: {
    metric: metricField,
    x: chartField(z.string(), { title: 'First factor', about: 'first factor', ...firstSetting }),
    y: chartField(z.string(), { title: 'Second factor', about: 'second factor', ...secondSetting }),
  },
  load: () => import('./chart.ts'),
});
