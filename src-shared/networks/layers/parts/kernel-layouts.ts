import type { Shape } from '../../layer.ts';

/**
 * [height, width, inputs, filters] to ONNX's [filters, inputs, height, width]. A depthwise kernel,
 * [height, width, channels, 1], is first seen as [height, width, 1, channels], which has the same bytes.
 */
export function filtersFirst(
  kernel: Float32Array,
  [height, width, inputs, filters]: readonly [number, number, number, number],
): Float32Array {
  const result = new Float32Array(kernel.length);
  let to = 0;
  for (let filter = 0; filter < filters; filter++) {
    for (let input = 0; input < inputs; input++) {
      for (let position = 0; position < height * width; position++) {
        result[to++] = kernel[(position * inputs + input) * filters + filter] as number;
      }
    }
  }
  return result;
}

/**
 * Reorders the rows of a dense kernel, [height * width * channels, units], for an input that is flattened
 * channels first: [channels * height * width, units].
 */
export function rowsChannelsFirst(
  kernel: Float32Array,
  [height, width, channels]: Shape,
  units: number,
): Float32Array {
  const positions = height * width;
  if (positions === 1) return kernel;
  const result = new Float32Array(kernel.length);
  let to = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let position = 0; position < positions; position++) {
      const from = (position * channels + channel) * units;
      result.set(kernel.subarray(from, from + units), to);
      to += units;
    }
  }
  return result;
}
