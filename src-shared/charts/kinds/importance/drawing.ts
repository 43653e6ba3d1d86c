import { fixed } from '../../../numbers.ts';
import {
  baseOption,
  type ChartOption,
  type ChartStyle,
  inksOf,
  type LegendEntry,
} from '../../chart-style.ts';
import { fillOf, symbolSample } from '../../legend-marks.ts';
import { groupMark, levelInterval, type ShapeDatum, shapeSeries } from '../../marks.ts';
import { colourOf } from '../../palette.ts';
import { plotFrame } from '../../plot-frame.ts';
import { fittingTexts } from '../../text-width.ts';
import { tooltipOption } from '../../tooltip.ts';
import type { ImportanceData, ImportanceRow } from './data.ts';

export const SHARE_NAME = 'share of the variance (%)';

/** What bars of settings alone and of pairs are called. */
export const BAR_NAMES = ['one setting', 'two settings beyond what each explains'] as const;

/** More rows than these are in the table alone. */
const MOST_ROWS = 12;

export function shownRows({ rows }: ImportanceData): readonly ImportanceRow[] {
  return rows.slice(0, MOST_ROWS);
}

function moreNote({ rows }: ImportanceData): string {
  return rows.length > MOST_ROWS ? `${rows.length - MOST_ROWS} smaller ones are in the table` : '';
}

/** Bars from the most important one down, with the range over refits. Each datum carries `row`. */
export function importanceOption(data: ImportanceData, style: ChartStyle): ChartOption {
  const rows = shownRows(data);
  const { fontSize, lineWidth } = style;
  const { ink } = inksOf(style);
  const frame = plotFrame(style, {
    x: {
      ...{ kind: 'linear', name: SHARE_NAME, ends: 'round' },
      values: [0, ...rows.flatMap(({ share, high }) => [100 * share, 100 * high])],
    },
    y: {
      kind: 'category',
      name: '',
      labels: fittingTexts(
        rows.map(({ label }) => label),
        fontSize,
        0.4 * style.width,
      ).toReversed(),
    },
    notes: [...data.notes, moreNote(data)],
    legend: legendOf(rows, style),
    rules: 'x',
  });
  const means = rows.map((row, place): RowDatum => ({
    value: [100 * row.share, rows.length - 1 - place],
    row,
  }));
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && {
      tooltip: tooltipOption(style, (datum) => tooltipLines(datum as RowDatum)),
    }),
    series: [
      shapeSeries(
        means,
        (index, { coord }) => {
          const { value = [], row } = means[index] ?? {};
          if (!row) return null;
          const [x, y] = coord(value);
          const [start] = coord([0, value[1] ?? 0]);
          const [low, high] = [row.low, row.high].map((end) => coord([100 * end, value[1] ?? 0])[0]);
          const half = Math.min(0.7 * fontSize, (0.35 * frame.box.height) / rows.length);
          const shape = { x: Math.min(start, x), y: y - half, width: Math.abs(x - start), height: 2 * half };
          const bar = { stroke: ink, lineWidth: 0.8 * lineWidth };
          return groupMark([
            {
              type: 'rect',
              shape,
              style: fillOf(style, colourOf(row.isPair ? 1 : 0, style, BAR_NAMES[row.isPair ? 1 : 0])),
            },
            levelInterval(y, low ?? x, high ?? x, 0.25 * fontSize, bar),
          ]);
        },
        style.interactive ? {} : { silent: true },
      ),
    ],
  };
}

interface RowDatum extends ShapeDatum {
  readonly row: ImportanceRow;
}

function legendOf(rows: readonly ImportanceRow[], style: ChartStyle): LegendEntry[] {
  if (!rows.some(({ isPair }) => isPair)) return [];
  return BAR_NAMES.map((label, place) => ({
    label,
    mark: symbolSample(style, 'square', colourOf(place, style, label)),
  }));
}

function tooltipLines({ row }: RowDatum): string[] {
  const [share, low, high] = [row.share, row.low, row.high].map((each) => fixed(100 * each, 1));
  return [
    row.label,
    `${share ?? ''}\u00a0% of the variance`,
    `${low ?? ''} to ${high ?? ''}\u00a0% over the refits`,
  ];
}
