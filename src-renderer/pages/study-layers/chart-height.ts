import type { Chart } from '../../../src-shared/charts/chart.ts';

/**
 * CSS pixels of notes and labels, of a row whose numbers are read, and of one of which only the colour is seen: alone,
 * with room for its label, or in one of several maps.
 */
const HEAD = 150;
const ROW = 26;
const COLOUR_ROW = 15;
const THIN_ROW = 9;
const USUAL = 420;

/** So high that the rows of a map can be read. */
export function chartHeight(chart: Chart): number {
  if (chart.kind !== 'heat map') return USUAL;
  const { panels, x, y } = chart.data;
  const across = Math.ceil(Math.sqrt(panels.length));
  const down = Math.ceil(panels.length / across);
  const isThin = x.labels.length * across > 20;
  const row = !isThin ? ROW : across === 1 ? COLOUR_ROW : THIN_ROW;
  return Math.max(USUAL, down * (HEAD + y.labels.length * row));
}
