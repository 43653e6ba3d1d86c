import type { Graph } from '../../../src-shared/networks/graph.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { VARIATION_NUMBERS } from '../../../src-shared/training/image-bytes.ts';
import type { TrainingBatch } from '../engine.ts';
import type { ImagesFromBytes } from '../training-program.ts';

/** Images of noise with labels in turn: what a step takes does not depend on what it sees. */
export function noiseBatch({ input, classes }: Graph, size: number): TrainingBatch {
  const stream = randomStream(0, 'measuring');
  const pixels = input.reduce((product, extent) => product * extent, size);
  return {
    images: Float32Array.from({ length: pixels }, () => stream.normal()),
    labels: labelsInTurn(classes, size),
    learningRate: 1e-3,
    step: 0,
    seed: 0,
  };
}

/** The same for steps that make the values of their images from bytes, which lie in memory as those of a data set do. */
export function noiseBytes(
  graph: Graph,
  size: number,
  { hold }: Pick<ImagesFromBytes, 'hold'>,
): { readonly batch: TrainingBatch; readonly letGo: () => void } {
  const stream = randomStream(0, 'measuring');
  const [height, width, channels] = graph.input;
  const memory = hold(
    Uint8Array.from({ length: size * height * width * channels }, () => stream.integer(256)),
  );
  const images = {
    memory: Int32Array.of(memory.number),
    places: Int32Array.from({ length: size }, (_, place) => place),
    variations: new Int32Array(size * VARIATION_NUMBERS),
    table: Float32Array.from({ length: channels * 256 }, (_, place) => ((place % 256) - 127.5) / 74),
  };
  return {
    batch: { ...noiseBatch(graph, 0), images, labels: labelsInTurn(graph.classes, size) },
    letGo: () => memory.letGo(),
  };
}

function labelsInTurn(classes: number, size: number): Int32Array {
  return Int32Array.from({ length: size }, (_, index) => index % classes);
}
