import { countText } from '../charts/cells/count-text.ts';
import { factorPoint, type FactorPoint, intervalWithin } from '../charts/kinds/factor/points.ts';
import { ofLayer } from '../charts/layers/cell-groups.ts';
import type { LayerTable } from '../charts/layers/layer-table.ts';
import { sameCells } from '../charts/layers/same-cells.ts';
import { type Quantity, textWithUnit } from '../charts/quantity.ts';
import { andList } from '../lists.ts';
import type { RecipeAnswer } from './analysis-recipe.ts';

/** Layers that a sentence names. */
const NAMED = 3;

/**
 * What a measure of layers says, in sentences: means over the same cells at each layer with the seeds as blocks, their 95 % intervals, and
 * their n. Of a single run the intervals are the method's own, and it is told. Layers are many, so that it is told, too, that the intervals
 * are of each alone.
 */
export function answerText(table: LayerTable, { says, best }: Pick<RecipeAnswer, 'says' | 'best'>): string {
  const { quantity, roles } = table;
  const same = sameCells(table.cells, table, roles);
  const points = same.layers
    .map((label, at) =>
      factorPoint(ofLayer(same.cells, label), { at, label }, { others: [], range: quantity.range }),
    )
    .filter(({ mean }) => mean !== null);
  const [first] = points;
  if (!first) return '';
  const sentences = says === 'course' ? course(points, best, quantity) : ranking(points, says, quantity);
  return [...sentences, basis(points)].filter(Boolean).join(' ');
}

function course(points: readonly FactorPoint[], best: RecipeAnswer['best'], quantity: Quantity): string[] {
  const [first, last] = [points[0], points.at(-1)];
  const [top] = sorted(points, best === 'low' ? 'smallest' : 'greatest');
  if (!first || !last || !top) return [];
  const name = best === 'low' ? 'lowest' : 'highest';
  const beside = [first, last].filter((point, place, all) => point !== top && all.indexOf(point) === place);
  const others = beside.map((point) => `${valueText(point.mean, quantity)} at ${point.label}`);
  return [
    `${quantity.title} is ${name} at ${top.label}: ${withInterval(top, quantity)}${others.length === 0 ? '' : `; it is ${andList(others)}`}.`,
  ];
}

function ranking(
  points: readonly FactorPoint[],
  says: 'greatest' | 'smallest',
  quantity: Quantity,
): string[] {
  const named = sorted(points, says).slice(0, NAMED);
  const list = named.map((point) => `${point.label} (${withInterval(point, quantity)})`);
  const known = points.flatMap((point) => boundsOf(point) ?? []);
  const none = points.filter((point) => {
    const bounds = boundsOf(point);
    return bounds !== null && bounds[0] <= 0 && bounds[1] >= 0;
  });
  // a share that is not signed has no zero to be told from
  const isSigned = quantity.range[0] < 0;
  return [
    `${quantity.title} is ${says} in ${andList(list)}.`,
    isSigned && known.length > 0 && none.length > 0
      ? `Of all ${points.length}, ${none.length} ${none.length === 1 ? 'has' : 'have'} an interval that includes 0: nothing is shown of ${none.length === 1 ? 'it' : 'them'}.`
      : '',
  ];
}

function sorted(points: readonly FactorPoint[], says: 'greatest' | 'smallest'): FactorPoint[] {
  const sign = says === 'greatest' ? 1 : -1;
  return points.toSorted((one, other) => sign * ((other.mean ?? 0) - (one.mean ?? 0)));
}

/** Over the seeds, or of one run within it. */
function boundsOf(point: FactorPoint): readonly [low: number, high: number] | null {
  if (point.low !== null && point.high !== null) return [point.low, point.high];
  return intervalWithin(point);
}

function valueText(value: number | null, quantity: Quantity): string {
  return textWithUnit(quantity, value ?? NaN);
}

function withInterval(point: FactorPoint, quantity: Quantity): string {
  const bounds = boundsOf(point);
  const mean = valueText(point.mean, quantity);
  return bounds === null
    ? mean
    : `${mean}, 95\u00a0% CI ${bounds.map((bound) => valueText(bound, quantity)).join(' to ')}`;
}

function basis(points: readonly FactorPoint[]): string {
  const isOne = points.every(({ seeds }) => seeds === 1);
  const hasBounds = points.some((point) => boundsOf(point) !== null);
  const count = countText(points);
  if (!hasBounds) return `(${count}, without intervals)`;
  return isOne
    ? `(${count}; intervals within the run, not over trainings)`
    : `(${count}; intervals of each layer alone)`;
}
