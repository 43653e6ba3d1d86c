import * as tf from '@tensorflow/tfjs';
import { composedOperations } from '../../composed-operations.ts';
import type { Engine } from '../../engine.ts';
import type { EngineInstallation } from '../../installations/installation.ts';

/**
 * Nothing is compiled, and every operation is composed of TensorFlow.js's own. Its version is that of the program that computes now, which may
 * be a later one than that which installed it.
 */
export async function openJavaScript({ name }: Pick<EngineInstallation, 'name'>): Promise<Engine> {
  await useJavaScript();
  return {
    description: { name, version: tf.version.tfjs, device: 'CPU:0', threads: 1 },
    operations: composedOperations,
    imagesFromBytes: null,
    bfloat16: null,
    recorder: null,
    compileForward: null,
  };
}

/** Makes TensorFlow.js compute with its kernels in JavaScript. */
export async function useJavaScript(): Promise<void> {
  // else it advises, on the terminal, to install tfjs-node
  tf.enableProdMode();
  if (!(await tf.setBackend('cpu'))) throw new Error('TensorFlow.js has no backend "cpu"');
}
