import { roundedTo, whole } from '../numbers.ts';
import { type ChartOption, seriesOf } from './chart-style.ts';

/** A value that lines of parallel coordinates have on one of its axes, and how high it is drawn. */
interface AxisStop {
  readonly value: number;
  readonly label: string;
  /** In pixels from the upper edge of the chart. */
  readonly y: number;
}

/** An axis of drawn parallel coordinates, on which a range can be marked. */
export interface RangeAxis {
  readonly title: string;
  /** In pixels from the left edge of the chart. */
  readonly x: number;
  /** From the lowest to the highest, each once. */
  readonly stops: readonly AxisStop[];
}

interface AxisOption {
  readonly name: string;
  readonly type: 'category' | 'value' | 'log';
  readonly min?: number;
  readonly max?: number;
  readonly data?: readonly string[];
}

/** As the drawing of parallel coordinates makes them; a dash is no value. */
interface AxesLine {
  readonly value: readonly (number | '-')[];
  readonly runs: readonly string[];
}

function axesLines(option: ChartOption): readonly AxesLine[] {
  const [series] = seriesOf(option);
  return series?.['type'] === 'parallel' ? (series['data'] as readonly AxesLine[]) : [];
}

/** The axes of a chart of parallel coordinates as it is drawn; none of other charts. @param size in pixels */
export function rangeAxes(
  option: ChartOption,
  { width, height }: { readonly width: number; readonly height: number },
): readonly RangeAxis[] {
  const axes = (option['parallelAxis'] ?? []) as readonly AxisOption[];
  if (axes.length === 0) return [];
  const box = option['parallel'] as Record<'left' | 'right' | 'top' | 'bottom', number>;
  const step = (width - box.left - box.right) / Math.max(1, axes.length - 1);
  const length = height - box.top - box.bottom;
  const lines = axesLines(option);
  return axes.map((axis, place): RangeAxis => {
    const values = lines.flatMap(({ value }) => (typeof value[place] === 'number' ? [value[place]] : []));
    return {
      title: axis.name,
      x: box.left + place * step,
      stops: [...new Set(values)]
        .sort((one, other) => one - other)
        .map((value) => ({
          value,
          label: axis.data?.[value] ?? (Math.abs(value) < 1000 ? String(roundedTo(value, 4)) : whole(value)),
          y: box.top + length * (1 - shareOf(axis, value)),
        })),
    };
  });
}

/** From the lower end of an axis (0) to its upper end (1). */
function shareOf({ type, min = 0, max = 1, data = [] }: AxisOption, value: number): number {
  if (type === 'category') return (value + 0.5) / data.length;
  const [low, high, at] = type === 'log' ? [min, max, value].map(Math.log) : [min, max, value];
  return ((at ?? 0) - (low ?? 0)) / ((high ?? 1) - (low ?? 0));
}

/** The runs of the lines that pass all of these ranges, by the place of their axes. */
export function runsThrough(
  option: ChartOption,
  ranges: ReadonlyMap<number, readonly (readonly [low: number, high: number])[]>,
): readonly string[] {
  return axesLines(option)
    .filter(({ value }) =>
      [...ranges].every(([axis, some]) => {
        const number = Number(value[axis]);
        return some.some(([low, high]) => number >= low && number <= high);
      }),
    )
    .flatMap(({ runs }) => runs);
}
