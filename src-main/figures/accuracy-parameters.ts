import { paretoFront } from '../../src-shared/statistics/pareto-front.ts';
import { accuracyAxis, marksText } from './accuracy-axis.ts';
import { type CellStyles, cellStyles } from './cell-styles.ts';
import { cellText, factorNames, factorText } from './factor-names.ts';
import { capital, caption, type Drawing, FAINT_INK, INK, shapes } from './figure-style.ts';
import { intervalBar, meanMark, polyline, RUN_OFFSET, runMark, runMarks, SYMBOLS } from './marks.ts';
import { placeLabels } from './place-labels.ts';
import {
  type Axis,
  type Box,
  countText,
  logTicks,
  plotFrame,
  type Position,
  positionIn,
  words,
} from './plot-frame.ts';
import { type Factor, type StudyCell, type StudySummary } from './study-summary.ts';

const FRAME: Box = { left: 70, top: 80, width: 460, height: 340 };
const SIZE = { width: 720, height: 484 };
const LEGEND_LEFT = FRAME.left + FRAME.width + 26;
const FRONT_STYLE = { stroke: '#c1440e', lineWidth: 1.4 };
/** Pixels between cells of the same number of parameters, and of all of them together. */
const DODGE = { step: 9, most: 60 };

interface Point {
  readonly cell: StudyCell;
  readonly mean: number;
  readonly x: number;
  readonly y: number;
}

/**
 * Accuracy against parameters on a logarithmic axis: each run faint, each cell's mean with its 95 % t interval,
 * and the Pareto front of the means. Labels name the cells of the front; one that would cover a mark is left
 * out, since colour and symbol tell the cell as well. Cells of the same size stand side by side.
 */
export function accuracyParameters(summary: StudySummary, factors: readonly Factor[]): Drawing {
  const cells = summary.cells.filter(({ n }) => n > 0);
  const x = parametersAxis(cells);
  const y = accuracyAxis(cells, summary.metric);
  const position = positionIn(FRAME, x, y);
  const points = pointsOf(cells, position);
  const styles = cellStyles(factors);
  const front = paretoFront(
    points.map((point) => ({ ...point, cost: point.cell.parameters, value: point.mean })),
  );
  const labels = frontLabels(front, points, factors, position);
  const drawings = [
    polyline(frontStairs(front), FRONT_STYLE),
    ...points.map((point) => pointMarks(point, styles, position)),
    ...labels,
    legend(styles),
  ];
  const option = {
    ...plotFrame(FRAME, x, y),
    title: [
      caption(
        `${capital(summary.metric)} against parameters`,
        { left: 14, top: 12 },
        {
          fontSize: 15,
          fontWeight: 'bold',
        },
      ),
      caption(
        `${summary.study}, ${summary.dataset}`,
        { left: 14, top: 34 },
        { fontSize: 11, color: FAINT_INK },
      ),
      caption(
        marksText(cells) + dodgeText(cells),
        { left: 14, top: 50 },
        {
          fontSize: 11,
          color: FAINT_INK,
        },
      ),
    ],
    series: shapes(0, drawings.length, (index) => drawings[index]),
  };
  return { ...SIZE, option };
}

/** In powers of ten, with room at both ends. */
function parametersAxis(cells: readonly StudyCell[]): Axis {
  const counts = cells.map(({ parameters }) => Math.log10(parameters));
  const [least, most] = counts.length === 0 ? [5, 6] : [Math.min(...counts), Math.max(...counts)];
  const margin = Math.max(0.07 * (most - least), 0.04);
  const [low, high] = [least - margin, most + margin];
  return {
    name: 'parameters (logarithmic)',
    low,
    high,
    ticks: logTicks(10 ** low, 10 ** high).map(Math.log10),
    text: (tick) => countText(10 ** tick),
  };
}

function pointsOf(cells: readonly StudyCell[], position: Position): Point[] {
  const bySize = Map.groupBy(cells, ({ parameters }) => parameters);
  return [...bySize.values()].flatMap((equals) => {
    const step = Math.min(DODGE.step, DODGE.most / Math.max(1, equals.length - 1));
    return equals.flatMap((cell, index) => {
      if (cell.mean === null) return [];
      const x = position.x(Math.log10(cell.parameters)) + step * (index - (equals.length - 1) / 2);
      return [{ cell, mean: cell.mean, x, y: position.y(100 * cell.mean) }];
    });
  });
}

