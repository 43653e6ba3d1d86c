import type { ChartStyle } from '../../chart-style.ts';
import type { FactorData } from './data.ts';
import type { FactorX } from './points.ts';

/**
 * The data with the values of the setting at the distances of the scale that is chosen for the x axis; as they are where none is, or where
 * the setting does not allow it, which `x.whyUnscaled` tells.
 */
export function withScale(data: FactorData, style: Pick<ChartStyle, 'xAxis'>): FactorData {
  const { scale } = style.xAxis ?? {};
  if (scale === undefined) return data;
  const whyUnscaled = whyNot(data.x, scale);
  if (whyUnscaled !== null) return { ...data, x: { ...data.x, whyUnscaled } };
  const places = data.x.places.map((place) => ({ ...place, at: placeOf(Number(place.value), scale) }));
  const moved = new Map(data.x.places.map(({ at }, index) => [at, places[index]?.at ?? at]));
  const move = <Point extends { readonly at: number }>(point: Point): Point => ({
    ...point,
    at: moved.get(point.at) ?? point.at,
  });
  return {
    ...data,
    x: { ...data.x, places, scale },
    lines: data.lines.map((line) => ({ ...line, points: line.points.map(move) })),
    references: data.references.map((line) => ({ ...line, points: line.points.map(move) })),
    borders: data.borders.map((at) => moved.get(at) ?? at),
  };
}

function placeOf(value: number, scale: 'linear' | 'log'): number {
  return scale === 'log' ? Math.log10(value) : value;
}

/** Why the places of an axis cannot stand at the distances of a scale, as a sentence; null where they can. */
function whyNot({ title, places, groups }: FactorX, scale: 'linear' | 'log'): string | null {
  if (groups || places.some(({ value }) => value === undefined))
    return 'The x axis is not one of numbers: it takes no scale.';
  const other = places.find(({ value }) => typeof value !== 'number');
  if (other) return `The x axis has no scale: ${other.label}, a value of ${title}, is no number.`;
  const low = places.find(({ value }) => Number(value) <= 0);
  if (scale === 'log' && low) return `The x axis cannot be logarithmic: ${low.label} is a value of ${title}.`;
  return null;
}
