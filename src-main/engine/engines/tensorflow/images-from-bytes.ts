import * as tf from '@tensorflow/tfjs';
import type { ImagesFromBytes } from '../../training-program.ts';
import { attributesOf } from './attributes.ts';
import type { TensorFlowBackend } from './backend.ts';
import type { OwnKernels } from './own-kernels.ts';

/** By our own kernel (src-native/images.h). */
export function imagesFromBytes(backend: TensorFlowBackend, { holdImages }: OwnKernels): ImagesFromBytes {
  const { integer } = attributesOf(backend.binding);
  return {
    hold: holdImages,
    device: null,
    ofBatch: null,
    values({ memory, places, variations, table }, [height, width, channels]) {
      const shape = Object.entries({ height, width, channels }).map(([name, value]) => integer(name, value));
      const inputs = [memory, places, variations, table];
      const values = backend.executeSingleOutput('KindlingImages', shape, inputs);
      return tf.reshape(values, [places.shape[0] ?? 0, height, width, channels]);
    },
  };
}
