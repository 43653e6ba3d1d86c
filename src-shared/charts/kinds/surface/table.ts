import { significant } from '../../../numbers.ts';
import { pText } from '../../../statistics/p-value.ts';
import type { SurfaceTerm } from '../../../statistics/response-surface.ts';
import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { signed } from '../../quantity.ts';
import type { SurfaceData } from './data.ts';

/** One row for each coefficient, not scaled, and one for each cell with the height of the surface there. */
export function surfaceTable(data: SurfaceData): ChartTable {
  const { quantity, x, y, surface, cells } = data;
  return {
    columns: [
      ...['mark', 'term', 'estimate', x.title, y.title, quantity.title, 'surface', 'low', 'high', 'p'],
      ...['n', 'left out'],
    ],
    rows: [
      ...surface.coefficients.map(({ term, estimate, low, high, p }) => [
        ...['coefficient', termText(term, data), estimate, null, null, null, null, low, high, p],
        ...[surface.n, ''],
      ]),
      ...cells.map(({ x: across, y: up, mean, n, leftOut, fitted }) => [
        ...['cell', '', null, valueAt(x, across), valueAt(y, up), mean],
        ...[fitted.value, fitted.low, fitted.high, null, n, leftOut],
      ]),
    ],
  };
}

export function surfaceReading(data: SurfaceData): ReadingTable {
  const { quantity, surface, notes } = data;
  const text = (value: number): string => signed(significant(value * quantity.scale, 3));
  return {
    caption: `Coefficients of the quadratic surface of ${quantity.axis}; ${surface.degreesOfFreedom} degrees of freedom.`,
    columns: ['Term', 'Coefficient', '95\u00a0% t interval', 'p'],
    rows: surface.coefficients.map(({ term, estimate, low, high, p }) => [
      ...[termText(term, data), text(estimate), `${text(low)} to ${text(high)}`, pText(p)],
    ]),
    notes,
  };
}

/** `log2(squeeze ratio)²`, `log2(squeeze ratio) · 3×3 share`. */
function termText(term: SurfaceTerm, { x, y }: SurfaceData): string {
  const words: Readonly<Record<SurfaceTerm, string>> = {
    ...{ '1': 'intercept', x: x.scaled, y: y.scaled },
    ...{ 'x²': `${x.scaled}²`, xy: `${x.scaled} · ${y.scaled}`, 'y²': `${y.scaled}²` },
  };
  return words[term];
}

function valueAt({ places }: SurfaceData['x'], at: number): string {
  return places.find((place) => place.at === at)?.label ?? '';
}
