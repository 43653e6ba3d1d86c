import { whole } from '../numbers.ts';
import type { Mistake, PlacedMistake } from './mistake.ts';

/** More than these say nothing that helps, and a file of a million wrong values would bring a million. */
const MOST = 50;

/** The first mistakes, and how many more there are. @param count of all, where not all are given */
export function firstMistakes(mistakes: readonly Mistake[], count = mistakes.length): Mistake[] {
  return [...mistakes.slice(0, MOST), ...theRest(count - MOST)];
}

/** The same, each with its line and in the order of the lines. */
export function placeMistakes<M extends Mistake>(
  mistakes: readonly M[],
  lineOf: (mistake: M) => number | null,
): PlacedMistake[] {
  const placed = mistakes.slice(0, MOST).map((mistake) => {
    const { path, value, message } = mistake;
    return { path, value, message, line: lineOf(mistake) };
  });
  const inOrder = placed.sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
  return [...inOrder, ...theRest(mistakes.length - MOST).map((mistake) => ({ ...mistake, line: null }))];
}

function theRest(count: number): Mistake[] {
  if (count <= 0) return [];
  return [{ path: [], value: undefined, message: `… and ${whole(count)} more.` }];
}
