import * as tf from '@tensorflow/tfjs';
import { NO_PADDING } from '../../../../src-shared/networks/window.ts';
import { useDevice } from './backend.ts';
import { deviceText, openDevice } from './device.ts';
import { webGpuOperations } from './operations.ts';
import { dawnVersion } from './version.ts';

// A process of its own, for checkWebGpu: computes a convolution whose result is known and prints what computed it.

const EXPECTED = [37, 47, 67, 77];

async function check(): Promise<object> {
  const opened = await openDevice();
  const operations = webGpuOperations(await useDevice(opened));
  const image = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
  const kernel = tf.tensor4d([1, 2, 3, 4], [2, 2, 1, 1]);
  const found = await operations.convolution(image, kernel, 1, NO_PADDING, 1).data();
  if (EXPECTED.some((value, place) => value !== found[place]))
    return {
      problem: `WebGPU computes wrongly on ${opened.name}: ${found.join(', ')}, not ${EXPECTED.join(', ')}.`,
    };
  return { version: dawnVersion(), device: deviceText(opened), isSoftware: opened.isSoftware };
}

const answer = await check().catch((error: unknown) => ({
  problem: error instanceof Error ? error.message : String(error),
}));
console.log(JSON.stringify(answer));
// Dawn keeps the process alive
process.exit(0);
