import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimalSize } from '../../../src-shared/numbers.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { freeBytes } from '../../files/disk-full.ts';
import { replaceFolder } from '../../files/replace-folder.ts';
import { removeUnfinished, unfinishedPath } from '../../files/unfinished-files.ts';
import { enginesFolder } from '../../home.ts';
import { type EngineFile, type EngineInstallation, readEngine, selectEngine } from './installation.ts';

/**
 * Builds an engine in a folder beside its final place and moves it there when `build` returns: whatever
 * happens before (an error, an abort, a kill), no half engine is ever seen. Chooses the engine at the end.
 * @param bytes free space needed
 * @throws Problem `disk-full` before anything is written when there is less
 */
export async function installStaged(
  home: string,
  name: string,
  bytes: number,
  build: (folder: string) => Promise<Omit<EngineFile, 'name' | 'installedAt'>>,
): Promise<EngineInstallation> {
  const engines = enginesFolder(home);
  mkdirSync(engines, { recursive: true });
  removeUnfinished(engines);
  requireSpace(engines, bytes);
  const staging = unfinishedPath(join(engines, name));
  mkdirSync(staging);
  try {
    const file: EngineFile = { ...(await build(staging)), name, installedAt: new Date().toISOString() };
    writeFileSync(join(staging, 'engine.json'), `${JSON.stringify(file, null, 2)}\n`);
    replaceFolder(staging, join(engines, name));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  selectEngine(home, name);
  const engine = readEngine(join(engines, name), name);
  if (engine === null) throw new Error(`${name} was installed but cannot be read back`);
  return engine;
}

function requireSpace(folder: string, bytes: number): void {
  const free = freeBytes(folder);
  if (free >= bytes) return;
  throw new Problem(
    'disk-full',
    `Installing an engine needs ${decimalSize(bytes)} in ${folder}, and ${decimalSize(free)} are free. ` +
      'Free some space, or set KINDLING_HOME to a folder on a larger disk.',
  );
}
