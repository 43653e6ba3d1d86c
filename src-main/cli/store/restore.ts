import { resolve } from 'node:path';
import { doTask } from '../application/do-task.ts';
import { printJson, printLine } from '../output.ts';
import { sayDifferences } from './check.ts';

/** Restores a backup and says what the store now holds. @throws Problem, Interrupted */
export async function restore(
  storeFile: string,
  backup: string,
  options: { readonly json?: boolean },
): Promise<void> {
  const file = resolve(backup);
  const { message, result } = await doTask(storeFile, {
    command: 'store restore',
    start: (client) => client.request('store.restore', { file }),
    stopped: 'stopped; nothing has changed.',
  });
  sayDifferences(result.check);
  if (options.json) printJson(result);
  else printLine(message);
}
