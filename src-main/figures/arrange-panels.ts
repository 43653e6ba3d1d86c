import {
  type ChartOption,
  type ChartStyle,
  type Insets,
  NO_INSETS,
} from '../../src-shared/charts/chart-style.ts';
import { plotBox } from './plot-box.ts';
import { roundedPoints } from './rounded-points.ts';

/** What a panel is drawn by. */
export interface ArrangedPanel {
  readonly row: number;
  readonly column: number;
  readonly style: ChartStyle;
  readonly option: (style: ChartStyle) => ChartOption;
  readonly height: (style: ChartStyle) => number;
}

/** Rounds of reckoning: words at axes that were narrow may need more room in the next. */
const ROUNDS = 2;

/** The least height of a plot, in font sizes, and how many times as high a chart may be before it is given up. */
const LEAST_PLOT = 8;
const MOST_MEASURED = 20;

/**
 * The styles of panels in their final sizes. The plots of a column have the same left and right edges, those of a row the same heights,
 * and all have the same size, where their charts have one plot that can be moved. A row is as high as its highest chart needs.
 *
 * @param width of the whole
 * @param gap between two panels
 * @param height of a panel
 */
export function arrangePanels(
  panels: readonly ArrangedPanel[],
  { width, gap, height }: { readonly width: number; readonly gap: number; readonly height: number },
): ChartStyle[] {
  const columns = Math.max(...panels.map(({ column }) => column)) + 1;
  const rows = Math.max(...panels.map(({ row }) => row)) + 1;
  const room = width - (columns - 1) * gap;
  let styles = panels.map(({ style, height: own }) => {
    const even = { ...style, width: room / columns, height };
    return { ...even, height: own(even) };
  });
  for (let round = 0; round < ROUNDS; round++) {
    const insets = panels.map(({ option, style: { fontSize } }, place) =>
      plotInsets(option, styles[place], LEAST_PLOT * fontSize),
    );
    const most = (along: 'row' | 'column', at: number): Insets | null => {
      const known = panels.flatMap((panel, place) => (panel[along] === at ? (insets[place] ?? []) : []));
      const side = (name: keyof Insets): number => Math.max(...known.map((each) => each[name]));
      if (known.length === 0) return null;
      return { left: side('left'), top: side('top'), right: side('right'), bottom: side('bottom') };
    };
    const inColumns = Array.from({ length: columns }, (_, column) => most('column', column));
    const inRows = Array.from({ length: rows }, (_, row) => most('row', row));
    const widths = sizes(
      inColumns.map((known) => known && known.left + known.right),
      room / columns,
      0,
    );
    const heights = sizes(
      inRows.map((known) => known && known.top + known.bottom),
      height,
      LEAST_PLOT * (panels[0]?.style.fontSize ?? 0),
    );
    const needed = panels.map(({ column, row, height: own, style }) =>
      own({ ...style, width: widths[column] ?? 1, height: heights[row] ?? 1 }),
    );
    styles = panels.map(({ row, column, style }) => ({
      ...{ ...style, width: roundedPoints(widths[column] ?? 1) },
      height: roundedPoints(Math.max(...needed.filter((_, place) => panels[place]?.row === row))),
      insets: {
        ...{ left: inColumns[column]?.left ?? 0, right: inColumns[column]?.right ?? 0 },
        ...{ top: inRows[row]?.top ?? 0, bottom: inRows[row]?.bottom ?? 0 },
      },
    }));
  }
  return styles;
}

/**
 * Of each column or row: what is around its plots, and an equal share of the rest, but for those without such plots.
 *
 * @param around null where there is no such plot
 * @param usual for one of them
 * @param least of a plot; the whole then is larger. With 0 all are equal where little would be left
 */
function sizes(around: readonly (number | null)[], usual: number, least: number): number[] {
  const known = around.filter((each) => each !== null);
  const plot = usual - known.reduce((sum, each) => sum + each, 0) / known.length;
  if (least === 0 && (known.length < around.length || plot < usual / 4)) return around.map(() => usual);
  return around.map((each) => (each === null ? usual : each + Math.max(least, plot)));
}

/** Around the plot of a chart that has one which can be moved; null for others. Where little is left of it, it is drawn higher. */
function plotInsets(
  option: ArrangedPanel['option'],
  style: ChartStyle | undefined,
  least: number,
): Insets | null {
  if (!style) throw new Error('a panel has no style');
  const own = { ...style, insets: NO_INSETS };
  const box = plotBox(option(own));
  if (!box) return null;
  const { left, top, width, height } = box;
  if (height < least && own.height < MOST_MEASURED * least)
    return plotInsets(option, { ...own, height: own.height + 2 * least }, least);
  return { left, top, right: own.width - left - width, bottom: own.height - top - height };
}
