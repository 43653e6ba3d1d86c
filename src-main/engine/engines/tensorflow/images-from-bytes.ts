import * as tf from '@tensorflow/tfjs';
import type { ImagesFromBytes } from '../../training-program.ts';
import { attributesOf } from './attributes.ts';
import type { TensorFlowBackend } from './backend.ts';

/** By our own kernel (src-native/images.h). */
export function imagesFromBytes(backend: TensorFlowBackend): ImagesFromBytes {
  const { integer } = attributesOf(backend.binding);
  return ({ words, variations, table }, [height, width, channels]) => {
    const shape = Object.entries({ height, width, channels }).map(([name, value]) => integer(name, value));
    const values = backend.executeSingleOutput('KindlingImages', shape, [words, variations, table]);
    return tf.reshape(values, [words.shape[0] ?? 0, height, width, channels]);
  };
}
