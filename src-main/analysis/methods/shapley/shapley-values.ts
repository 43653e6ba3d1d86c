import { randomStream } from '../../../../src-shared/random.ts';

/** Players by their bits: player i is in the coalition where bit i is set. */
export type Coalition = bigint;

/** The orders in which players join, for an estimate of their Shapley values. */
export interface JoiningOrders {
  readonly players: number;
  readonly orders: readonly Uint32Array[];
  /** All whose value is needed, each once, the empty and the full one among them. */
  readonly coalitions: readonly Coalition[];
}

export interface ShapleyValue {
  readonly value: number;
  /** What the player added in each order. */
  readonly contributions: readonly number[];
}

/**
 * Random orders (Castro et al., "Polynomial calculation of the Shapley value based on sampling", 2009). Drawn before
 * anything is computed, so that many coalitions can be valued together.
 */
export function drawOrders(players: number, permutations: number, seed: number): JoiningOrders {
  const stream = randomStream(seed, 'orders of joining');
  const orders = Array.from({ length: permutations }, () => stream.permutation(players));
  const coalitions = new Set<Coalition>([0n, fullCoalition(players)]);
  for (const order of orders) for (const coalition of coalitionsAlong(order)) coalitions.add(coalition);
  return { players, orders, coalitions: [...coalitions] };
}

/** Every order of a few players: their values are then exact. */
export function allOrders(players: number): JoiningOrders {
  const orders = permutationsOf(Array.from({ length: players }, (_, player) => player));
  const coalitions = Array.from({ length: 2 ** players }, (_, bits) => BigInt(bits));
  return { players, orders: orders.map((order) => Uint32Array.from(order)), coalitions };
}

/**
 * What each player adds to those who joined before, averaged over the orders. The averages add up to the value of all
 * less that of none, whatever the orders.
 */
export function shapleyValues(
  { players, orders }: JoiningOrders,
  valueOf: (coalition: Coalition) => number,
): ShapleyValue[] {
  const contributions = Array.from({ length: players }, (): number[] => []);
  for (const order of orders) {
    let before = valueOf(0n);
    for (const [place, coalition] of coalitionsAlong(order).entries()) {
      const value = valueOf(coalition);
      contributions[order[place] ?? -1]?.push(value - before);
      before = value;
    }
  }
  return contributions.map((added) => ({
    value: added.reduce((sum, value) => sum + value, 0) / added.length,
    contributions: added,
  }));
}

export function fullCoalition(players: number): Coalition {
  return (1n << BigInt(players)) - 1n;
}

export function isMember(coalition: Coalition, player: number): boolean {
  return ((coalition >> BigInt(player)) & 1n) === 1n;
}

/** The coalitions that arise as the players of an order join. */
function coalitionsAlong(order: Uint32Array): Coalition[] {
  let coalition = 0n;
  return Array.from(order, (player) => (coalition |= 1n << BigInt(player)));
}

function permutationsOf(items: readonly number[]): number[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, place) =>
    permutationsOf(items.toSpliced(place, 1)).map((rest) => [first, ...rest]),
  );
}
