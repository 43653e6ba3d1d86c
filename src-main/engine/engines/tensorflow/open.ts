import os from 'node:os';
import type { Engine } from '../../engine.ts';
import { bindingOf, type EngineInstallation } from '../../installations/installation.ts';
import { ONE_DNN } from './environment.ts';
import { kernelsFile } from './provisioning/kernel-sources.ts';
import type { Operations } from '../../operations.ts';
import { loadTensorFlow, type TensorFlowBackend } from './backend.ts';
import { compileForward } from './compile-forward.ts';
import { compileTraining } from './compile-training.ts';
import { tensorFlowOperations } from './operations.ts';
import { loadOwnKernels, type NoKernels, type OwnKernels } from './own-kernels.ts';
import { OWN_OPERATIONS, ownOperations } from './own-operations.ts';

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
      version: versionWith(installation, kernels),
      device: device ?? (gpu ? 'GPU:0' : 'CPU:0'),
      threads,
    },
    operations: operationsOf(backend, 'use' in kernels ? used(installation) : []),
    compile: (program, sizes) => compileTraining(backend, program, sizes),
    compileForward: (program) => compileForward(backend, program),
  };
}

/** TensorFlow's operations, with ours in the place of those that are named. */
function operationsOf(
  backend: TensorFlowBackend,
  own: readonly (typeof OWN_OPERATIONS)[number][],
): Operations {
  const theirs = tensorFlowOperations(backend);
  const ours = ownOperations(backend, theirs);
  return { ...theirs, ...Object.fromEntries(own.map((name) => [name, ours[name]])) };
}

/** The operations that are computed by kernels of ours, if there are any. */
function used({ withoutOwn = [] }: Pick<EngineInstallation, 'withoutOwn'>) {
  return OWN_OPERATIONS.filter((name) => !withoutOwn.includes(name));
}

/**
 * Numbers differ by the kernels, so that these belong to the version: `2.21.0+avx512`, `2.21.0+avx512-depthwise` without one,
 * and with `+onednn` or `+eigen` where that was chosen, by tuning or by the user; else TensorFlow chose.
 */
function versionWith(installation: EngineInstallation, kernels: OwnKernels | NoKernels): string {
  const here = used(installation);
  const without = OWN_OPERATIONS.filter((name) => !here.includes(name)).map((name) => `-${name}`);
  const own = 'use' in kernels ? `+${[kernels.instructionSet, ...without].join('')}` : '';
  const chosen = process.env[ONE_DNN];
  return `${installation.version}${own}${chosen === undefined ? '' : chosen === '0' ? '+eigen' : '+onednn'}`;
}
