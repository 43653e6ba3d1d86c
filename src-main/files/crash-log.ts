import { appendFileSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { writeWhole } from './write-whole.ts';

/** Bytes of the log, of which the older half goes when it is longer. */
const LONGEST = 200_000;

/** Where crashes of the window are written. */
export function crashLog(home: string): string {
  return path.join(home, 'window', 'crashes.log');
}

/** Notes a crash with its time. Never throws: it is called where something has gone wrong already. */
export function noteCrash(home: string, where: string, error: unknown): void {
  const file = crashLog(home);
  const text = typeof error === 'string' ? error : inspect(error);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
    appendFileSync(file, `${new Date().toISOString()} ${where}: ${text.replaceAll('\n', '\n  ')}\n`);
    if (statSync(file).size > LONGEST) writeWhole(file, latest(readFileSync(file, 'utf8')));
  } catch (problem) {
    console.error(`kindling: a crash could not be noted in ${file}: ${String(problem)}`);
  }
}

/** When crashes were noted, the latest last; empty where there were none. ISO 8601, UTC. */
export function crashTimes(home: string): readonly string[] {
  try {
    return readFileSync(crashLog(home), 'utf8')
      .split('\n')
      .flatMap((line) => /^(\d{4}-\d\d-\d\dT[\d:.]+Z) /.exec(line)?.[1] ?? []);
  } catch {
    return [];
  }
}

/** The newer half, from the beginning of an entry. */
function latest(text: string): string {
  const half = text.slice(-LONGEST / 2);
  const start = half.search(/^\d{4}-\d\d-\d\dT/m);
  return start < 0 ? half : half.slice(start);
}
