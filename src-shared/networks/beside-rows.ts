import { signedDifference, whole } from '../numbers.ts';
import type { AlignedBlock, AlignedLayer, LayerChange } from './align-networks.ts';
import type { DrawnLayer } from './lay-out-network.ts';
import { operationWords, shapeWords } from './layer-words.ts';

/** A layer of two networks in words, `64 → 128`; once where both have the same or only one has it. */
export interface BesideRow {
  readonly change: LayerChange;
  readonly name: string;
  /** Its role in the network that has it; both have the same. */
  readonly role: string;
  readonly operation: string;
  readonly output: string;
  /** Empty where there are none. */
  readonly parameters: string;
  readonly macs: string;
  /** Of the right one from the left one, with its sign; empty where there is none. */
  readonly parameterDifference: string;
  readonly macDifference: string;
}

/** Every layer of two networks with what differs, in the order of both. */
export function besideRows(blocks: readonly AlignedBlock[]): BesideRow[] {
  return blocks.flatMap(({ layers }) => layers.map(besideRow));
}

function besideRow(row: AlignedLayer): BesideRow {
  return {
    change: row.change,
    name: both(row, ({ layer }) => layer.name),
    role: (row.left ?? row.right)?.layer.role ?? '',
    operation: both(row, ({ layer }) => operationWords(layer)),
    output: both(row, ({ layer }) => shapeWords(layer.output)),
    parameters: numbers(row, 'parameters'),
    macs: numbers(row, 'macs'),
    parameterDifference: difference(row, 'parameters'),
    macDifference: difference(row, 'macs'),
  };
}

function both({ left, right }: AlignedLayer, words: (layer: DrawnLayer) => string): string {
  const sides = [left, right].flatMap((layer) => (layer ? [words(layer)] : []));
  return [...new Set(sides)].join(' → ');
}

function numbers(row: AlignedLayer, key: 'parameters' | 'macs'): string {
  return both(row, ({ cost }) => (cost[key] > 0 ? whole(cost[key]) : ''));
}

function difference({ left, right }: AlignedLayer, key: 'parameters' | 'macs'): string {
  return signedDifference((right?.cost[key] ?? 0) - (left?.cost[key] ?? 0), whole);
}
