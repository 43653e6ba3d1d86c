import { z } from 'zod';
import { chartField, defineChart } from '../../chart-kind.ts';
import { firstSetting, metricField, secondSetting } from '../../fields.ts';

export const surfaceChart = defineChart({
  name: 'surface',
  title: 'Response surface',
  about: 'quadratic surface over two settings with numbers: contours, cells, coefficients and lack of fit',
  basis: 'runs',
  fields: {
    metric: metricField,
    x: chartField(z.string(), { title: 'x axis', about: 'x axis', ...firstSetting }),
    y: chartField(z.string(), { title: 'y axis', about: 'y axis', ...secondSetting }),
  },
  load: () => import('./chart.ts'),
});
