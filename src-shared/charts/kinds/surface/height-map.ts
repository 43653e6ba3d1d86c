import { extent } from 'd3-array';
import { contourLines } from '../../contour-lines.ts';
import { niceRange, niceStep, steppedTicks, stepText } from '../../ticks.ts';
import type { SurfaceData } from './data.ts';

/** The surface over the range of the cells, in the units in which the metric is shown. */
export interface HeightMap {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly at: (column: number, row: number) => number;
  /** Of the colours. */
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly contours: readonly {
    readonly height: number;
    readonly label: string;
    readonly lines: readonly (readonly (readonly [x: number, y: number])[])[];
  }[];
}

/** Finer than this no line looks smoother. */
const FINE = 48;

/** Beyond the range of the cells nothing is drawn: a quadratic surface says nothing of what is there. */
export function heightMap({ quantity, x, y, surface, cells }: SurfaceData, parts = FINE): HeightMap {
  const [xs, ys] = [x, y].map(({ places }) => {
    const [least = 0, most = 1] = extent(places, ({ at }) => at);
    return Array.from({ length: parts + 1 }, (_, place) => least + ((most - least) * place) / parts);
  });
  const heights = (ys ?? []).map((up) =>
    (xs ?? []).map((across) => surface.at(across, up).value * quantity.scale),
  );
  const all = [...heights.flat(), ...cells.map(({ mean }) => mean * quantity.scale)];
  const [least = 0, most = 1] = extent(all);
  const step = niceStep(most - least || 1, 6);
  const [low, high] = niceRange(least, most, step);
  const at = (column: number, row: number): number => heights[row]?.[column] ?? NaN;
  const text = stepText(step);
  return {
    ...{ xs: xs ?? [], ys: ys ?? [], at, low, high, step },
    contours: steppedTicks(low, high, step).map((height) => ({
      ...{ height, label: text(height) },
      lines: contourLines(xs ?? [], ys ?? [], at, height),
    })),
  };
}
