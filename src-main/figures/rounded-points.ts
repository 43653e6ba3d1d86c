import { roundedAt } from '../../src-shared/numbers.ts';

/** A length in a figure: a hundredth of a point is less than any printer shows. */
export function roundedPoints(points: number): number {
  return roundedAt(points, 2);
}
