import type { Graph } from '../../../src-shared/networks/graph.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { type BatchImages, VARIATION_NUMBERS } from '../../../src-shared/training/image-bytes.ts';
import type { TrainingBatch } from '../engine.ts';
import type { ImagesFromBytes } from '../training-program.ts';

/** What byte `value` of noise stands for: about as far from zero as normalised images are. */
const valueOf = (byte: number): number => (byte - 127.5) / 74;

/** Images of noise with labels in turn: what a step takes does not depend on what it sees. */
export function noiseBatch(graph: Graph, size: number): TrainingBatch {
  return batchOf(graph, size, Float32Array.from(noise(graph, size), valueOf));
}

/** The same for steps that make the values of their images from bytes, which lie in memory as those of a data set do. */
export function noiseBytes(
  graph: Graph,
  size: number,
  { hold }: Pick<ImagesFromBytes, 'hold'>,
): { readonly batch: TrainingBatch; readonly letGo: () => void } {
  const memory = hold(noise(graph, size));
  const [, , channels] = graph.input;
  const images = {
    memory: Int32Array.of(memory.number),
    places: Int32Array.from({ length: size }, (_, place) => place),
    variations: new Int32Array(size * VARIATION_NUMBERS),
    table: Float32Array.from({ length: channels * 256 }, (_, place) => valueOf(place % 256)),
  };
  return { batch: batchOf(graph, size, images), letGo: () => memory.letGo() };
}

/** The same at each call. */
function noise({ input }: Graph, size: number): Uint8Array {
  const stream = randomStream(0, 'measuring');
  return Uint8Array.from({ length: input.reduce((product, extent) => product * extent, size) }, () =>
    stream.integer(256),
  );
}

function batchOf({ classes }: Graph, size: number, images: BatchImages): TrainingBatch {
  const labels = Int32Array.from({ length: size }, (_, index) => index % classes);
  return { images, labels, learningRate: 1e-3, step: 0, seed: 0 };
}
