import type { AxisRange, ChartOption, ChartStyle } from '../chart-style.ts';
import type { PgfAxis, PgfFigure } from './pgf-document.ts';

/** No axis of a chart, but a place for a legend. */
const HIDDEN = 'hide axis';

/**
 * The figure with the ranges that its axes were asked to show, as the chart draws them; other ranges are left to pgfplots. Axes of
 * names, which take none, stay as they are.
 *
 * @param draw the chart in the same style: its axes have the units of pgfplots' ones
 */
export function withAskedRanges(
  figure: PgfFigure,
  { xRange, yRange }: ChartStyle,
  draw: () => ChartOption,
): PgfFigure {
  if (xRange === undefined && yRange === undefined) return figure;
  const drawn = draw();
  const ranges = [...rangeOption('x', xRange, drawn['xAxis']), ...rangeOption('y', yRange, drawn['yAxis'])];
  if (ranges.length === 0) return figure;
  const asked = ({ options, body }: PgfAxis): PgfAxis => ({
    options: options.some((option) => option.startsWith(HIDDEN)) ? options : [...options, ...ranges],
    body,
  });
  return { ...figure, pictures: figure.pictures.map((axes) => axes.map(asked)) };
}

/** @param axes one, or the first of several that show the same */
function rangeOption(name: 'x' | 'y', range: AxisRange | undefined, axes: unknown): string[] {
  const [axis] = [axes].flat() as (ChartOption | undefined)[];
  const { type, min, max } = axis ?? {};
  if (range === undefined || (type !== 'value' && type !== 'log')) return [];
  // what takes no range does not show it
  const isTaken =
    typeof min === 'number' &&
    typeof max === 'number' &&
    (type === 'log' || min <= range[0]) &&
    max >= range[1];
  return isTaken ? [`${name}min=${min}, ${name}max=${max}`] : [];
}
