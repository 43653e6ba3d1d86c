import { accuracyAxis, marksText } from './accuracy-axis.ts';
import { cellStyles } from './cell-styles.ts';
import { factorNames, factorText } from './factor-names.ts';
import { capital, caption, type Drawing, FAINT_INK, shapes } from './figure-style.ts';
import { intervalBar, meanMark, polyline, runMarks } from './marks.ts';
import { type Axis, type Box, plotFrame, positionIn } from './plot-frame.ts';
import { type Factor, type StudyCell, type StudySummary, valueKey } from './study-summary.ts';

const FRAME: Box = { left: 70, top: 96, width: 440, height: 300 };
const SIZE = { width: 540, height: 462 };
const LEAST_GAP = 34;
/** Ratio of the largest to the smallest value from which an axis is logarithmic. */
const WIDE = 20;

/**
 * Accuracy against one factor: each run faint, each cell's mean with its 95 % t interval, and a line through
 * the means of an ordered factor. Where other factors vary too, their cells stand at the same place, without
 * a line, and the figure says so.
 */
export function factorChart(summary: StudySummary, factor: Factor, others: readonly Factor[]): Drawing {
  const cells = summary.cells.filter(({ n }) => n > 0);
  const { axis: x, place } = factorAxis(factor);
  const y = accuracyAxis(cells, summary.metric);
  const position = positionIn(FRAME, x, y);
  const styles = cellStyles([]);
  const points = cells.map((cell) => ({ cell, x: position.x(place(cell)) }));
  const drawings = points.map(({ cell, x: left }) => {
    const colour = styles.colour(cell);
    const { mean, low, high } = cell;
    return {
      type: 'group',
      children: [
        ...runMarks(cell.values, left, position, colour),
        ...(low === null || high === null
          ? []
          : intervalBar(left, position.y(100 * low), position.y(100 * high))),
        ...(mean === null ? [] : [meanMark('circle', left, position.y(100 * mean), colour)]),
      ],
    };
  });
  const ordered = others.length === 0 && factor.values.every((value) => typeof value === 'number');
  const means = points
    .flatMap(({ cell, x: left }) =>
      cell.mean === null ? [] : [[left, position.y(100 * cell.mean)] as const],
    )
    .sort((a, b) => a[0] - b[0]);
  const line = ordered ? [polyline(means, { stroke: '#9db4c6', lineWidth: 1.2 })] : [];
  const all = [...line, ...drawings];
  const faint = { fontSize: 11, color: FAINT_INK };
  const option = {
    ...plotFrame(FRAME, x, y),
    title: [
      caption(
        `${capital(summary.metric)} by ${factorNames(factor.path).title}`,
        { left: 14, top: 12 },
        {
          fontSize: 15,
          fontWeight: 'bold',
        },
      ),
      caption(`${summary.study}, ${summary.dataset}`, { left: 14, top: 34 }, faint),
      caption(`${marksText(cells)}; small dots are single runs`, { left: 14, top: 50 }, faint),
      caption(othersText(others), { left: 14, top: 66 }, faint),
    ],
    series: shapes(0, all.length, (index) => all[index]),
  };
  return { ...SIZE, option };
}

function othersText(others: readonly Factor[]): string {
  if (others.length === 0) return '';
  return `each mark is one cell; also varied: ${others.map(({ path }) => factorNames(path).title).join(', ')}`;
}

/** Numbers keep their distances, on a logarithmic scale where they span much; the others stand evenly. */
function factorAxis(factor: Factor): { axis: Axis; place: (cell: StudyCell) => number } {
  const { values, path } = factor;
  const numbers = values.filter((value) => typeof value === 'number');
  const logarithmic =
    numbers.every((value) => value > 0) && Math.max(...numbers) >= WIDE * Math.min(...numbers);
  const measured = numbers.map((value) => (logarithmic ? Math.log10(value) : value));
  const even = values.map((_, index) => index);
  const places = numbers.length === values.length && roomy(measured) ? measured : even;
  const [least, most] = [Math.min(...places), Math.max(...places)];
  const margin = 0.1 * (most - least);
  const byKey = new Map(values.map((value, index) => [valueKey(value), places[index] ?? 0]));
  const texts = new Map(places.map((position, index) => [position, factorText(values[index])]));
  const scale = places === measured && logarithmic ? ', logarithmic' : '';
  return {
    axis: {
      name: factorNames(path).axis + scale,
      low: least - margin,
      high: most + margin,
      ticks: places,
      text: (tick) => texts.get(tick) ?? '',
    },
    place: (cell) => byKey.get(valueKey(cell.factors[path])) ?? 0,
  };
}

/** Whether the labels of neighbouring values have room beside each other. */
function roomy(places: readonly number[]): boolean {
  const span = 1.2 * (Math.max(...places) - Math.min(...places));
  return places
    .slice(1)
    .every((place, index) => ((place - (places[index] ?? 0)) / span) * FRAME.width >= LEAST_GAP);
}
