import { type ChartOption, seriesOf } from './chart-style.ts';
import { withShapes } from './drawn-shapes.ts';

/** A mark of a drawn chart that stands for runs. */
export interface RunMark {
  readonly series: number;
  /** Place of its datum; null for a line, which is a series of its own. */
  readonly place: number | null;
  /** Where it is, in the units of the axes; of a line x and y in turn. */
  readonly value: ArrayLike<number>;
  readonly runs: readonly string[];
}

/** How much of its opacity remains to a mark of which no run is selected. */
const FAINT = 0.25;

/** The runs of a mark, as charts give it with a click: its own, or those of its cell. Empty for a mark of none. */
export function runsOfMark(datum: unknown): readonly string[] {
  if (typeof datum !== 'object' || datum === null) return [];
  const { runs, cell } = datum as { runs?: unknown; cell?: unknown };
  if (Array.isArray(runs)) return runs as readonly string[];
  return typeof cell === 'object' && cell !== null ? runsOfMark(cell) : [];
}

/** The marks that can be chosen, in the order in which they are drawn. */
export function runMarks(option: ChartOption): readonly RunMark[] {
  return seriesOf(option).flatMap((series, place): RunMark[] => {
    if (series['silent'] === true || series['type'] === 'parallel') return [];
    const { data } = series;
    const own = runsOfMark(series);
    if (own.length > 0)
      return data instanceof Float64Array ? [{ series: place, place: null, value: data, runs: own }] : [];
    return Array.isArray(data)
      ? data.flatMap((datum: { readonly value?: ArrayLike<number> }, index): RunMark[] => {
          const runs = runsOfMark(datum);
          return runs.length === 0 ? [] : [{ series: place, place: index, value: datum.value ?? [], runs }];
        })
      : [];
  });
}

/** The same chart with every mark faint of which no run is selected. */
export function withSelected(option: ChartOption, isSelected: (run: string) => boolean): ChartOption {
  const isFaint = (runs: readonly string[]): boolean => runs.length > 0 && !runs.some(isSelected);
  return {
    ...option,
    series: seriesOf(option).map((series): ChartOption => {
      const isWhole = isFaint(runsOfMark(series));
      if (series['type'] === 'custom')
        return withShapes(series, (shape, datum) =>
          isWhole || isFaint(runsOfMark(datum)) ? faintShape(shape) : shape,
        );
      if (isWhole)
        return { ...series, lineStyle: faint(series['lineStyle']), itemStyle: faint(series['itemStyle']) };
      const { data } = series;
      if (!Array.isArray(data)) return series;
      return {
        ...series,
        data: data.map((datum: ChartOption) =>
          isFaint(runsOfMark(datum)) ? { ...datum, lineStyle: faint(datum['lineStyle']) } : datum,
        ),
      };
    }),
  };
}

function faintShape(shape: ChartOption): ChartOption {
  const { children } = shape;
  return {
    ...shape,
    ...('style' in shape && { style: faint(shape['style']) }),
    ...(Array.isArray(children) && {
      children: children.map((child: ChartOption | null) => child && faintShape(child)),
    }),
  };
}

function faint(style: unknown): ChartOption {
  const before = (style ?? {}) as ChartOption;
  const { opacity } = before;
  return { ...before, opacity: FAINT * (typeof opacity === 'number' ? opacity : 1) };
}
