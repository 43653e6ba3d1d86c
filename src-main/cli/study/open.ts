import { resolve } from 'node:path';
import { doTask } from '../application/do-task.ts';
import { printJson, printLine } from '../output.ts';

export interface OpenOptions {
  readonly name?: string;
  readonly json?: boolean;
}

/** Adds the study that a report holds to the store. @throws Problem, Interrupted */
export async function openReport(
  storeFile: string,
  file: string,
  { name, json }: OpenOptions,
): Promise<void> {
  const { message, result } = await doTask(storeFile, {
    command: 'study open',
    start: (client) => client.request('reports.open', { file: resolve(file), name: name ?? null }),
    stopped: 'stopped; nothing was opened.',
  });
  if (json) printJson(result);
  else printLine(message);
}
