import * as tf from '@tensorflow/tfjs';
import type { Tensor4D } from '@tensorflow/tfjs';
import type { ImageBytes } from '../../../../src-shared/training/image-bytes.ts';
import { HeldImages } from '../../held-images.ts';
import type { ImagesFromBytes } from '../../training-program.ts';
import { imageValues } from './kernels/images.ts';
import type { RunKernel } from './kernels/run-kernel.ts';

/**
 * Images that lie on the device as bytes, where a step takes, varies and normalises those of its batch. One memory of images at a time: the
 * one that was asked for last. What is computed op by op is given the images of its batch alone.
 */
export interface ImagesOnDevice extends ImagesFromBytes {
  /**
   * Where the images of a batch lie, for a call that is made now.
   * @param size bytes of an image
   * @throws Error where their memory is not held, or has not as many images
   */
  readonly bufferOf: (images: Pick<ImageBytes, 'memory' | 'places'>, size: number) => GPUBuffer;
}

const BYTES_IN_WORD = 4;

export function imagesOnDevice(device: GPUDevice, run: RunKernel): ImagesOnDevice {
  const held = new HeldImages();
  let shown: { readonly number: number; readonly buffer: GPUBuffer } | null = null;

  function show(number: number, bytes: Uint8Array): GPUBuffer {
    if (shown?.number === number) return shown.buffer;
    // they are gone before these need their room; what the device was given to do with them it still does
    shown?.buffer.destroy();
    shown = { number, buffer: bufferWith(device, bytes) };
    return shown.buffer;
  }

  function requireThere({ places }: Pick<ImageBytes, 'places'>, count: number): void {
    const outside = places.find((place) => place < 0 || place >= count);
    if (outside !== undefined) throw new Error(`images: there is no image ${outside} of ${count}`);
  }

  return {
    hold: held.hold,
    device: { bytes: null, most: mostBytes(device.limits) },
    bufferOf: (images, size) => {
      const number = images.memory[0] ?? -1;
      const bytes = held.bytes(number);
      requireThere(images, bytes.length / size);
      return show(number, bytes);
    },
    ofBatch: (images, [height, width, channels]) => {
      const own = held.bytesOf(images, height * width * channels);
      return { memory: tf.tensor1d(wordsOf(own), 'int32'), places: images.places.map((_, at) => at) };
    },
    values: (bytes, shape): Tensor4D => imageValues(run, bytes, shape),
  };
}

/** Of a buffer that programs read; all of its bytes are counted in 32 bits. */
function mostBytes({ maxBufferSize, maxStorageBufferBindingSize }: GPUSupportedLimits): number {
  return Math.min(maxBufferSize, maxStorageBufferBindingSize, 2 ** 32 - BYTES_IN_WORD);
}

function bufferWith(device: GPUDevice, bytes: Uint8Array): GPUBuffer {
  const size = BYTES_IN_WORD * wordsIn(bytes);
  const buffer = device.createBuffer({ size, usage: GPUBufferUsage.STORAGE, mappedAtCreation: true });
  new Uint8Array(buffer.getMappedRange()).set(bytes);
  buffer.unmap();
  return buffer;
}

function wordsIn({ length }: Uint8Array): number {
  return Math.ceil(length / BYTES_IN_WORD);
}

/** The same bytes, four to a word and filled up with zeros. */
function wordsOf(bytes: Uint8Array): Int32Array {
  const words = new Int32Array(wordsIn(bytes));
  new Uint8Array(words.buffer).set(bytes);
  return words;
}
