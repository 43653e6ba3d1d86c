import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from '../../../src-shared/contract/problem.ts';
import { enginesFolder } from '../../home.ts';
import { type EngineFile, type EngineInstallation, readEngine, selectEngine } from './installation.ts';
import { isProcessAlive } from '../../is-process-alive.ts';

/** `.installing-<name>-<process>`: never listed as an engine, removed when its process is gone. */
const STAGING = /^\.(?:installing|replaced)-.*-(\d+)$/;

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
  removeStale(engines);
  requireSpace(engines, bytes);
  const staging = join(engines, `.installing-${name}-${process.pid}`);
  rmSync(staging, { recursive: true, force: true });
  mkdirSync(staging);
  try {
    const file: EngineFile = { ...(await build(staging)), name, installedAt: new Date().toISOString() };
    writeFileSync(join(staging, 'engine.json'), `${JSON.stringify(file, null, 2)}\n`);
    moveIntoPlace(staging, join(engines, name));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  selectEngine(home, name);
  const engine = readEngine(join(engines, name), name);
  if (engine === null) throw new Error(`${name} was installed but cannot be read back`);
  return engine;
}

/** Removes what interrupted installations left; those of living processes stay. */
export function removeStale(engines: string): void {
  for (const entry of readdirSync(engines)) {
    const owner = STAGING.exec(entry)?.[1];
    if (owner !== undefined && !isProcessAlive(Number(owner))) {
      rmSync(join(engines, entry), { recursive: true, force: true });
    }
  }
}

function moveIntoPlace(staging: string, target: string): void {
  if (existsSync(target)) {
    const old = `${target.replace(/([^/\\]+)$/, '.replaced-$1')}-${process.pid}`;
    renameSync(target, old);
    renameSync(staging, target);
    rmSync(old, { recursive: true, force: true });
  } else {
    renameSync(staging, target);
  }
}

function requireSpace(folder: string, bytes: number): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= bytes) return;
  const gigabytes = (value: number): string => `${(value / 1e9).toFixed(1)} GB`;
  throw new Problem(
    'disk-full',
    `Installing an engine needs ${gigabytes(bytes)} in ${folder}, and ${gigabytes(bavail * bsize)} are free. ` +
      'Free some space, or set KINDLING_HOME to a folder on a larger disk.',
  );
}
