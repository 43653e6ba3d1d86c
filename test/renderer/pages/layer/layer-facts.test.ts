import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layerTotals, moduleTotals, partNamed } from '../../../../src-renderer/pages/layer/layer-facts.ts';
import { showNetwork } from '../../../../src-renderer/network/shown-network.ts';

const shown = showNetwork(
  '',
  { family: 'squeezenet', bypass: 'simple' },
  { input: [224, 224, 3], classes: 1000 },
);
assert.ok(shown.ok);
const { blocks, cost } = shown.value;

test('a layer has its operation, its cost and its share of the network', () => {
  const part = partNamed('fire2/squeeze', blocks);
  assert.ok(part?.kind === 'layer');
  const totals = new Map(layerTotals(part.drawn, cost).map((total) => [total.title, total]));
  assert.equal(totals.get('Operation')?.value, '1×1');
  assert.deepEqual(totals.get('Operation')?.beside, ['convolution, ReLU']);
  const own = cost.layers.find(({ name }) => name === 'fire2/squeeze');
  const { value, beside } = totals.get('Parameters') ?? assert.fail();
  assert.equal(value, own?.parameters.toLocaleString('en'));
  assert.deepEqual(beside, [
    `${((100 * (own?.parameters ?? 0)) / cost.parameters).toFixed(1)}\u00a0% of the network's`,
  ]);

  const input = partNamed(blocks[0]?.name ?? '', blocks);
  assert.ok(input?.kind === 'layer');
  assert.deepEqual(
    layerTotals(input.drawn, cost).map(({ beside: words = [] }) => words.length),
    // nothing is said of what is 0, nor twice of what it is
    [0, 0, 0, 0, 1, 0],
  );
});

test('a module is the sum of its layers; a branch is known by its module', () => {
  const module = partNamed('fire3', blocks);
  assert.ok(module?.kind === 'module');
  const parameters = cost.layers
    .filter((layer) => layer.module === 'fire3')
    .reduce((sum, layer) => sum + layer.parameters, 0);
  assert.equal(
    moduleTotals(module.block, cost).find(({ title }) => title === 'Parameters')?.value,
    parameters.toLocaleString('en'),
  );
  const branch = partNamed('fire3/bypass', blocks);
  assert.ok(branch?.kind === 'branch');
  assert.equal(branch.block.name, 'fire3');
  assert.equal(partNamed('fire77', blocks), null);
});
