import os from 'node:os';
import type { Engine } from './engine.ts';
import type { EngineInstallation } from './provisioning/installation.ts';
import { loadTensorFlow } from './tensorflow/backend.ts';
import { compileTraining } from './tensorflow/compile-training.ts';
import { tensorFlowOperations } from './tensorflow/operations.ts';
import { loadOwnKernels, type NoKernels, type OwnKernels } from './tensorflow/own-kernels.ts';
import { ownOperations } from './tensorflow/own-operations.ts';

/**
 * Loads an installed engine into this process and makes it current. A process loads one engine in its life;
 * its environment must be that of `computingEnvironment` from its start.
 *
 * @throws Problem `engine-invalid` if the library cannot be loaded
 */
export function openEngine(installation: EngineInstallation): Engine {
  const backend = loadTensorFlow(installation.binding);
  const gpu = backend.binding.isUsingGpuDevice();
  const threads = Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? os.availableParallelism());
  const kernels = gpu
    ? { reason: 'TensorFlow computes on a GPU' }
    : loadOwnKernels(installation.kernels, threads);
  const device = installation.devices.find((name) => name.startsWith(gpu ? 'GPU' : 'CPU'));
  return {
    description: {
      name: installation.name,
      version: versionWith(installation.version, kernels),
      device: device ?? (gpu ? 'GPU:0' : 'CPU:0'),
      threads,
    },
    operations: {
      ...tensorFlowOperations(backend),
      ...('use' in kernels ? ownOperations(backend) : {}),
    },
    compile: (program, sizes) => compileTraining(backend, program, sizes),
  };
}

/** Numbers differ by the kernels, so that these belong to the version: `2.21.0+avx512`. */
function versionWith(version: string, kernels: OwnKernels | NoKernels): string {
  return 'use' in kernels ? `${version}+${kernels.instructionSet}` : version;
}
