import { whole } from '../../../src-shared/numbers.ts';

/** The first of some names, and how many more there are: `a, b, c and 5 more`. */
export function firstOf(names: readonly string[], most = 3): string {
  if (names.length <= most + 1) return names.join(', ');
  return `${names.slice(0, most).join(', ')} and ${whole(names.length - most)} more`;
}

/** Orders texts by code unit, so that it is the same everywhere. */
export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
