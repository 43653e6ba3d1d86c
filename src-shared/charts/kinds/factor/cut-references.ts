import { extent, maxIndex, median, minIndex } from 'd3-array';
import type { SymbolName } from '../../palette.ts';
import { quantityText } from '../../quantity.ts';
import type { FactorData, ReferencePoint } from './data.ts';
import { intervalWithin } from './points.ts';

/** Room beside the numbers for the lines that they are compared with, in what the numbers themselves span. */
const ROOM = 0.5;

/**
 * Where a point of a line for comparison is so far off that the numbers would be squashed, it is drawn where the room ends,
 * marked, and told: a probe of few images can be ten times as bad as chance on the shuffled labels of a single layer. Room is for
 * the means, their intervals and runs, and for the middle of each line for comparison, so that none is cut that is far off as a whole.
 */
export function cutReferences(data: FactorData): FactorData {
  const [low, high] = roomOf(data);
  const cut = (point: ReferencePoint): ReferencePoint => {
    const value = Math.min(high, Math.max(low, point.value));
    return value === point.value ? point : { ...point, value, goesOn: value < point.value ? 'up' : 'down' };
  };
  const references = data.references.map((line) => ({ ...line, points: line.points.map(cut) }));
  return { ...data, references, notes: [...data.notes, ...cutNotes(data, [low, high])] };
}

/** The mark of a point that is further off. */
export function arrowOf(goesOn: ReferencePoint['goesOn']): SymbolName {
  return goesOn === 'down' ? 'inverted triangle' : 'triangle';
}

function roomOf({ lines, references }: FactorData): readonly [low: number, high: number] {
  const own = lines
    .flatMap(({ points }) => points)
    .flatMap((point) => [
      ...[point.mean, point.low, point.high],
      ...point.runs.map(({ value }) => value),
      ...(intervalWithin(point) ?? []),
    ])
    .filter((value) => value !== null);
  const middles = byLabel(references).flatMap(([, points]) => median(points, ({ value }) => value) ?? []);
  const [least = 0, most = 0] = extent([...own, ...middles]);
  // numbers that are all alike have no room to be reckoned from
  const room = most > least ? ROOM * (most - least) : Infinity;
  return [least - room, most + room];
}

function byLabel(references: FactorData['references']): [label: string, points: ReferencePoint[]][] {
  const groups = Map.groupBy(references, ({ label }) => label);
  return [...groups].map(([label, lines]) => [label, lines.flatMap(({ points }) => points)]);
}

/** `arrows: shuffled labels beyond what is drawn, up to 10.20 (fc7)`: of each line and end the furthest. */
function cutNotes({ references, quantity, x }: FactorData, [low, high]: readonly [number, number]): string[] {
  return byLabel(references).flatMap(([label, points]) => {
    const values = points.map(({ value }) => value);
    const told = (end: string, place: number): string => {
      const point = points[place];
      const where = point?.name ?? x.places.find(({ at }) => at === point?.at)?.label ?? '';
      return `arrows: ${label} beyond what is drawn, ${end} ${quantityText(quantity, values[place] ?? NaN)} (${where})`;
    };
    return [
      ...(values.some((value) => value > high) ? [told('up to', maxIndex(values))] : []),
      ...(values.some((value) => value < low) ? [told('down to', minIndex(values))] : []),
    ];
  });
}
