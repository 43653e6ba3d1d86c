import type { Graph } from '../../../src-shared/networks/graph.ts';
import { randomStream } from '../../../src-shared/random.ts';
import type { TrainingBatch } from '../engine.ts';

/** Images of noise with labels in turn: what a step takes does not depend on what it sees. */
export function noiseBatch({ input, classes }: Graph, size: number): TrainingBatch {
  const stream = randomStream(0, 'measuring');
  const pixels = input.reduce((product, extent) => product * extent, size);
  return {
    images: Float32Array.from({ length: pixels }, () => stream.normal()),
    labels: Int32Array.from({ length: size }, (_, index) => index % classes),
    learningRate: 1e-3,
    step: 0,
    seed: 0,
  };
}
