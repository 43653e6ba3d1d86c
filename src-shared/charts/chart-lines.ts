import { type ChartOption, seriesOf } from './chart-style.ts';
import { withShapes } from './drawn-shapes.ts';

/** A line of a chart, which a legend can hide. */
export interface ChartLine {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  /** Lengths of its dashes and gaps in the unit of its width; none for a line without gaps. */
  readonly dash: readonly number[];
}

/** Of more lines none is looked for in a list. */
export const MOST_LISTED = 60;

interface LineSeries {
  readonly type?: unknown;
  readonly silent?: unknown;
  readonly line?: unknown;
  readonly name?: unknown;
  readonly lineStyle?: {
    readonly color?: string;
    readonly width?: number;
    readonly type?: string | readonly number[];
  };
}

/** The lines of an option whose series say by `line` which they belong to; in the order in which they are drawn. */
export function chartLines(option: ChartOption): readonly ChartLine[] {
  return seriesOf(option).flatMap(({ type, silent, line, name, lineStyle }: LineSeries): ChartLine[] =>
    type === 'line' && silent !== true && typeof line === 'string'
      ? [{ key: line, label: String(name), colour: lineStyle?.color ?? '', dash: dashOf(lineStyle) }]
      : [],
  );
}

function dashOf({ type, width = 1 }: NonNullable<LineSeries['lineStyle']> = {}): readonly number[] {
  return typeof type === 'object' ? type.map((part) => part / width) : [];
}

/** The same chart without these lines, and without what belongs to them: series, or shapes of a series. Each series keeps its place. */
export function withoutLines(option: ChartOption, hidden: ReadonlySet<string>): ChartOption {
  const isHidden = ({ line }: LineSeries): boolean => hidden.has(String(line));
  return {
    ...option,
    series: seriesOf(option).map((series) => {
      if (isHidden(series)) return { ...series, data: [] };
      if (series['type'] !== 'custom') return series;
      return withShapes(series, (shape, datum) => (isHidden(datum as LineSeries) ? null : shape));
    }),
  };
}

/** What is hidden when a line is to be alone: all others, or none where it was alone already. */
export function isolated(
  lines: readonly ChartLine[],
  key: string,
  hidden: ReadonlySet<string>,
): ReadonlySet<string> {
  const others = lines.map((line) => line.key).filter((other) => other !== key);
  const isAlone = !hidden.has(key) && others.every((other) => hidden.has(other));
  return new Set(isAlone ? [] : others);
}
