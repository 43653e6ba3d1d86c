import { fileURLToPath } from 'node:url';

/** Exit status of a worker that gave its run back and would go on: what started it may start it again. */
export const REQUEUE = 75;

/** The program, to be run by a Node. */
export const KINDLING = fileURLToPath(new URL('../../../bin/kindling.mjs', import.meta.url));

/**
 * The command of a worker: `node kindling.mjs cluster worker SPOOL`. The same program must be there at the same path.
 *
 * @param node the program that runs it, `node` (20 or newer) by what a machine calls it
 * @param seconds after which it stops as by SIGTERM, reckoned from its start; null without such a limit
 */
export function workerCommand(
  spool: string,
  {
    node = process.execPath,
    seconds = null,
  }: { readonly node?: string; readonly seconds?: number | null } = {},
): string[] {
  return [
    node,
    KINDLING,
    'cluster',
    'worker',
    spool,
    ...(seconds === null ? [] : ['--seconds', String(seconds)]),
  ];
}
