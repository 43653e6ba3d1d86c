import * as tf from '@tensorflow/tfjs';
import type { Rank, Tensor, Tensor2D } from '@tensorflow/tfjs';
import { VARIATION_NUMBERS } from '../../../../src-shared/training/image-bytes.ts';
import { HeldImages } from '../../held-images.ts';
import type { ImagesFromBytes } from '../../training-program.ts';
import { attributesOf } from './attributes.ts';
import { cardBytes } from './environment.ts';
import type { TensorFlowBackend } from './backend.ts';

/** A program that can have images on the device. */
interface ImageKeeper {
  /** Gives their memory back. */
  dropImages(): void;
}

/**
 * Images that lie on the device as bytes, where a step takes, varies and normalises those of its batch. A program has them in a variable
 * of its graph (`CompiledProgram`); of all programs one at a time, the one that was called last. What is computed op by op is given
 * the images of its batch alone.
 */
export interface ImagesOnDevice extends ImagesFromBytes {
  /** Those that are held under a number. @throws Error where there are none */
  readonly bytes: (number: number) => Uint8Array;
  /** From now on this program has images on the device, and the one that had some has none. */
  readonly moveTo: (keeper: ImageKeeper) => void;
  /** A program that is closed has no images. */
  readonly leave: (keeper: ImageKeeper) => void;
}

const BYTES_IN_WORD = 4;

/** Float32 that the bytes of an image take. @param size bytes of it */
export function wordsIn(size: number): number {
  return Math.ceil(size / BYTES_IN_WORD);
}

/** The same bytes, four to a float32 and whole ones to an image, [images, words]: TensorFlow has no kernel that takes bytes out of a tensor on a GPU. */
export function wordsOf(bytes: Uint8Array, size: number): Float32Array {
  const words = wordsIn(size);
  const count = bytes.length / size;
  const isInWords = size % BYTES_IN_WORD === 0 && bytes.byteOffset % BYTES_IN_WORD === 0;
  if (isInWords) return new Float32Array(bytes.buffer, bytes.byteOffset, count * words);
  const padded = new Uint8Array(count * words * BYTES_IN_WORD);
  for (let image = 0; image < count; image++)
    padded.set(bytes.subarray(image * size, (image + 1) * size), image * words * BYTES_IN_WORD);
  return new Float32Array(padded.buffer);
}

/**
 * By TensorFlow's own operations, which all have kernels for GPUs. What is computed of places and bytes is float32, in which whole
 * numbers are exact: TensorFlow has the arithmetic of int32 on the CPU, whatever the device, and reshapes it there. A byte becomes its value by the
 * table, so that pictures are those of `writeVaried` to the bit.
 */
