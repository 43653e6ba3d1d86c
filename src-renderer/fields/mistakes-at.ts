import type { Mistake, Path } from '../../src-shared/mistakes/mistake.ts';

/** What is said at a field: the mistakes of what it holds. Empty where there is none. */
export function mistakesAt(mistakes: readonly Mistake[], ...path: Path): string {
  return mistakes
    .filter((mistake) => path.every((key, index) => mistake.path[index] === key))
    .map(({ message }) => message)
    .join(' ');
}

/** Those of a part as a whole, e.g. of `vary` but of none of its factors. */
export function mistakesOf(mistakes: readonly Mistake[], part: string): string {
  return mistakesAt(
    mistakes.filter(({ path }) => path.length === 1),
    part,
  );
}
