import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { heading } from '../../heading.ts';
import { fillOf } from '../../legend-marks.ts';
import {
  groupMark,
  levelInterval,
  lineMark,
  type ShapeDatum,
  shapeSeries,
  symbolMark,
  textMark,
} from '../../marks.ts';
import { colourOf } from '../../palette.ts';
import { resolveAxis } from '../../axis.ts';
import { pText } from '../../../statistics/p-value.ts';
import { type Quantity, signed } from '../../quantity.ts';
import { fittingText, textWidth, wrapText } from '../../text-width.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { DifferenceRow, DifferencesData } from './data.ts';

/**
 * A forest plot: each cell's difference to the baseline with its t interval, every pair of seeds as a faint dot, and at
 * the right the adjusted p value with the number of pairs. A hollow mark is a difference that is not significant. Each datum carries `runs` (ids) and `row`.
 */
export function differencesOption(data: DifferencesData, style: ChartStyle): ChartOption {
  const { rows, quantity, baseline } = data;
  const { fontSize, fontFamily, width, height, lineWidth } = style;
  const { ink, faint, rule } = inksOf(style);
  const head = heading(style, notesOf(data), []);
  const words = rows.map((row) => testText(row));
  const small = 0.85 * fontSize;
  const labelWidth = Math.min(0.42 * width, Math.max(...rows.map(({ label }) => textWidth(label, fontSize))));
  const left = labelWidth + fontSize;
  const right = Math.min(0.4 * width, Math.max(...words.map((text) => textWidth(text, small)))) + fontSize;
  const plot = {
    left,
    top: head.height,
    width: Math.max(1, width - left - right),
    height: Math.max(1, height - head.height - 3.5 * fontSize),
  };
  const values = rows.flatMap(({ difference, low, high, pairs }) => [
    difference,
    low,
    high,
    ...pairs.map((pair) => pair.difference),
  ]);
  const shown = [0, ...values.flatMap((value) => (value === null ? [] : [value * quantity.scale]))];
  const name = `difference in ${differenceUnit(quantity)}`;
  const axis = resolveAxis(
    { kind: 'linear', name, values: shown, ends: 'margin' },
    plot.width,
    fontSize,
    'level',
  );
  const line = { color: ink, width: lineWidth / 2 };
  const text = { fontSize, fontFamily, color: ink };
  const labels = new Map(axis.ticks.map((tick, place) => [tick, axis.labels[place] ?? '']));
  const silent = style.interactive ? {} : { silent: true };
  return {
    ...baseOption(style),
    graphic: { elements: head.elements },
    grid: { ...plot, outerBoundsMode: 'none' },
    xAxis: {
      ...{ type: 'value', min: axis.low, max: axis.high, interval: axis.high - axis.low },
      ...{
        name: fittingText([name, 'difference'], fontSize, width - fontSize),
        nameLocation: 'middle',
        nameGap: 2.1 * fontSize,
      },
      ...{ nameTextStyle: { ...text, padding: 0 }, nameMoveOverlap: false },
      axisLabel: { ...text, customValues: axis.ticks, formatter: (value: number) => labels.get(value) ?? '' },
      axisTick: { show: true, customValues: axis.ticks, length: 0.35 * fontSize, lineStyle: line },
      axisLine: { show: true, onZero: false, lineStyle: line },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: rows.map(({ label }) => fittingText([label], fontSize, labelWidth)),
      axisLabel: { ...text, interval: 0, margin: 0.6 * fontSize },
      axisLine: { show: false },
      axisTick: { show: false },
    },
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as RowDatum, quantity)),
    }),
    series: [
      shapeSeries(
        [{ value: [0, 0] }],
        (_, { coord }) => {
          const [x] = coord([0, 0]);
          return lineMark([x, plot.top], [x, plot.top + plot.height], {
            stroke: faint,
            lineWidth: lineWidth / 2,
            lineDash: [3 * lineWidth, 2 * lineWidth],
          });
        },
        { silent: true },
      ),
      shapeSeries(
        rows.map((row, place): RowDatum => ({
          value: [(row.difference ?? 0) * quantity.scale, place],
          row,
          runs: row.runs,
        })),
        (place, { coord }) => {
          const row = rows[place];
          if (!row) return null;
          const at = (value: number): number => coord([value * quantity.scale, place])[0];
          const [, y] = coord([0, place]);
          const colour = colourOf(0);
          const dots = row.pairs.map(({ difference }) =>
            symbolMark('circle', [at(difference), y + 0.42 * fontSize], 0.15 * fontSize, {
              ...fillOf(style, colour),
              opacity: 0.45,
            }),
          );
          const interval =
            row.low === null || row.high === null
              ? null
              : levelInterval(y, at(row.low), at(row.high), 0.22 * fontSize, {
                  stroke: ink,
                  lineWidth: 0.7 * lineWidth,
                });
          const mark =
            row.difference === null
              ? null
              : symbolMark('square', [at(row.difference), y], 0.3 * fontSize, {
                  ...fillOf(style, row.isSignificant ? colour : inksOf(style).background),
                  lineWidth: 0.6 * lineWidth,
                });
          const fitting = fittingText([words[place] ?? ''], small, right - fontSize);
          return groupMark([
            lineMark([plot.left, y], [plot.left + plot.width, y], { stroke: rule, lineWidth: lineWidth / 3 }),
            ...dots,
            interval,
            mark,
            textMark(fitting, [width - 0.4 * fontSize, y], {
              align: 'right',
              fontSize: small,
              fontFamily,
              fill: ink,
            }),
          ]);
        },
        silent,
      ),
    ],
    aria: { label: { description: `Differences from ${baseline.label}` } },
  };
}

interface RowDatum extends ShapeDatum {
  readonly row: DifferenceRow;
  readonly runs: readonly string[];
}

/** Differences of shares are in percentage points. */
export function differenceUnit({ title, kind, axis }: Quantity): string {
  return kind === 'share' ? `${title} (percentage points)` : axis;
}

/** `p = 0.012, n = 5`, or what is in the way of a test. */
export function testText({ adjustedP, n, method }: DifferenceRow): string {
  if (adjustedP === null) return `no test, n = ${n[0]}`;
  return `${pText(adjustedP)}, n = ${method === 'paired' ? n[0] : `${n[0]} and ${n[1]}`}`;
}

/** `SR = 1 (best mean validation accuracy)`, or the label alone of a baseline that was given. */
export function baselineText({ label, chosenBy }: DifferencesData['baseline']): string {
  return chosenBy === '' ? label : `${label} (${chosenBy})`;
}

function notesOf({ baseline, rows, notes }: DifferencesData): string[] {
  return [
    `difference from ${baselineText(baseline)}, 95 % t interval`,
    rows.some(({ isSignificant }) => isSignificant) ? 'filled: significant' : '',
    rows.some(({ method }) => method === 'paired') ? 'dots: pairs of seeds' : '',
    ...notes,
  ];
}

function tooltipLines({ row }: RowDatum, { scale, kind }: Quantity): string[] {
  const number = (value: number): string =>
    signed(kind === 'share' ? (value * scale).toFixed(2) : (value * scale).toPrecision(3));
  const interval =
    row.low === null || row.high === null ? '' : ` (${number(row.low)} to ${number(row.high)})`;
  const flip = row.signFlipP === null ? '' : `sign flip ${pText(row.signFlipP)}`;
  return [
    row.label,
    row.difference === null ? '' : `${number(row.difference)}${interval}`,
    row.p === null ? '' : `${pText(row.p)}; adjusted ${testText(row)}`,
    flip,
    ...wrapText(row.caution, 1, 40),
  ];
}
