import { resolve } from 'node:path';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { ParametersOf } from '../../../src-shared/contract/api/index.ts';
import { engineSourceNamed } from '../../engine/engines/registry.ts';
import { listEngines } from '../../engine/installations/installation.ts';
import { kindlingHome } from '../../home.ts';
import { doTask } from '../application/do-task.ts';
import { openClient } from '../application/open-client.ts';
import { printLine } from '../output.ts';

/** Installs and chooses an engine. @throws Problem, Interrupted */
export async function install(
  storeFile: string,
  source: string,
  { wheel }: { readonly wheel?: string },
): Promise<void> {
  if (wheel !== undefined && engineSourceNamed(source).path === null) {
    throw new Problem('usage', `--wheel works with \`engine install cpu\`, not with ${source}.`);
  }
  const path = wheel === undefined ? {} : { path: resolve(wheel) };
  await provide(storeFile, 'engine install', { source, ...path });
}

/** Chooses an installed engine by name, or compiles against a library on disk. @throws Problem, Interrupted */
export async function use(storeFile: string, nameOrPath: string): Promise<void> {
  const isInstalled = listEngines(kindlingHome()).some(({ name }) => name === nameOrPath);
  if (isInstalled) await select(storeFile, nameOrPath);
  else await provide(storeFile, 'engine use', { source: 'use', path: resolve(nameOrPath) });
}

async function provide(
  storeFile: string,
  command: string,
  parameters: ParametersOf<'engines.install'>,
): Promise<void> {
  const { message } = await doTask(storeFile, {
    command,
    start: (client) => client.request('engines.install', parameters),
    stopped: 'stopped; nothing was installed.',
  });
  printLine(message);
}

async function select(storeFile: string, name: string): Promise<void> {
  const client = await openClient(storeFile, '`kindling engine use`');
  try {
    const engines = await client.request('engines.select', { name });
    const chosen = engines.find(({ selected }) => selected);
    if (chosen)
      printLine(`${name}, ${chosen.program} ${chosen.version} on ${chosen.devices.join(', ')}, is chosen.`);
  } finally {
    await client.close();
  }
}
