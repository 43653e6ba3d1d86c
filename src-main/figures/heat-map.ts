import { cellText, factorNames, factorText } from './factor-names.ts';
import {
  capital,
  caption,
  CIVIDIS,
  cividis,
  type Coordinates,
  type Drawing,
  FAINT_INK,
  FONT,
  INK,
  inkOn,
  niceRange,
  niceStep,
  percent,
  shapes,
} from './figure-style.ts';
import { type Factor, type StudyCell, type StudySummary, valueKey } from './study-summary.ts';

const CELL = { width: 80, height: 58 };
/** Shorter maps get taller cells, so that the axis name fits beside them. */
const LEAST_HEIGHT = 190;
const MARGIN = { left: 78, right: 100, top: 78, bottom: 58 };
const GAP = { x: 84, y: 92 };
const LEAST_WIDTH = 480;
const MOST_VALUES = 12;
const MOST_PANELS = 9;

interface Panel {
  readonly label: string;
  readonly cells: readonly StudyCell[];
}

/** Lower and upper end of the colour scale in percent, and the step of its ticks. */
interface Scale {
  readonly low: number;
  readonly high: number;
  readonly step: number;
}

/** Whether the factors fit a readable heat map: at least two, of few values, in few panels. */
export function fitsHeatMap(factors: readonly Factor[]): boolean {
  const [x, y, ...others] = factors;
  if (!x || !y || x.values.length > MOST_VALUES || y.values.length > MOST_VALUES) return false;
  return others.reduce((count, { values }) => count * values.length, 1) <= MOST_PANELS;
}

/**
 * The first factor against the second: mean, half width of the 95 % t interval and n in each cell. Further
 * factors give one panel for each of their combinations, on one colour scale. A cell without finished runs,
 * or one that the study does not have, is drawn empty and says so.
 */
export function heatMap(summary: StudySummary, factors: readonly Factor[]): Drawing {
  const [x, y, ...others] = factors;
  if (!x || !y) throw new Error('A heat map needs two factors.');
  const panels = panelsOf(summary.cells, others);
  const columns = Math.min(panels.length, x.values.length > 6 ? 1 : x.values.length > 3 ? 2 : 3);
  const rows = Math.ceil(panels.length / columns);
  const cellHeight = Math.max(CELL.height, LEAST_HEIGHT / y.values.length);
  const size = { width: CELL.width * x.values.length, height: cellHeight * y.values.length };
  const top = MARGIN.top + (others.length > 0 ? 22 : 0);
  const frames = panels.map((_, index) => ({
    left: MARGIN.left + (index % columns) * (size.width + GAP.x),
    top: top + Math.floor(index / columns) * (size.height + GAP.y),
    ...size,
  }));
  const right = MARGIN.left + columns * (size.width + GAP.x) - GAP.x;
  const scale = colourScale(summary.cells);
  const option = {
    title: [
      ...headings(summary, x, y),
      ...panels.flatMap(({ label }, index) => panelTitle(label, frames[index])),
    ],
    grid: [...frames, { left: right + 24, top, width: 14, height: size.height }],
    xAxis: [...panels.map((_, index) => axis(x, index, 30)), { gridIndex: panels.length, ...barAxes.x }],
    yAxis: [...panels.map((_, index) => axis(y, index, 46)), barAxis(scale, summary.metric, panels.length)],
    series: [
      ...panels.map(({ cells }, index) => panelSeries(cells, x, y, { scale, cellHeight, index })),
      shapes(panels.length, 1, (_, coordinates) => colourBar(scale, coordinates)),
    ],
  };
  const height = top + rows * (size.height + GAP.y) - GAP.y + MARGIN.bottom;
  return { width: Math.max(LEAST_WIDTH, right + MARGIN.right), height, option };
}

function headings({ study, dataset, metric, cells }: StudySummary, x: Factor, y: Factor): unknown[] {
  const title = `${capital(metric)} by ${factorNames(x.path).title} and ${factorNames(y.path).title}`;
  const missing = cells.filter(({ n }) => n === 0).length;
  const note = missing === 0 ? '' : `; ${missing} of ${cells.length} cells without runs`;
  return [
    caption(title, { left: 14, top: 12 }, { fontSize: 15, fontWeight: 'bold' }),
    caption(`${study}, ${dataset}`, { left: 14, top: 34 }, { fontSize: 11, color: FAINT_INK }),
    caption(
      `mean ± half width of the 95 % t interval, n runs${note}`,
      { left: 14, top: 50 },
      { fontSize: 11, color: FAINT_INK },
    ),
  ];
}

function panelTitle(label: string, frame: { left: number; top: number } | undefined): unknown[] {
  if (label === '' || !frame) return [];
  return [caption(label, { left: frame.left, top: frame.top - 20 }, { fontSize: 12 })];
}

function panelsOf(cells: readonly StudyCell[], others: readonly Factor[]): Panel[] {
  const panels = new Map<string, StudyCell[]>();
  const paths = others.map(({ path }) => path);
  for (const cell of cells) {
    const label = cellText(cell.factors, paths);
    panels.set(label, [...(panels.get(label) ?? []), cell]);
  }
  return [...panels].map(([label, members]) => ({ label, cells: members }));
}

