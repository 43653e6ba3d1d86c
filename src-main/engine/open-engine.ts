import type { Engine } from './engine.ts';
import { installing, mendedByInstalling } from './installations/install-advice.ts';
import { SOFTWARE_GPU } from './software-gpu.ts';
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
 * As `openEngine`, to train.
 * @throws Problem `engine-invalid` also where an engine for GPUs finds none: on the CPU it would take a hundred times as long, and nobody was told
 */
export async function openToTrain(installation: EngineInstallation): Promise<Engine> {
  const engine = await openEngine(installation);
  const { device } = engine.description;
  if (installation.kind === 'gpu' && device.startsWith('CPU') && process.env[SOFTWARE_GPU] !== '1')
    throw mendedByInstalling(
      'engine-invalid',
      `The engine ${installation.name} is for GPUs and finds none here: check \`nvidia-smi\`, or have the CPU compute`,
      installing('cpu'),
    );
  return engine;
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
