import os from 'node:os';
import type { Engine } from './engine.ts';
import type { EngineInstallation } from './provisioning/installation.ts';
import { loadTensorFlow } from './tensorflow/backend.ts';
import { compileTraining } from './tensorflow/compile-training.ts';
import { tensorFlowOperations } from './tensorflow/operations.ts';

/**
 * Loads an installed engine into this process and makes it current. A process loads one engine in its life;
 * its environment must be that of `computingEnvironment` from its start.
 *
 * @throws Problem `engine-invalid` if the library cannot be loaded
 */
export function openEngine(installation: EngineInstallation): Engine {
  const backend = loadTensorFlow(installation.binding);
  const gpu = backend.binding.isUsingGpuDevice();
  const device = installation.devices.find((name) => name.startsWith(gpu ? 'GPU' : 'CPU'));
  return {
    description: {
      name: installation.name,
      version: installation.version,
      device: device ?? (gpu ? 'GPU:0' : 'CPU:0'),
      threads: Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? os.availableParallelism()),
    },
    operations: tensorFlowOperations(backend),
    compile: (program, sizes) => compileTraining(backend, program, sizes),
  };
}
