import type { Graph } from '../../../src-shared/networks/graph.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { BATCH_NORM } from '../../../src-shared/networks/layers/parts/batch-norm.ts';
import { weightSize } from '../../../src-shared/networks/weights.ts';
import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import { kernelOf, type MatchedLayer } from './match-layers.ts';
import { kernelValues } from './layouts.ts';
import { outputsOf, type SourceLayer } from './source-layers.ts';

/** The weights of a graph in its order and layouts, from the layers of a file. */
export function networkWeights(graph: Graph, matched: readonly MatchedLayer[]): NamedTensor[] {
  const shapes = new Map<string, Shape>(graph.layers.map(({ name, output }) => [name, output]));
  return matched.flatMap(({ layer, source }) => {
    const input = shapes.get(layer.inputs[0] ?? '') ?? graph.input;
    const values: Readonly<Record<string, Float32Array | null>> = {
      ...normValues(
        source,
        layer.weights.some(({ kind }) => kind === 'moving mean'),
      ),
      kernel: kernelValues(source, kernelOf(layer), input),
    };
    return layer.weights.map((weight) => {
      const { name, shape, kind } = weight;
      return { name, shape, values: values[kind] ?? new Float32Array(weightSize(weight)) };
    });
  });
}

/**
 * Bias and batch norm of a layer. What a file has in another form is brought to ours, which computes the same: a bias
 * before a batch norm becomes part of its mean, as ours has no effect; a bias alone, in a file whose batch norms were
 * folded into the kernels, is the shift of a batch norm that does nothing else. A bias that is absent is zero.
 */
function normValues(source: SourceLayer, hasNorm: boolean): Record<string, Float32Array | null> {
  const { bias, norm } = source;
  if (!hasNorm) return { bias };
  if (norm === null) {
    const beta = bias ?? new Float32Array(outputsOf(source));
    const ones = beta.map(() => 1);
    return {
      bias: null,
      gamma: ones,
      beta,
      'moving mean': null,
      'moving variance': ones.map((one) => one - BATCH_NORM.epsilon),
    };
  }
  const { gamma, beta, mean, variance } = norm;
  const shifted = bias === null ? mean : mean.map((value, index) => value - (bias[index] ?? 0));
  return { bias: null, gamma, beta, 'moving mean': shifted, 'moving variance': variance };
}
