import { defineChart } from '../../chart-kind.ts';

export const compressionChart = defineChart({
  name: 'compression',
  title: 'Deep Compression',
  about: 'bytes and accuracy after each stage of Deep Compression',
  basis: 'analyses',
  fields: {},
  finding: () => 'deep-compression',
  ofLayers: 'all cells',
  hasSeriesOfCells: () => true,
  load: () => import('./chart.ts'),
});
