import os from 'node:os';
import type { Engine } from '../../engine.ts';
import { bindingOf, type EngineInstallation } from '../../installations/installation.ts';
import { kernelsFile } from './provisioning/kernel-sources.ts';
import { loadTensorFlow } from './backend.ts';
import { compileTraining } from './compile-training.ts';
import { tensorFlowOperations } from './operations.ts';
import { loadOwnKernels, type NoKernels, type OwnKernels } from './own-kernels.ts';
import { ownOperations } from './own-operations.ts';

/** @throws Problem `engine-invalid` if the library cannot be loaded */
export function openTensorFlow(installation: EngineInstallation): Engine {
  const backend = loadTensorFlow(bindingOf(installation));
  const gpu = backend.binding.isUsingGpuDevice();
  const threads = Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? os.availableParallelism());
  const kernels = gpu
    ? { reason: 'TensorFlow computes on a GPU' }
    : loadOwnKernels(kernelsFile(installation), threads);
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
    compile: (program, sizes) => new Promise((resolve) => resolve(compileTraining(backend, program, sizes))),
  };
}

/** Numbers differ by the kernels, so that these belong to the version: `2.21.0+avx512`. */
function versionWith(version: string, kernels: OwnKernels | NoKernels): string {
  return 'use' in kernels ? `${version}+${kernels.instructionSet}` : version;
}
