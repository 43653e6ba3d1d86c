import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { weightSize } from '../../../../src-shared/networks/weights.ts';
import { randomStream } from '../../../../src-shared/random.ts';
import type { WeightValues } from '../../../../src-main/analysis/subject.ts';

/** Weights with nothing at a special value: drawn ones would leave each bias, beta and moving mean at zero. */
export function unevenWeights(graph: Graph, seed = 3): WeightValues {
  const weights = graph.layers.flatMap((layer) => layer.weights);
  return new Map(
    weights.map((weight) => {
      const stream = randomStream(seed, 'uneven', weight.name);
      const { initializer } = weight;
      const values = Float32Array.from({ length: weightSize(weight) }, () => {
        if (initializer.kind === 'normal') return initializer.std * stream.normal();
        const draw = 2 * stream.uniform() - 1;
        return initializer.kind === 'uniform' ? initializer.limit * draw : initializer.value + 0.2 * draw;
      });
      return [weight.name, values];
    }),
  );
}

/** Normal pixels, [count, h, w, c]. */
export function noiseImages({ input }: Graph, count: number, seed = 11): Float32Array {
  const stream = randomStream(seed, 'images');
  return Float32Array.from({ length: count * input[0] * input[1] * input[2] }, () => stream.normal());
}
