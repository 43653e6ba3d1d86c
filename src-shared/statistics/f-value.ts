import { fixed, whole } from '../numbers.ts';

/** The statistic of an F test, e.g. `7.93`; from a thousand on whole. */
export function fText(f: number): string {
  return f < 1000 ? fixed(f, 2) : whole(f);
}
