import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { fillOf } from '../../legend-marks.ts';
import { groupMark, lineMark, type ShapeDatum, shapeSeries, symbolMark } from '../../marks.ts';
import { colourOf } from '../../palette.ts';
import { pText } from '../../../statistics/p-value.ts';
import { andList } from '../../../lists.ts';
import { boundsText, differenceText, differenceUnit } from '../../difference-text.ts';
import type { Quantity } from '../../quantity.ts';
import { rowFrame, rowsHeight } from '../../row-frame.ts';
import { wrapText } from '../../text-width.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { DifferenceRow, DifferencesData } from './data.ts';
import { nText, whole } from '../../../numbers.ts';

/**
 * A forest plot: each cell's difference to the baseline with its t interval, every pair of seeds as a faint dot, and at
 * the right the adjusted p value with the number of pairs. A hollow mark is a difference that is not significant. Each datum carries `runs` (ids) and `row`.
 */
export function differencesOption(data: DifferencesData, style: ChartStyle): ChartOption {
  const { rows, quantity, baseline, margin } = data;
  const { fontSize, lineWidth } = style;
  const { faint, background, empty, rule } = inksOf(style);
  const values = rows.flatMap(({ difference, low, high, pairs }) => [
    difference,
    low,
    high,
    ...pairs.map((pair) => pair.difference),
  ]);
  const ends = margin === null ? [] : [-margin, margin];
  const shown = [
    0,
    ...[...values, ...ends].flatMap((value) => (value === null ? [] : [value * quantity.scale])),
  ];
  const frame = rowFrame(style, {
    x: { kind: 'linear', name: `difference in ${differenceUnit(quantity)}`, values: shown, ends: 'margin' },
    shortName: 'difference',
    ...namesOf(data),
    words: rows.map((row) => testText(row)),
  });
  const { plot } = frame;
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as RowDatum, quantity)),
    }),
    series: [
      shapeSeries(
        [{ value: [0, 0] }],
        (_, { coord }) => {
          const at = (value: number): number => coord([value * quantity.scale, 0])[0];
          const [x, low, high] = [at(0), at(-(margin ?? 0)), at(margin ?? 0)];
          const line = { lineWidth: lineWidth / 2, lineDash: [3 * lineWidth, 2 * lineWidth] };
          const shape = { x: low, y: plot.top, width: high - low, height: plot.height };
          return groupMark([
            margin === null
              ? null
              : { type: 'rect', shape, style: { fill: empty, stroke: rule, lineWidth: lineWidth / 3 } },
            lineMark([x, plot.top], [x, plot.top + plot.height], { stroke: faint, ...line }),
          ]);
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
          const colour = colourOf(0, style);
          return frame.row(y, {
            under: row.pairs.map(({ difference }) =>
              symbolMark('circle', [at(difference), y + 0.42 * fontSize], 0.15 * fontSize, {
                ...fillOf(style, colour),
                opacity: 0.45,
              }),
            ),
            interval: row.low === null || row.high === null ? null : [at(row.low), at(row.high)],
            inner: row.equivalence && [at(row.equivalence.interval[0]), at(row.equivalence.interval[1])],
            mark:
              row.difference === null
                ? null
                : { x: at(row.difference), fill: row.isSignificant ? colour : background },
          });
        },
        style.interactive ? {} : { silent: true },
      ),
    ],
    aria: { label: { description: `Differences from ${baseline.label}` } },
  };
}

/** As high as the rows need. */
export function differencesHeight(data: DifferencesData, style: ChartStyle): number {
  return rowsHeight(style, namesOf(data));
}

function namesOf(data: DifferencesData): Parameters<typeof rowsHeight>[1] {
  const { rows, settings } = data;
  const hasShort = rows.every(({ values }) => values !== '');
  return {
    names: rows.map(({ label }) => label),
    ...(hasShort && {
      shortNames: rows.map(({ values }) => values),
      shortNote: `rows: ${andList(settings)}`,
    }),
    notes: notesOf(data),
  };
}

interface RowDatum extends ShapeDatum {
  readonly row: DifferenceRow;
  readonly runs: readonly string[];
}

/** `p = 0.012, n = 5`, with a margin `p = 0.012, n = 5: equivalent`, or what is in the way of a test. */
export function testText({ adjustedP, n, method, equivalence }: DifferenceRow): string {
  if (adjustedP === null) return `no test, ${nText(n[0])}`;
  const verdict = equivalence ? `: ${equivalence.verdict}` : '';
  return `${pText(adjustedP)}, ${nText(method === 'paired' ? n[0] : `${whole(n[0])} and ${whole(n[1])}`)}${verdict}`;
}

/** `SR = 1 (best mean validation accuracy)`, or the label alone of a baseline that was given. */
export function baselineText({ label, chosenBy }: DifferencesData['baseline']): string {
  return chosenBy === '' ? label : `${label} (${chosenBy})`;
}

function notesOf({ baseline, rows, notes }: DifferencesData): string[] {
  return [
    `difference from ${baselineText(baseline)}, 95\u00a0% t interval`,
    rows.some(({ isSignificant }) => isSignificant) ? 'filled: significant' : '',
    rows.some(({ method }) => method === 'paired') ? 'dots: pairs of seeds' : '',
    rows.some(({ equivalence }) => equivalence) ? 'thick: 90\u00a0% interval; grey: margin' : '',
    ...notes,
  ];
}

function tooltipLines({ row }: RowDatum, quantity: Quantity): string[] {
  const interval =
    row.low === null || row.high === null ? '' : ` (${boundsText(quantity, row.low, row.high)})`;
  const flip = row.signFlipP === null ? '' : `sign flip ${pText(row.signFlipP)}`;
  return [
    row.label,
    row.difference === null ? '' : `${differenceText(quantity, row.difference)}${interval}`,
    row.p === null ? '' : `${pText(row.p)}; adjusted ${testText(row)}`,
    flip,
    ...equivalenceLines(row, quantity),
    ...wrapText(row.caution, 1, 40),
  ];
}

function equivalenceLines({ equivalence }: DifferenceRow, quantity: Quantity): string[] {
  if (!equivalence) return [];
  const { interval, p, adjustedP } = equivalence;
  return [
    `90\u00a0% interval ${boundsText(quantity, ...interval)}`,
    `equivalence ${pText(p)}; adjusted ${pText(adjustedP)}`,
  ];
}
