import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  costValues,
  differenceColours,
  LAYER_COSTS,
  type NodeColour,
} from '../../../../src-shared/charts/network/node-colours.ts';
import {
  type ValueDifferences,
  valueDifferences,
} from '../../../../src-shared/charts/network/value-differences.ts';
import type { Side } from '../../../../src-shared/charts/network/graph-layout.ts';
import { alignNetworks } from '../../../../src-shared/networks/align-networks.ts';
import { networkCost } from '../../../../src-shared/networks/costs.ts';
import { type DrawnBlock, layOutNetwork } from '../../../../src-shared/networks/lay-out-network.ts';
import { parseNetwork, resolveNetwork } from '../../../../src-shared/networks/parse-network.ts';

function blocksOf(fields: Readonly<Record<string, unknown>>): DrawnBlock[] {
  const graph = resolveNetwork(parseNetwork({ family: 'squeezenet', ...fields }), {
    ...{ input: [224, 224, 3], classes: 1000 },
  });
  return layOutNetwork(graph, networkCost(graph));
}

/** Of the parameters of two networks. */
function differences(left: readonly DrawnBlock[], right: readonly DrawnBlock[]): ValueDifferences {
  const cost = LAYER_COSTS.find(({ key }) => key === 'parameters') ?? assert.fail();
  const layersOf = (blocks: readonly DrawnBlock[]) => blocks.flatMap(({ layers }) => layers);
  return valueDifferences(costValues(cost, layersOf(left), layersOf(right)), alignNetworks(left, right));
}

function colourOf(of: ValueDifferences, side: Side, name: string): NodeColour | null {
  return differenceColours(of).colourOf({ side, name, kind: 'layer', drawn: null });
}

test('what does the same job differs by left less right, the same number on both sides', () => {
  const found = differences(blocksOf({ version: '1.0' }), blocksOf({ version: '1.1' }));
  // 96 kernels of 7x7x3 with biases less 64 of 3x3x3
  const stem = 96 * (7 * 7 * 3 + 1) - 64 * (3 * 3 * 3 + 1);
  // 16 of 1x1x96 less 16 of 1x1x64
  const squeeze = 16 * (96 - 64);
  for (const side of ['left', 'right'] as const) {
    const values = found.values[side];
    assert.deepEqual([values.get('conv1'), values.get('fire2/squeeze')], [stem, squeeze]);
    assert.equal(values.get('fire9/squeeze'), 0);
  }
  assert.equal(found.leftOut, 0);
  assert.match(found.quantity.title, /^parameters, left − right$/);

  // zero is in the middle, and the other way round a colour is its opposite's
  const { scale } = differenceColours(found);
  assert.equal(scale.low, -scale.high);
  const mirrored = differences(blocksOf({ version: '1.1' }), blocksOf({ version: '1.0' }));
  assert.equal(mirrored.values.left.get('conv1'), -stem);
  assert.deepEqual(colourOf(found, 'right', 'conv1'), colourOf(found, 'left', 'conv1'));
  assert.notDeepEqual(colourOf(mirrored, 'left', 'conv1'), colourOf(found, 'left', 'conv1'));
  assert.deepEqual(colourOf(mirrored, 'left', 'fire9/squeeze'), colourOf(found, 'left', 'fire9/squeeze'));
});

test('what only one of two networks has is counted and has no colour', () => {
  const plain = blocksOf({ version: '1.0' });
  const bypassed = blocksOf({ version: '1.0', bypass: 'complex' });
  const added = bypassed.flatMap(({ layers }) =>
    layers.filter(({ layer, cost }) => layer.role === 'bypass' && cost.parameters > 0),
  );
  assert.ok(added.length > 0);
  for (const [one, other, side] of [
    [plain, bypassed, 'right'],
    [bypassed, plain, 'left'],
  ] as const) {
    const found = differences(one, other);
    assert.equal(found.leftOut, added.length);
    for (const { layer } of added) assert.equal(colourOf(found, side, layer.name), null);
    assert.equal(found.values[side].get('conv1'), 0);
  }
});
