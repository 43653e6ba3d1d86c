import { layerKernels } from '../weights/layer-kernel.ts';
import { tapShares } from '../weights/tap-shares.ts';
import type { PublishedNetwork } from '../../compression/published/published-network.ts';

export interface KeptLayer {
  readonly layer: string;
  readonly role: string;
  readonly weights: number;
  /** Weights that are not zero. */
  readonly kept: number;
  /** What the file stores: `kept` and the fillers. */
  readonly entries: number;
  /** Of a 3x3 kernel: share of the middle tap in the sum of squares. Null for the others. */
  readonly centreShare: number | null;
}

export interface PublishedFigures {
  readonly weights: number;
  readonly kept: number;
  readonly layers: readonly KeptLayer[];
  /** Share of the weights of all layers of a role that are not zero. */
  readonly roles: readonly { readonly role: string; readonly share: number }[];
}

/** What pruning left of the published network, by layer and by role. Biases are not counted. */
export function publishedFigures(network: PublishedNetwork): PublishedFigures {
  const layers = layerKernels(network).map((kernel, index): KeptLayer => {
    const { layer, values } = kernel;
    return {
      layer: layer.name,
      role: layer.role,
      weights: values.length,
      kept: values.reduce((count, weight) => count + (weight === 0 ? 0 : 1), 0),
      entries: network.layers[index]?.kernel.codes.length ?? 0,
      centreShare: kernel.height === 3 ? (tapShares(kernel)?.centre ?? null) : null,
    };
  });
  const roles = [...new Set(layers.map(({ role }) => role))].map((role) => {
    const members = layers.filter((layer) => layer.role === role);
    return { role, share: sum(members, 'kept') / sum(members, 'weights') };
  });
  return { weights: sum(layers, 'weights'), kept: sum(layers, 'kept'), layers, roles };
}

function sum(layers: readonly KeptLayer[], key: 'weights' | 'kept'): number {
  return layers.reduce((total, layer) => total + layer[key], 0);
}
