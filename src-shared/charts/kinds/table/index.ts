import { defineChart } from '../../chart-kind.ts';
import { metricField } from '../../fields.ts';

export const cellTable = defineChart({
  name: 'table',
  title: 'Table of cells',
  about: 'table of the cells with mean, interval and n',
  basis: 'tables',
  fields: { metric: metricField },
  load: () => import('./chart.ts'),
});