function dodgeText(cells: readonly StudyCell[]): string {
  const sizes = new Set(cells.map(({ parameters }) => parameters));
  return sizes.size < cells.length ? '; cells of equal size stand side by side' : '';
}

function pointMarks({ cell, x, y }: Point, styles: CellStyles, position: Position): unknown {
  const colour = styles.colour(cell);
  const { low, high } = cell;
  return {
    type: 'group',
    children: [
      ...runMarks(cell.values, x, position, colour),
      ...(low === null || high === null ? [] : intervalBar(x, position.y(100 * low), position.y(100 * high))),
      meanMark(styles.symbol(cell), x, y, colour),
    ],
  };
}

/** Stairs: what the cells on the front reach with at most so many parameters. */
function frontStairs(front: readonly Point[]): (readonly [number, number])[] {
  const stairs = front.flatMap(({ x, y }, index): (readonly [number, number])[] => {
    const before = front[index - 1];
    return before
      ? [
          [x, before.y],
          [x, y],
        ]
      : [[x, y]];
  });
  const last = stairs.at(-1);
  const end: (readonly [number, number])[] = last ? [[FRAME.left + FRAME.width, last[1]]] : [];
  return [...stairs, ...end];
}

function frontLabels(
  front: readonly Point[],
  points: readonly Point[],
  factors: readonly Factor[],
  position: Position,
): unknown[] {
  const paths = factors.map(({ path }) => path);
  const obstacles = points.flatMap(({ cell, x, y }): Box[] => {
    const [top, bottom] = [cell.high ?? cell.mean ?? 0, cell.low ?? cell.mean ?? 0].map((value) =>
      position.y(100 * value),
    );
    const bar = { left: x - 4, top: top ?? y, width: 8, height: (bottom ?? y) - (top ?? y) };
    const runs = cell.values.map((value) => ({
      left: x + 4,
      top: position.y(100 * value) - 2,
      width: 6,
      height: 4,
    }));
    return [bar, ...runs, { left: x - 7, top: y - 7, width: 14, height: 14 }];
  });
  const stairs = frontStairs(front).map(([x, y], index, corners): Box => {
    const [nextX, nextY] = corners[index + 1] ?? [x, y];
    return { left: x, top: Math.min(y, nextY), width: nextX - x + 1, height: Math.abs(nextY - y) + 1 };
  });
  const anchors = front.map(({ cell, x, y }) => ({ x, y, text: cellText(cell.factors, paths) }));
  return placeLabels(anchors, [...obstacles, ...stairs], FRAME, 10).map(({ text, x, y, align }) =>
    words(text, x, y, { align, fontSize: 10, fill: INK }),
  );
}

function legend(styles: CellStyles): unknown {
  const rows: ((y: number) => unknown[])[] = [];
  const heading = (factor: Factor): void => {
    if (rows.length > 0) rows.push(() => []);
    rows.push((y) => [
      words(factorNames(factor.path).title, LEGEND_LEFT, y, { fill: INK, fontWeight: 'bold' }),
    ]);
  };
  const entry = (text: string, mark: (x: number, y: number) => unknown[]): void => {
    rows.push((y) => [...mark(LEGEND_LEFT + 10, y), words(text, LEGEND_LEFT + 28, y, { fill: INK })]);
  };
  const { colourFactor, symbolFactor } = styles;
  if (colourFactor) {
    heading(colourFactor);
    for (const [index, value] of colourFactor.values.entries()) {
      entry(factorText(value), (x, y) => [meanMark('circle', x, y, styles.colourOf(index))]);
    }
  }
  if (symbolFactor) {
    heading(symbolFactor);
    for (const [index, value] of symbolFactor.values.entries()) {
      entry(factorText(value), (x, y) => [meanMark(SYMBOLS[index] ?? 'circle', x, y, '#ffffff')]);
    }
  }
  rows.push(() => []);
  entry('Pareto front', (x, y) => [
    polyline(
      [
        [x - 10, y + 4],
        [x, y + 4],
        [x, y - 4],
        [x + 10, y - 4],
      ],
      FRONT_STYLE,
    ),
  ]);
  entry('95 % t interval', (x, y) => intervalBar(x, y + 6, y - 6));
  entry('single run', (x, y) => [runMark(x - RUN_OFFSET, y, '#2b2b2b')]);
  return { type: 'group', children: rows.flatMap((row, index) => row(FRAME.top + 8 + 17 * index)) };
}
