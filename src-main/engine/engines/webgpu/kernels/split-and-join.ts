import * as tf from '@tensorflow/tfjs';
import type { Tensor, TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Pieces } from '../pieces.ts';
import { eachValue, groupsOf } from './each-value.ts';
import type { Output, RunKernel } from './run-kernel.ts';

/**
 * Has TensorFlow.js split vectors without copying them, and join what lies in its place already. What is not ours and reads a piece gets a
 * copy of it.
 */
export function splitAndJoinInPlace(backend: WebGPUBackend, pieces: Pieces, run: RunKernel): void {
  replaceKernel('SplitV', (theirs) => (given) => {
    const { x } = given.inputs as { x: Tensor };
    if (x.shape.length !== 1) return theirs(given);
    const { numOrSizeSplits, axis } = given.attrs as { numOrSizeSplits: number | number[]; axis: number };
    return pieces.cut(x, tf.backend_util.prepareSplitSize(x, numOrSizeSplits, axis));
  });

  replaceKernel('Concat', (theirs) => (given) => {
    // by their numbers, as a list's
    const parts = Object.values(given.inputs as Record<string, TensorInfo>);
    if (!parts.every(({ shape, dtype }) => shape.length === 1 && dtype === 'float32')) return theirs(given);
    const length = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
    return pieces.joined(parts, length) ?? completed(parts, length) ?? theirs(given);
  });

  /** Parts of which some are where they belong: the others are put there. */
  function completed(parts: readonly TensorInfo[], length: number): TensorInfo | null {
    const begun = pieces.begun(parts, length);
    if (begun === null) return null;
    const y = { shape: [length], into: begun.whole };
    let end = 0;
    const missing = parts.flatMap((part, index) => {
      const first = end;
      const [count = 0] = part.shape;
      end += count;
      return begun.isThere[index] === true ? [] : [{ part, first, count, isZero: isZero(part) }];
    });
    clear(
      y,
      missing.filter((each) => each.isZero),
    );
    for (const { part, first, count } of missing.filter((each) => !each.isZero)) copy(part, y, count, first);
    return pieces.finished(begun.whole);
  }

  /** As TensorFlow.js gives the gradient of what nothing depends on: not on the device yet. */
  function isZero({ dataId }: TensorInfo): boolean {
    const { resource, values } = backend.tensorMap.get(dataId);
    return !resource && values instanceof Float32Array && values.every((value) => value === 0);
  }

  /** Zeros in all these places. */
  function clear(y: Output, ranges: readonly { readonly first: number; readonly count: number }[]): void {
    const [longest = 0] = ranges.map(({ count }) => count).sort((a, b) => b - a);
    if (longest === 0) return;
    const places = tf.tensor1d(
      ranges.flatMap(({ first, count }) => [first, count]),
      'int32',
    );
    run({
      name: 'zeros',
      code: eachValue(`
  let range = 2u * (i / u.longest);
  let place = i32(i % u.longest);
  if (place < places[range + 1u]) { y[places[range] + place] = 0.0; }`),
      inputs: { places },
      outputs: { y },
      sizes: { count: longest * ranges.length, longest },
      workgroups: groupsOf(longest * ranges.length),
    });
    places.dispose();
  }

  function copy(x: TensorInfo, y: Output, count: number, first: number): Tensor {
    return run({
      name: 'copy',
      code: eachValue('y[u.first + i] = x[i];'),
      inputs: { x },
      outputs: { y },
      sizes: { count, first },
      workgroups: groupsOf(count),
    }).y;
  }

  const upload = backend.uploadToGPU.bind(backend);
  backend.uploadToGPU = (dataId) => {
    const data = backend.tensorMap.get(dataId);
    if (data.resource || pieces.placeOf({ dataId }) === null) {
      upload(dataId);
      return;
    }

    const { shape, dtype } = data;
    const count = tf.util.sizeFromShape(shape);
    const copied = copy({ dataId, shape, dtype }, shape, count, 0);
    // as if it had always been the piece's own
    const own = backend.tensorMap.get(copied.dataId);
    Object.assign(data, { resource: own.resource });
    delete own.resource;
    copied.dispose();
  };
}

/** Puts a kernel in the place of one of TensorFlow.js's, which it may call. */
function replaceKernel(name: string, make: (theirs: tf.KernelFunc) => tf.KernelFunc): void {
  const theirs = tf.getKernel(name, 'webgpu');
  tf.unregisterKernel(name, 'webgpu');
  tf.registerKernel({ ...theirs, kernelFunc: make(theirs.kernelFunc) });
}
