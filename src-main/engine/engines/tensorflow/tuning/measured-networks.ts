import type { Graph } from '../../../../../src-shared/networks/graph.ts';
import { parseNetwork, resolveNetwork } from '../../../../../src-shared/networks/parse-network.ts';
import type { OwnOperation } from '../own-operations.ts';

const SMALL = { family: 'squeezenet', version: '1.1', stem: 'small', stemFilters: 16, baseE: 16, incrE: 16 };

export interface MeasuredNetwork {
  /** For people, and in the record. */
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  /** Those of the operations that there are kernels of ours for by which it tells ours and TensorFlow's apart. */
  readonly own: readonly OwnOperation[];
}

/** Networks as sweeps train them: a SqueezeNet of few channels with and without batch norm, separable and shuffled layers. */
export const MEASURED_NETWORKS: readonly MeasuredNetwork[] = [
  {
    name: 'squeezenet',
    fields: { ...SMALL, dropout: 0 },
    own: ['biasAdd', 'convolution'],
  },
  {
    name: 'squeezenet with batch norm',
    fields: { ...SMALL, dropout: 0, batchNorm: true, bypass: 'simple' },
    own: ['batchNorm', 'convolution'],
  },
  {
    name: 'mobilenet',
    fields: { family: 'mobilenet-v1', stem: 'small', alpha: 0.25 },
    own: ['batchNorm', 'depthwise', 'convolution', 'elementwise'],
  },
  {
    name: 'shufflenet',
    fields: { family: 'shufflenet-v1', stem: 'small', groups: 3, scale: 0.25 },
    own: ['batchNorm', 'depthwise', 'shuffleChannels', 'convolution'],
  },
];

export const MEASURED_BATCH = 32;

/** By which several trainers are compared with one: a narrow network and one of full width. */
export const SIZED_NETWORKS: readonly Pick<MeasuredNetwork, 'name' | 'fields'>[] = [
  ...MEASURED_NETWORKS.filter(({ name }) => name === 'squeezenet with batch norm'),
  {
    name: 'squeezenet 1.1 with batch norm',
    fields: { family: 'squeezenet', version: '1.1', stem: 'small', dropout: 0, batchNorm: true },
  },
];

/** At 32 x 32 x 3 with ten classes. */
export function measuredGraph(name: string): Graph {
  const network = [...MEASURED_NETWORKS, ...SIZED_NETWORKS].find((each) => each.name === name);
  return resolveNetwork(parseNetwork(network?.fields ?? {}), { input: [32, 32, 3], classes: 10 });
}
