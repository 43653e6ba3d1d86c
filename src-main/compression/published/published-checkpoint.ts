import { weightsOf } from '../compressed-network.ts';
import {
  PUBLISHED_DESCRIPTION,
  PUBLISHED_NORMALIZATION,
  type PublishedNetwork,
} from './published-network.ts';

export interface PublishedCheckpoint {
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly values: Float32Array;
  }[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/** The decoded network as a checkpoint (docs/checkpoints.md). Its classes are named by their numbers. */
export function publishedCheckpoint({ graph, weights }: PublishedNetwork): PublishedCheckpoint {
  const { mean, std } = PUBLISHED_NORMALIZATION;
  const tensors = weightsOf(graph).map(({ name, shape }) => {
    const values = weights.get(name);
    if (values === undefined) throw new Error(`no values of ${name}`);
    return { name, shape, values };
  });
  const metadata = {
    format: 'kindling',
    network: JSON.stringify(PUBLISHED_DESCRIPTION),
    input: JSON.stringify(graph.input),
    classes: JSON.stringify(Array.from({ length: graph.classes }, (_, index) => `class ${index}`)),
    mean: JSON.stringify(mean),
    std: JSON.stringify(std),
  };
  return { tensors, metadata, mean, std };
}
