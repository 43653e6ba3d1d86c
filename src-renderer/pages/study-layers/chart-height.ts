import type { Chart } from '../../../src-shared/charts/chart.ts';

/** CSS pixels of notes and labels, and of a row of a map. */
const HEAD = 150;
const ROW = 26;
const USUAL = 420;

/** So high that the rows of a map can be read. */
export function chartHeight(chart: Chart): number {
  if (chart.kind !== 'heat map') return USUAL;
  const { panels, y } = chart.data;
  const across = Math.ceil(Math.sqrt(panels.length));
  const down = Math.ceil(panels.length / across);
  return Math.max(USUAL, HEAD + down * y.labels.length * ROW);
}
