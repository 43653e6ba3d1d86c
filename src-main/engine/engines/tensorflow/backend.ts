import { createRequire } from 'node:module';
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import type { DoubleAlgebra } from '../../double-algebra.ts';
import type { Binding, OpAttribute, TensorMetadata } from './binding.ts';
import { mendedByInstalling, reinstalling } from '../../installations/install-advice.ts';
import type { EngineInstallation } from '../../installations/installation.ts';
import { bindingFile } from './provisioning/binding-file.ts';
import { doubleAlgebraOf } from './double-algebra.ts';

/** tfjs-node's backend, as far as it is used here. */
export interface TensorFlowBackend extends tf.KernelBackend {
  binding: Binding;
  doubleAlgebra: DoubleAlgebra | null;
  executeSingleOutput(name: string, attributes: OpAttribute[], inputs: tf.TensorInfo[]): tf.Tensor;
  executeMultipleOutputs(
    name: string,
    attributes: OpAttribute[],
    inputs: tf.TensorInfo[],
    outputs: number,
  ): tf.Tensor[];
  getInputTensorIds(tensors: tf.TensorInfo[]): number[];
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
}

const require = createRequire(import.meta.url);

/**
 * Loads a native binding and registers tfjs-node's kernels on it as the backend `tensorflow`.
 *
 * tfjs-node's own entry point is passed by, since it looks for the binding inside its package, where only
 * one engine would have room.
 *
 * @param adapt what is called in the place of the binding
 * @throws Problem `engine-invalid` if the binding or the library beside it cannot be loaded
 */
export function loadTensorFlow(
  installation: EngineInstallation,
  adapt: (binding: Binding) => Binding = (binding) => binding,
): TensorFlowBackend {
  const bindingPath = bindingFile(installation);
  // tfjs-node 4.22 calls these two, which Node 23 took out.
  Object.assign(util, { isNullOrUndefined: (v: unknown) => v == null, isArray: Array.isArray });
  // TensorFlow tells at every start which instructions it was not built with.
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  let binding: Binding;
  try {
    binding = adapt(require(bindingPath) as Binding);
  } catch (cause) {
    throw mendedByInstalling(
      'engine-invalid',
      `the engine library ${bindingPath} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}; install it again`,
      reinstalling(installation),
      { cause },
    );
  }
  require('@tensorflow/tfjs-node-gpu/dist/register_all_kernels.js');
  const { NodeJSKernelBackend } = require('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js') as {
    NodeJSKernelBackend: new (binding: Binding, packageName: string) => TensorFlowBackend;
  };
  const backend = new NodeJSKernelBackend(binding, 'kindling');
  backend.doubleAlgebra = doubleAlgebraOf(binding);
  tf.registerBackend('tensorflow', () => backend, 3);
  void tf.setBackend('tensorflow');
  if (tf.getBackend() !== 'tensorflow') throw new Error('the backend "tensorflow" could not be started');
  return backend;
}
