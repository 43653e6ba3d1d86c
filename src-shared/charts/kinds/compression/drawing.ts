import { fixed, percent } from '../../../numbers.ts';
import { requireColumn } from '../../../runs/resolve-column.ts';
import { countText, meanText } from '../../cells/count-text.ts';
import { baseOption, type ChartOption, type ChartStyle, inksOf } from '../../chart-style.ts';
import { fillOf, symbolSample } from '../../legend-marks.ts';
import { groupMark, lineMark, type ShapeDatum, shapeSeries, textMark, uprightInterval } from '../../marks.ts';
import { colourOf } from '../../palette.ts';
import { plotFrame } from '../../plot-frame.ts';
import { intervalText, type Quantity, quantityOf } from '../../quantity.ts';
import { textWidth } from '../../text-width.ts';
import { tooltipOption } from '../../tooltip.ts';
import { type CompressedCell, type CompressionData, type CompressionStage, countOf } from './data.ts';

const KILO = 1e-3;
const SIZE: Quantity = {
  ...quantityOf({ key: 'bytes', title: 'size', short: 'size', kind: 'number', better: 'lower' }),
  scale: KILO,
};
const ACCURACY = quantityOf(requireColumn('testAccuracy'));
/** Of a stage's room, what its bars take. */
const FILLED = 0.82;

/**
 * Bytes after each stage of Deep Compression, a bar a cell, with what falls away at each stage; above each bar the test
 * accuracy after the stage, where there is room. Each datum carries `runs` (ids).
 */
export function compressionOption(data: CompressionData, style: ChartStyle): ChartOption {
  const { cells, stages, notes } = data;
  const all = cells.flatMap((cell) => cell.stages);
  const bounds = all.flatMap(({ bytes }) => [bytes.mean, bytes.high]).map((value) => (value ?? 0) * KILO);
  const most = Math.max(...bounds, 0);
  const frame = plotFrame(style, {
    x: { kind: 'category', name: '', labels: stages },
    // room for the words above the bars
    y: { kind: 'linear', name: 'size (kB)', values: [0, most * 1.12], ends: 'round' },
    notes: [meanText(all.map(countOf)), 'above: test accuracy after each stage', ...notes],
    legend:
      cells.length < 2
        ? []
        : cells.map((cell, index) => ({
            label: cell.ratio === null ? cell.label : `${cell.label}: ${fixed(cell.ratio, 1)}×`,
            mark: symbolSample(style, 'square', colourOf(index, style, cell.label)),
          })),
    rules: 'y',
  });
  const slot = frame.box.width / stages.length;
  return {
    ...baseOption(style),
    ...frame.option,
    ...(style.interactive && { tooltip: tooltipOption(style, (datum) => (datum as StageDatum).words) }),
    series: cells.map((cell, index) =>
      bars(cell, { index, count: cells.length, slot, colour: colourOf(index, style, cell.label) }, style),
    ),
  };
}

interface StageDatum extends ShapeDatum {
  readonly runs: readonly string[];
  readonly words: readonly string[];
}

interface BarPlace {
  readonly index: number;
  readonly count: number;
  /** Width of a stage, in units of the chart. */
  readonly slot: number;
  readonly colour: string;
}

function bars(
  { label, stages }: CompressedCell,
  { index, count, slot, colour }: BarPlace,
  style: ChartStyle,
): ChartOption {
  const { fontSize, fontFamily, lineWidth } = style;
  const { ink, faint } = inksOf(style);
  const width = (slot * FILLED) / count;
  const left = (index - count / 2) * width;
  const data = stages.map((stage, at): StageDatum => ({
    value: [at, (stage.bytes.mean ?? 0) * KILO],
    runs: stage.runs.map(({ run }) => run),
    words: tooltipLines(label, stage),
  }));
  return shapeSeries(
    data,
    (place, { coord }) => {
      const stage = stages[place];
      if (stage === undefined || stage.bytes.mean === null) return null;
      const [middle, top] = coord([place, stage.bytes.mean * KILO]);
      const [, ground] = coord([place, 0]);
      const x = middle + left;
      const before = stages[place - 1]?.bytes.mean ?? null;
      const above = before === null ? null : coord([place, before * KILO])[1];
      const overWords = top - 1.5 * fontSize;
      const words = accuracyText(stage);
      const own = Math.min(0.85 * fontSize, (0.95 * width) / Math.max(0.01, textWidth(words, 1)));
      const { low, high } = stage.bytes;
      return groupMark([
        {
          type: 'rect',
          shape: {
            ...{ x: x + 0.05 * width, y: Math.min(top, ground) },
            ...{ width: 0.9 * width, height: Math.abs(ground - top) },
          },
          style: fillOf(style, colour),
        },
        // what has fallen away since the stage before
        above === null || above >= overWords
          ? null
          : lineMark([x + width / 2, above], [x + width / 2, overWords], {
              stroke: faint,
              lineWidth: lineWidth / 2,
              lineDash: [2 * lineWidth, 2 * lineWidth],
            }),
        low === null || high === null
          ? null
          : uprightInterval(
              x + width / 2,
              coord([place, low * KILO])[1],
              coord([place, high * KILO])[1],
              0.2 * fontSize,
              { stroke: ink, lineWidth: 0.7 * lineWidth },
            ),
        words === '' || own < 0.45 * fontSize
          ? null
          : textMark(words, [x + width / 2, top - 0.75 * fontSize], {
              ...{ align: 'center', fontSize: own, fontFamily, fill: ink },
            }),
      ]);
    },
    style.interactive ? {} : { silent: true },
  );
}

function accuracyText({ accuracy }: CompressionStage): string {
  return accuracy.mean === null ? '' : percent(accuracy.mean);
}

function tooltipLines(
  label: string,
  { label: stage, bytes, accuracy, isImported }: CompressionStage,
): string[] {
  return [
    label,
    `${stage}: ${intervalText(SIZE, bytes)} kB, ${countText([countOf({ bytes, isImported })])}`,
    ...(accuracy.mean === null
      ? []
      : [
          `test accuracy ${intervalText(ACCURACY, accuracy)}\u00a0%, ${countText([countOf({ bytes: accuracy, isImported })])}`,
        ]),
  ].filter((line) => line !== '');
}
