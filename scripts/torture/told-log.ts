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

/** Milliseconds by which an application was kept from its work at most in the last seconds before a moment. */
export function longestSleep(folder: string, until: number): number {
  const times = linesOf(folder, 'awake')
    .map(([at]) => Number(at))
    .filter((at) => at > until - 5000 && at <= until)
    .sort((a, b) => a - b);
  const gaps = [...times, until].map((at, place) => (place === 0 ? 0 : at - (times[place - 1] ?? at)));
  return Math.max(0, ...gaps);
}
