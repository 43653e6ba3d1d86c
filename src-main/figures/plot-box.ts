import type { ChartOption } from '../../src-shared/charts/chart-style.ts';
import { drawnAxis } from '../../src-shared/charts/drawn-axis.ts';
import type { Box } from '../../src-shared/charts/plot-frame.ts';

/** The plot of a chart that has one between two axes; null for others. */
export function plotBox(option: ChartOption): Box | null {
  const [box] = [option['grid']].flat() as (Box | undefined)[];
  return box && drawnAxis(option, 'x')?.drawn && drawnAxis(option, 'y')?.drawn ? box : null;
}
