import type { Graph } from '../../../../../src-shared/networks/graph.ts';
import { parseNetwork, resolveNetwork } from '../../../../../src-shared/networks/parse-network.ts';

const SMALL = { family: 'squeezenet', version: '1.1', stem: 'small', stemFilters: 16, baseE: 16, incrE: 16 };

/** Networks as sweeps train them: a SqueezeNet of few channels with and without batch norm, separable and shuffled layers. */
const NETWORKS: readonly Readonly<Record<string, unknown>>[] = [
  { ...SMALL, dropout: 0 },
  { ...SMALL, dropout: 0, batchNorm: true, bypass: 'simple' },
  { family: 'mobilenet-v1', stem: 'small', alpha: 0.25 },
  { family: 'shufflenet-v1', stem: 'small', groups: 3, scale: 0.25 },
];

export const MEASURED_BATCH = 32;

/** At 32 x 32 x 3 with ten classes. */
export function measuredNetworks(): Graph[] {
  return NETWORKS.map((fields) => resolveNetwork(parseNetwork(fields), { input: [32, 32, 3], classes: 10 }));
}
