import type { MeasureDescription, MethodDescription } from '../../analysis/analysis-result.ts';
import { Problem } from '../../mistakes/problem.ts';
import { nearestName } from '../../mistakes/nearest-name.ts';
import { measureKey, methodOf } from '../../analysis/findings.ts';
import { quantityOf, type Quantity } from '../quantity.ts';
import { MissingAnalyses } from './missing-analyses.ts';

/** A measure of a method of analysis. */
export interface LayerMeasure {
  readonly method: MethodDescription;
  readonly measure: MeasureDescription;
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

/** Why a chart of runs that were analysed has nothing to show. */
export function noSuchLayers({ method, measure }: LayerMeasure, roles: readonly string[] | null): Problem {
  const what = `has a value of "${measure.title}"`;
  return roles === null
    ? new MissingAnalyses(
        `No layer of these runs ${what}. They may have been analysed by an earlier version.`,
        method.name,
      )
    : new Problem('usage', `No layer of the role ${roles.join(' or ')} ${what}: choose other roles.`);
}

/** Letters that an axis has room for. */
const MOST_LETTERS = 38;

/** Of measures that are neither shares nor counts: they are of some hundred images, seldom of more. */
export const MEASURE_DIGITS = 3;

/**
 * What the numbers of a measure are in a chart; on its axis stands what they are of, or the name where that is long.
 *
 * @param suffix what has been done with the numbers, for the axis.
 */
export function measureQuantity({ method, measure }: LayerMeasure, suffix = ''): Quantity {
  const { name, title, kind, axis, range } = measure;
  const key = measureKey(method.name, name);
  const onAxis = `${axis.length > MOST_LETTERS ? title : axis}${suffix}`;
  const quantity = quantityOf({
    key,
    title: onAxis,
    short: title,
    kind,
    better: null,
    ...(range && { range }),
  });
  return { ...quantity, title, digits: MEASURE_DIGITS };
}
