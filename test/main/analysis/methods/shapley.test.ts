import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  allOrders,
  drawOrders,
  fullCoalition,
  isMember,
  shapleyValues,
  type Coalition,
} from '../../../../src-main/analysis/methods/shapley/shapley-values.ts';
import { shapleyMethod } from '../../../../src-main/analysis/methods/shapley/index.ts';
import { formulaValues } from '../formula-values.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { smallSubject, unevenWeights } from '../small-subject.ts';

/** A game without any structure: a value of its own for each coalition. */
const uneven = formulaValues(1 << 8, 42);
const game = (coalition: Coalition): number => uneven[Number(coalition)] ?? NaN;

/** The definition: over all coalitions without the player, weighted by how many orders pass through each. */
function byDefinition(players: number, player: number): number {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  return Array.from({ length: 2 ** players }, (_, bits) => BigInt(bits))
    .filter((coalition) => !isMember(coalition, player))
    .reduce((sum, coalition) => {
      const size = coalition.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
      return sum + weight * (game(coalition | (1n << BigInt(player))) - game(coalition));
    }, 0);
}

for (const players of [1, 3, 4]) {
  test(`over all orders of ${players} the values are those of the definition`, () => {
    const orders = allOrders(players);
    for (const [player, { value }] of shapleyValues(orders, game).entries())
      near(value, byDefinition(players, player), 1e-12);
  });
}

test('sampled values add up to all less none, and close in on the true ones within their errors', () => {
  const players = 6;
  const orders = drawOrders(players, 400, 1);
  assert.equal(new Set(orders.coalitions).size, orders.coalitions.length);
  const asked = new Set(orders.coalitions);
  const found = shapleyValues(orders, (coalition) => {
    assert.ok(asked.has(coalition));
    return game(coalition);
  });
  near(
    found.reduce((sum, { value }) => sum + value, 0),
    game(fullCoalition(players)) - game(0n),
    1e-12,
  );
  for (const [player, { value, contributions }] of found.entries()) {
    const variance = contributions.reduce((sum, each) => sum + (each - value) ** 2, 0) / 399;
    near(value, byDefinition(players, player), 4 * Math.sqrt(variance / 400));
  }
});

test('the expand layers of a network share all less none; one whose output is constant gets nothing', async () => {
  const graph = graphOf(TINY, 16);
  const weights = unevenWeights(graph, 1);
  weights.get('fire4/expand3x3/kernel')?.fill(0);
  const results = await resultsOf(shapleyMethod, smallSubject(graph, weights), {
    images: 40,
    permutations: 4,
  });
  for (const measure of ['accuracy', 'loss-saved']) {
    const shares = results.filter((each) => each.measure === measure);
    assert.equal(shares.length, 16);
    const all = valueOf(results, null, `${measure}-all`) ?? NaN;
    const none = valueOf(results, null, `${measure}-none`) ?? NaN;
    near(
      shares.reduce((sum, { value }) => sum + (value ?? NaN), 0),
      all - none,
      1e-9,
    );
    near(valueOf(results, 'fire4/expand3x3', measure), 0, 1e-6);
  }
  const shares = results.filter((each) => each.measure === 'loss-saved');
  assert.ok(shares.some(({ value }) => Math.abs(value ?? 0) > 1e-4));
});

test('a network without expand layers has no such values', async () => {
  const mobilenet = smallSubject(graphOf({ family: 'mobilenet-v1', alpha: 0.25, stem: 'small' }, 16));
  assert.deepEqual(await resultsOf(shapleyMethod, mobilenet), []);
});
