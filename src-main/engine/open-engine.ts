import type { Engine } from './engine.ts';
import { engineKindNamed } from './engines/registry.ts';
import type { EngineInstallation } from './installations/installation.ts';

/**
 * Loads an installed engine into this process and makes it current. A process loads one engine in its life;
 * its environment must be that of `computingEnvironment` from its start.
 *
 * @throws Problem `engine-invalid` if it cannot be loaded
 */
export function openEngine(installation: EngineInstallation): Promise<Engine> {
  return engineKindNamed(installation.engine).open(installation);
}

/**
 * The environment in which a process opens an engine and computes with it, added to its own. How the engine is tuned is read
 * now: processes with different numbers of threads compute with the same kernels.
 * @throws Problem `engine-invalid` where this version has no such kind of engine
 */
export function computingEnvironment(
  installation: EngineInstallation,
): (threads: number) => Record<string, string> {
  return engineKindNamed(installation.engine).environment(installation);
}
