import type { AlignedBlock } from '../../networks/align-networks.ts';
import { differenceUnit } from '../difference-text.ts';
import type { Quantity } from '../quantity.ts';
import type { NodeValues } from './node-colours.ts';

export interface ValueDifferences extends NodeValues {
  /** How many nodes with a value have none to be compared with: no counterpart beside, or none with a value. */
  readonly leftOut: number;
}

/**
 * By how much the left network's values exceed those of what does the same job in the network beside: the same number on both sides.
 * What the alignment does not know, as branches, is that of the same name.
 */
export function valueDifferences(
  { quantity, values: { left, right } }: NodeValues,
  rows: readonly AlignedBlock[],
): ValueDifferences {
  const pairs = pairsOf(rows);
  const beside = new Set(pairs.values());
  const differences = [...left].flatMap(([name, value]) => {
    const other = pairs.get(name) ?? (pairs.has(name) || beside.has(name) ? null : name);
    const found = other === null ? undefined : right.get(other);
    return other === null || found === undefined ? [] : [{ name, other, difference: value - found }];
  });
  return {
    quantity: differenceOf(quantity),
    values: {
      left: new Map(differences.map(({ name, difference }) => [name, difference])),
      right: new Map(differences.map(({ other, difference }) => [other, difference])),
    },
    leftOut: left.size + right.size - 2 * differences.length,
  };
}

/** Names of the left network's blocks and layers with those beside; null for what has no counterpart. */
function pairsOf(rows: readonly AlignedBlock[]): ReadonlyMap<string, string | null> {
  const pairs = new Map<string, string | null>();
  for (const { left, right, layers } of rows) {
    if (left) pairs.set(left.name, right?.name ?? null);
    for (const { left: one, right: other } of layers)
      if (one) pairs.set(one.layer.name, other?.layer.name ?? null);
  }
  return pairs;
}

function differenceOf(quantity: Quantity): Quantity {
  const words = 'left − right';
  return {
    ...quantity,
    title: `${quantity.title}, ${words}`,
    axis: `${differenceUnit(quantity)}, ${words}`,
    ...(quantity.kind === 'share' && { unit: 'points' }),
  };
}
