import { decimalSize, percent, whole } from '../../../src-shared/numbers.ts';
import type { LayerCost, NetworkCost } from '../../../src-shared/networks/costs.ts';
import type { Layer } from '../../../src-shared/networks/layers/layer-kinds.ts';
import { activationWords } from '../../../src-shared/networks/layers/parts/activation.ts';
import type { Total } from '../../components/total.ts';
import type { DrawnBlock, DrawnLayer } from '../../../src-shared/networks/lay-out-network.ts';
import { operationWords, shapeWords } from '../../../src-shared/networks/layer-words.ts';

/** A layer, a module or a part of one, as far as the network tells. */
export type Part =
  | { readonly kind: 'layer'; readonly drawn: DrawnLayer }
  | { readonly kind: 'module'; readonly block: DrawnBlock }
  /** A branch without a layer of its own, such as a bypass that computes nothing. */
  | { readonly kind: 'branch'; readonly block: DrawnBlock };

/** What a name means in a network; null where it means nothing. */
export function partNamed(name: string, blocks: readonly DrawnBlock[]): Part | null {
  const drawn = blocks.flatMap(({ layers }) => layers).find(({ layer }) => layer.name === name);
  if (drawn) return { kind: 'layer', drawn };
  const module = blocks.find((block) => block.name === name);
  if (module) return { kind: 'module', block: module };
  const block = blocks.find((each) => name.startsWith(`${each.name}/`));
  return block ? { kind: 'branch', block } : null;
}

/** What a layer is and costs, with its share of the network. */
export function layerTotals({ layer, cost }: DrawnLayer, network: NetworkCost): Total[] {
  return [
    { title: 'Operation', value: operationWords(layer), beside: kindWords(layer) },
    { title: 'Output', value: shapeWords(layer.output) },
    ...costTotals(cost, network),
    { title: 'Receptive field', value: fieldWords(cost) },
  ];
}

/** The same of a module: sums over its layers, and the field at its end. */
export function moduleTotals({ layers, output }: DrawnBlock, network: NetworkCost): Total[] {
  const sum = (key: 'parameters' | 'macs' | 'activationBytes'): number =>
    layers.reduce((total, { cost }) => total + cost[key], 0);
  const sums = { parameters: sum('parameters'), macs: sum('macs'), activationBytes: sum('activationBytes') };
  const last = layers.at(-1)?.cost;
  return [
    { title: 'Layers', value: whole(layers.length) },
    { title: 'Output', value: shapeWords(output) },
    ...costTotals(sums, network),
    ...(last ? [{ title: 'Receptive field', value: fieldWords(last) }] : []),
  ];
}

type OwnCost = Pick<NetworkCost, 'parameters' | 'macs' | 'activationBytes'>;

function costTotals(own: OwnCost, network: NetworkCost): Total[] {
  const share = (key: keyof OwnCost): string[] =>
    own[key] > 0 ? [`${percent(own[key] / network[key])} of the network's`] : [];
  return [
    { title: 'Parameters', value: whole(own.parameters), beside: share('parameters') },
    { title: 'MACs', value: whole(own.macs), beside: share('macs') },
    { title: 'Activations', value: decimalSize(own.activationBytes), beside: share('activationBytes') },
  ];
}

function fieldWords({ receptiveField }: Pick<LayerCost, 'receptiveField'>): string {
  return `${receptiveField} px`;
}

/** `convolution, batch norm, ReLU`: what is computed, one after the other; nothing where the operation says it. */
function kindWords(layer: Layer): string[] {
  const isNormalised = 'batchNorm' in layer && layer.batchNorm;
  const words = [layer.kind, isNormalised && 'batch norm', activationWords(layer)].filter(Boolean).join(', ');
  return words === operationWords(layer) ? [] : [words];
}
