import { defineChart } from '../../chart-kind.ts';

export const tapsChart = defineChart({
  name: 'taps',
  title: 'Spatial energy of 3×3 kernels',
  about: 'spatial energy of the 3x3 kernels, one tile per layer',
  basis: 'analyses',
  fields: {},
  finding: () => 'tap-shares',
  ofLayers: 'all cells',
  load: () => import('./chart.ts'),
});