interface PanelStyle {
  readonly scale: Scale;
  readonly cellHeight: number;
  readonly index: number;
}

function panelSeries(cells: readonly StudyCell[], x: Factor, y: Factor, style: PanelStyle): unknown {
  const places = x.values.flatMap((_, column) => y.values.map((__, row) => [column, row] as const));
  const keyed = new Map(cells.map((cell) => [placeKey(cell.factors[x.path], cell.factors[y.path]), cell]));
  return shapes(style.index, places.length, (place, coordinates) => {
    const [column, row] = places[place] ?? [0, 0];
    const cell = keyed.get(placeKey(x.values[column], y.values[row]));
    return drawCell(coordinates.coord([column, row]), cell, style);
  });
}

function placeKey(x: Factor['values'][number] | undefined, y: Factor['values'][number] | undefined): string {
  return `${valueKey(x)} ${valueKey(y)}`;
}

function drawCell(
  [x, y]: readonly [number, number],
  cell: StudyCell | undefined,
  { scale, cellHeight: height }: PanelStyle,
): unknown {
  const { width } = CELL;
  const rectangle = (inset: number, style: object): unknown => ({
    type: 'rect',
    shape: {
      x: x - width / 2 + inset,
      y: y - height / 2 + inset,
      width: width - 2 * inset,
      height: height - 2 * inset,
    },
    style,
  });
  const text = (words: string, offset: number, style: object): unknown => ({
    type: 'text',
    style: {
      text: words,
      x,
      y: y + offset,
      align: 'center',
      verticalAlign: 'middle',
      fontFamily: FONT,
      ...style,
    },
  });
  if (!cell || cell.mean === null) {
    const style = { fill: FAINT_INK, fontSize: 11, fontStyle: 'italic' };
    const words = cell ? ['no runs'] : ['not in', 'the study'];
    const lines = words.map((line, index) => text(line, 14 * (index - (words.length - 1) / 2), style));
    const dashed = { fill: '#f4f4f4', stroke: '#b0b0b0', lineWidth: 1, lineDash: [3, 3] };
    return { type: 'group', children: [rectangle(1.5, dashed), ...lines] };
  }
  const colour = cividis((100 * cell.mean - scale.low) / (scale.high - scale.low));
  const fill = inkOn(colour);
  const { low, high } = cell;
  const spread = low === null || high === null ? 'no interval' : `± ${percent((high - low) / 2)}`;
  return {
    type: 'group',
    children: [
      rectangle(0.75, { fill: colour }),
      text(percent(cell.mean), -15, { fill, fontSize: 14, fontWeight: 'bold' }),
      text(spread, 3, { fill, fontSize: 11 }),
      text(`n = ${cell.n}`, 18, { fill, fontSize: 10 }),
    ],
  };
}

/** The range of the means, widened to whole steps. */
function colourScale(cells: readonly StudyCell[]): Scale {
  const means = cells.flatMap(({ mean }) => (mean === null ? [] : [100 * mean]));
  const [least, most] = means.length === 0 ? [0, 100] : [Math.min(...means), Math.max(...means)];
  const step = niceStep(Math.max(most - least, 0.5), 5);
  const [low, high] = niceRange(least, most, step);
  return { low, high: high > low ? high : low + step, step };
}

function axis(factor: Factor, gridIndex: number, nameGap: number): unknown {
  return {
    type: 'category',
    gridIndex,
    data: factor.values.map(factorText),
    name: factorNames(factor.path).axis,
    nameLocation: 'middle',
    nameGap,
    nameTextStyle: { fontSize: 12, color: INK },
    axisLabel: { fontSize: 11, color: INK, interval: 0 },
    axisLine: { show: false },
    axisTick: { show: false },
  };
}

const barAxes = { x: { type: 'value', min: 0, max: 1, show: false } };

function barAxis({ low, high, step }: Scale, metric: string, gridIndex: number): unknown {
  return {
    type: 'value',
    gridIndex,
    min: low,
    max: high,
    interval: step,
    position: 'right',
    name: `${metric} (%)`,
    nameLocation: 'middle',
    nameRotate: 90,
    nameGap: 36,
    nameTextStyle: { fontSize: 12, color: INK },
    axisLabel: { fontSize: 11, color: INK },
    axisLine: { show: true, onZero: false, lineStyle: { color: INK } },
    axisTick: { show: true, length: 3 },
    splitLine: { show: false },
  };
}

function colourBar({ low, high }: Scale, { coord }: Coordinates): unknown {
  const [left, top] = coord([0, high]);
  const [right, bottom] = coord([1, low]);
  const colorStops = CIVIDIS.map((color, index) => ({ offset: index / (CIVIDIS.length - 1), color }));
  const fill = { type: 'linear', x: 0, y: 1, x2: 0, y2: 0, colorStops };
  return {
    type: 'rect',
    shape: { x: left, y: top, width: right - left, height: bottom - top },
    style: { fill },
  };
}