export function imagesOnDevice(backend: TensorFlowBackend): ImagesOnDevice {
  const { TF_FLOAT, TF_INT32, TF_UINT8 } = backend.binding;
  const { type, integer, flag } = attributesOf(backend.binding);
  const held = new HeldImages();
  let keeper: ImageKeeper | null = null;

  /** TensorFlow.js reads the values of indices to check them, for which they would have to leave the device. */
  function gather(from: Tensor, indices: Tensor, axis: number, batchDims = 0): Tensor {
    const attributes = [
      ...[type('Tparams', TF_FLOAT), type('Tindices', TF_INT32), type('Taxis', TF_INT32)],
      integer('batch_dims', batchDims),
    ];
    const inputs = [from, indices, tf.scalar(axis, 'int32')];
    return backend.executeSingleOutput('GatherV2', attributes, inputs);
  }

  /** [images, words] as the first `size` bytes of each, [images, size]. */
  function bytesIn(words: Tensor, size: number): Tensor2D {
    const [images = 0, count = 0] = words.shape;
    const types = [type('T', TF_FLOAT), type('type', TF_UINT8)];
    const eachByte = backend.executeSingleOutput('Bitcast', types, [words]);
    const cast = [type('SrcT', TF_UINT8), type('DstT', TF_FLOAT), flag('Truncate', false)];
    const values = tf.reshape<Rank.R2>(backend.executeSingleOutput('Cast', cast, [eachByte]), [images, -1]);
    return count * BYTES_IN_WORD === size ? values : tf.slice2d(values, [0, 0], [images, size]);
  }

  return {
    hold: held.hold,
    device: { bytes: cardBytes(process.env), most: null },
    bytes: (number) => held.bytes(number),
    moveTo: (next) => {
      if (keeper !== next) keeper?.dropImages();
      keeper = next;
    },
    leave: (closed) => {
      if (keeper === closed) keeper = null;
    },
    ofBatch: ({ memory, places }, [height, width, channels]) => {
      const size = height * width * channels;
      const own = held.bytesOf({ memory, places }, size);
      return {
        memory: tf.tensor2d(wordsOf(own, size), [places.length, wordsIn(size)]),
        places: places.map((_, at) => at),
      };
    },
    values: ({ memory, places, variations, table }, [height, width, channels]) =>
      tf.tidy(() => {
        const images = places.shape[0] ?? 0;
        const pixels = height * width;
        const original = bytesIn(gather(memory, places, 0), pixels * channels);
        const { shown, isShown } = variedPixels(variations as Tensor2D, height, width);
        const varied = gather(tf.reshape(original, [images, pixels, channels]), shown, 1, 1);
        // the table has a channel after the other, and before them the 0 of what is not shown
        const firsts = tf.tensor1d(Array.from({ length: channels }, (_, channel) => 1 + 256 * channel));
        const entries = tf.cast(tf.mul(tf.add(varied, firsts), isShown), 'int32');
        const whole = tf.concat1d([tf.tensor1d([0]), tf.reshape<Rank.R1>(table, [-1])]);
        return tf.reshape<Rank.R4>(gather(whole, entries, 0), [images, height, width, channels]);
      }),
  };
}

/**
 * Which pixel of its image each pixel of a varied one shows, row by row: int32 [images, pixels]; and whether it shows one: float32
 * [images, pixels, 1], 1 or 0. @param variations as `ImageBytes` has them
 */
function variedPixels(
  variations: Tensor2D,
  height: number,
  width: number,
): { readonly shown: Tensor2D; readonly isShown: Tensor } {
  const images = variations.shape[0];
  const rows = tf.tensor2d(
    Float32Array.from({ length: height }, (_, y) => y),
    [1, height],
  );
  const columns = tf.tensor2d(
    Float32Array.from({ length: width }, (_, x) => x),
    [1, width],
  );
  const toMirrored = tf.sub(width - 1, tf.mul(2, columns));
  const [up, left, mirrored, top, bottom, first, end] = numbersOf(variations);
  const y = tf.add(rows, up);
  const x = tf.add(tf.add(columns, tf.mul(mirrored, toMirrored)), left);
  const [insideY, insideX] = [tf.clipByValue(y, 0, height - 1), tf.clipByValue(x, 0, width - 1)];
  /** Of something of each row and something of each column, what is of each pixel. */
  const overPixels = (combine: typeof tf.mul, ofRows: Tensor, ofColumns: Tensor): Tensor =>
    combine(tf.reshape(ofRows, [-1, height, 1]), tf.reshape(ofColumns, [-1, 1, width]));
  const isInside = overPixels(tf.mul, equal(insideY, y), equal(insideX, x));
  const isBlanked = overPixels(tf.mul, between(rows, top, bottom), between(columns, first, end));
  return {
    shown: tf.cast(
      tf.reshape<Rank.R2>(overPixels(tf.add, tf.mul(insideY, width), insideX), [images, -1]),
      'int32',
    ),
    isShown: tf.reshape(tf.mul(isInside, tf.sub(1, isBlanked)), [images, -1, 1]),
  };
}

type Numbers = [Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor];

/** [images, 1] each. */
function numbersOf(variations: Tensor2D): Numbers {
  return tf.split<Tensor>(tf.cast(variations, 'float32'), VARIATION_NUMBERS, 1) as Numbers;
}

function equal(a: Tensor, b: Tensor): Tensor {
  return tf.cast(tf.equal(a, b), 'float32');
}

/** Whether a number is one from `from` up to and without `end`. */
function between(numbers: Tensor, from: Tensor, end: Tensor): Tensor {
  return tf.cast(tf.logicalAnd(tf.greaterEqual(numbers, from), tf.less(numbers, end)), 'float32');
}
