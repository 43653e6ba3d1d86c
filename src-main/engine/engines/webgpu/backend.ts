import * as tf from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { OpenDevice } from './device.ts';

/** Makes TensorFlow.js compute with its WebGPU backend on a device. */
export async function useDevice({ device, info, requireSound }: OpenDevice): Promise<WebGPUBackend> {
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  tf.enableProdMode();
  // else what is small is computed on the CPU while it is recorded, and would be a constant of the recording
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  const backend = new WebGPUBackend(device, info);
  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    const values = await read(dataId);
    requireSound();
    return values;
  };
  tf.removeBackend('webgpu');
  tf.registerBackend('webgpu', () => backend);
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js has no backend "webgpu"');
  return backend;
}
