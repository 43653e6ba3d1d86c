import { LRUCache } from 'lru-cache';
import { networkCost, type NetworkCost } from './costs.ts';
import { parseNetwork, resolveNetwork } from './parse-network.ts';
import type { Shape } from './layer.ts';

/** What a network costs in total. */
export type NetworkTotals = Omit<NetworkCost, 'layers'>;

/** So many networks are remembered, by themselves and what they are fitted to: those of several studies. Of each some hundred bytes. */
const known = new LRUCache<string, NetworkTotals>({ max: 4096 });

/**
 * Says what networks cost on images of one shape; each is looked at once, however often and by whom it is asked for.
 * @throws Problem for a network that does not fit them
 */
export function networkTotals({
  shape,
  classes,
}: {
  readonly shape: Shape;
  readonly classes: number;
}): (network: Readonly<Record<string, unknown>>) => NetworkTotals {
  return (network) => {
    const key = JSON.stringify([shape, classes, network]);
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
