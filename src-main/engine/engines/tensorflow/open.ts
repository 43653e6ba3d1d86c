import os from 'node:os';
import type { EngineWithImages } from '../../engine.ts';
import type { EngineInstallation } from '../../installations/installation.ts';
import { describeDevice } from './describe-device.ts';
import { ONE_DNN, WITHOUT_KERNELS } from './environment.ts';
import { gpuVersion } from './gpu-choices.ts';
import { kernelsFile } from './provisioning/kernel-sources.ts';
import type { Operations } from '../../operations.ts';
import { loadTensorFlow, type TensorFlowBackend } from './backend.ts';
import type { Binding } from './binding.ts';
import { compileForward } from './compile-forward.ts';
import { imagesFromBytes } from './images-from-bytes.ts';
import { imagesWay, type ImagesWay } from '../../images-way.ts';
import { imagesOnDevice } from './images-on-device.ts';
import { mostSteps, STEPS_A_CALL } from '../../most-steps.ts';
import { trainingRecorder } from './training-recorder.ts';
import { tensorFlowOperations } from './operations.ts';
import { loadOwnKernels, type NoKernels, type OwnKernels } from './own-kernels.ts';
import type { ImagesFromBytes } from '../../training-program.ts';
import { xlaVersion } from './xla.ts';
import { OWN_OPERATIONS, type OwnOperation, ownOperations } from './own-operations.ts';

/** An engine whose operations can be chosen, to measure them. */
export interface TensorFlowEngine extends EngineWithImages {
  /** Whether kernels of ours are there and can be used. */
  readonly hasOwnKernels: boolean;
  /** @param theirs the operations for which TensorFlow's kernels serve, in any case */
  readonly operationsWithout: (theirs: readonly string[]) => Operations;
}

/**
 * Which kernels compute is in the environment of the process (`tensorFlowEnvironment`).
 * @param adapt what is called in the place of the binding
 * @throws Problem `engine-invalid` if the library cannot be loaded
 */
export function openTensorFlow(
  installation: EngineInstallation,
  adapt?: (binding: Binding) => Binding,
): TensorFlowEngine {
  const backend = loadTensorFlow(installation, adapt);
  const gpu = backend.binding.isUsingGpuDevice();
  const threads = Number(process.env['TF_NUM_INTRAOP_THREADS'] ?? os.availableParallelism());
  const kernels = gpu
    ? { reason: 'TensorFlow computes on a GPU' }
    : loadOwnKernels(kernelsFile(installation), threads);
  const hasOwnKernels = 'use' in kernels;
  const onDevice = imagesOnDevice(backend);
  const fromBytes: Readonly<Record<ImagesWay, ImagesFromBytes | null>> = {
    device: onDevice,
    kernel: hasOwnKernels ? imagesFromBytes(backend, kernels) : null,
    host: null,
  };
  const operationsWithout = (theirs: readonly string[]): Operations =>
    operationsOf(backend, hasOwnKernels ? ownBut(theirs) : []);
  const recorderOf: TensorFlowEngine['recorderOf'] = (most) => (program, sizes) =>
    trainingRecorder(backend, program, sizes, onDevice, most);
  return {
    description: {
      name: installation.name,
      version:
        (gpu ? gpuVersion(installation.version, process.env) : withKernels(installation.version, kernels)) +
        chosenLibrary() +
        xlaVersion(process.env),
      threads,
      ...describeDevice(gpu, installation.devices, process.env),
    },
    hasOwnKernels,
    operationsWithout,
    operations: operationsWithout(chosenTheirs()),
    // kernels of ours compute in float32
    bfloat16: operationsWithout(OWN_OPERATIONS),
    imagesOnDevice: onDevice,
    imagesFromBytes: fromBytes[imagesWay(gpu, hasOwnKernels, process.env)],
    recorder: recorderOf(mostSteps(process.env[STEPS_A_CALL], gpu)),
    recorderOf,
    compileForward: (program) => compileForward(backend, program),
  };
}

/** TensorFlow's operations, with ours in the place of those that are named. */
function operationsOf(backend: TensorFlowBackend, own: readonly OwnOperation[]): Operations {
  const theirs = tensorFlowOperations(backend);
  const ours = ownOperations(backend, theirs);
  return Object.assign({}, theirs, ...own.map((name) => ours[name])) as Operations;
}

function ownBut(theirs: readonly string[]): readonly OwnOperation[] {
  return OWN_OPERATIONS.filter((name) => !theirs.includes(name));
}

/** The operations for which TensorFlow's kernels serve in this process. */
function chosenTheirs(): readonly string[] {
  return process.env[WITHOUT_KERNELS]?.split(',').map((name) => name.trim()) ?? [];
}

/** Numbers differ by the kernels, so that these belong to the version: `2.21.0+avx512`, `2.21.0+avx512-depthwise` without one. */
function withKernels(version: string, kernels: OwnKernels | NoKernels): string {
  const without = OWN_OPERATIONS.filter((name) => chosenTheirs().includes(name)).map((name) => `-${name}`);
  const own = 'use' in kernels ? `+${[kernels.instructionSet, ...without].join('')}` : '';
  return `${version}${own}`;
}

/** `+onednn` or `+eigen` where that was chosen, by tuning or by the user, also for what a GPU leaves to the processor; else TensorFlow chose. */
function chosenLibrary(): string {
  const chosen = process.env[ONE_DNN];
  return chosen === undefined ? '' : chosen === '0' ? '+eigen' : '+onednn';
}
