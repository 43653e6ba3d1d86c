import { networkCost, type NetworkCost } from './costs.ts';
import { parseNetwork, resolveNetwork } from './parse-network.ts';
import type { Shape } from './layer.ts';

/** What a network costs in total. */
export type NetworkTotals = Omit<NetworkCost, 'layers'>;

/**
 * Says what networks cost on images of one shape; each is looked at once.
 * @throws Problem for a network that does not fit them
 */
export function networkTotals({
  shape,
  classes,
}: {
  readonly shape: Shape;
  readonly classes: number;
}): (network: Readonly<Record<string, unknown>>) => NetworkTotals {
  const known = new Map<string, NetworkTotals>();
  return (network) => {
    const key = JSON.stringify(network);
    const totals =
      known.get(key) ??
      totalsOf(networkCost(resolveNetwork(parseNetwork(network), { input: shape, classes })));
    known.set(key, totals);
    return totals;
  };
}

/** Without its layers, which are many. */
export function totalsOf({
  parameters,
  movingStatistics,
  macs,
  sizeBytes,
  layersWithWeights,
  activationBytes,
}: NetworkCost): NetworkTotals {
  return { parameters, movingStatistics, macs, sizeBytes, activationBytes, layersWithWeights };
}
