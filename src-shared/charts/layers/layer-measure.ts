import type { MeasureDescription, MethodDescription } from '../../analysis/analysis-result.ts';
import { Problem } from '../../contract/problem.ts';
import { nearestName } from '../../networks/nearest-name.ts';
import { quantityOf, type Quantity } from '../quantity.ts';

/** A measure of a method of analysis. */
export interface LayerMeasure {
  readonly method: MethodDescription;
  readonly measure: MeasureDescription;
}

/** The name of a measure among those of all methods: `probe/cross-entropy`. */
export function measureKey(method: string, measure: string): string {
  return `${method}/${measure}`;
}

/** The method in the name of a measure. */
export function methodOf(key: string): string {
  return key.split('/', 1)[0] ?? key;
}

/** @throws Problem `usage` for a measure that there is not, with those that there are */
export function findMeasure(methods: readonly MethodDescription[], key: string): LayerMeasure {
  const method = methods.find(({ name }) => name === methodOf(key));
  const measure = method?.measures.find(({ name }) => measureKey(method.name, name) === key);
  if (method && measure) return { method, measure };
  const known = (method ? [method] : methods).flatMap(({ name, measures }) =>
    measures.map((each) => measureKey(name, each.name)),
  );
  const near = nearestName(key, known);
  throw new Problem(
    'usage',
    `There is no measure ${JSON.stringify(key)}${near ? ` (did you mean "${near}"?)` : ''}; there are ${known.join(', ')}.`,
  );
}

/** Letters that an axis has room for. */
const MOST_LETTERS = 38;

/** What the numbers of a measure are in a chart; on its axis stands what they are of, or the name where that is long. */
export function measureQuantity({ method, measure }: LayerMeasure): Quantity {
  const { name, title, kind, axis } = measure;
  const key = measureKey(method.name, name);
  const onAxis = axis.length > MOST_LETTERS ? title : axis;
  const quantity = quantityOf({ key, title: onAxis, short: title, kind, better: null });
  return { ...quantity, title };
}
