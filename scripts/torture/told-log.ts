import fs from 'node:fs';
import path from 'node:path';

/** What preload.mjs has written down in a folder. Times are milliseconds since 1970. */

interface Told {
  readonly at: number;
  readonly run: string;
  readonly step: number;
}

function linesOf(folder: string, kind: string): string[][] {
  return fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .flatMap((name) => fs.readFileSync(path.join(folder, name), 'utf8').split('\n'))
    .filter((line) => line !== '')
    .map((line) => line.split(' '));
}

export function told(folder: string): Told[] {
  return linesOf(folder, 'told')
    .map(([at, run = '', step]) => ({ at: Number(at), run, step: Number(step) }))
    .sort((a, b) => a.at - b.at);
}

/**
 * The last step of each run that was told when it counts, or before which it went on whenever that was told: the points after it were cut
 * then.
 * @param counts by milliseconds since 1970
 */
export function lastTold(
  folder: string,
  counts: (at: number, run: string) => boolean,
): ReadonlyMap<string, number> {
  const last = new Map<string, number>();
  for (const { at, run, step } of told(folder))
    if (counts(at, run) || step < (last.get(run) ?? 0)) last.set(run, step);
  return last;
}

/** When the application was at work, in order. */
export function awake(folder: string): number[] {
  return linesOf(folder, 'awake')
    .map(([at]) => Number(at))
    .sort((a, b) => a - b);
}

/** Milliseconds by which an application was kept from its work at most in the last seconds before a moment. */
export function longestSleep(folder: string, until: number): number {
  return longestGap(awake(folder), until);
}

/** The same of the times at which it was at work. */
export function longestGap(times: readonly number[], until: number): number {
  const last = times.filter((at) => at > until - 5000 && at <= until);
  return Math.max(0, ...[...last, until].map((at, place, all) => at - (all[place - 1] ?? at)));
}
