import { resolve } from 'node:path';
import { doTask } from '../application/do-task.ts';
import { printJson, printLine } from '../output.ts';

/** Backs the store up and says where. @throws Problem, Interrupted */
export async function backUp(
  storeFile: string,
  destination: string | undefined,
  options: { readonly json?: boolean },
): Promise<void> {
  const parameters = destination === undefined ? {} : { file: resolve(destination) };
  const { message, result } = await doTask(storeFile, {
    command: 'store backup',
    start: (client) => client.request('store.backup', parameters),
    stopped: 'stopped; nothing has changed.',
  });
  if (options.json) printJson(result);
  else printLine(message);
}
