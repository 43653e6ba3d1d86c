import { selectedEngine } from '../../engine/installations/installation.ts';
import { kindlingHome } from '../../home.ts';
import { doTask } from '../application/do-task.ts';
import { printLine } from '../output.ts';

/** Measures an engine on this machine. @param name the selected one where it is not given @throws Problem, Interrupted */
export async function tune(storeFile: string, name = selectedEngine(kindlingHome()).name): Promise<void> {
  const { message } = await doTask(storeFile, {
    command: 'engine tune',
    start: (client) => client.request('engines.tune', { name }),
    stopped: 'stopped; what was used before is still used.',
  });
  printLine(message);
}
