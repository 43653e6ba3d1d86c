import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layOutNetwork, widestLine, type DrawnBlock } from '../../../src-shared/networks/lay-out-network.ts';
import { networkCost } from '../../../src-shared/networks/costs.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';

function blocksOf(description: Readonly<Record<string, unknown>>): DrawnBlock[] {
  const graph = resolveNetwork(parseNetwork(description), { input: [224, 224, 3], classes: 1000 });
  return layOutNetwork(graph, networkCost(graph));
}

function linesOf(blocks: readonly DrawnBlock[], name: string): string[][] {
  const block = blocks.find((other) => other.name === name);
  assert.ok(block);
  return block.lines.map((line) => line.map(({ layer }) => layer.name.slice(name.length + 1)));
}

test('a Fire module is its squeeze layer, and below it both expand layers side by side', () => {
  const blocks = blocksOf({ family: 'squeezenet' });
  assert.deepEqual(linesOf(blocks, 'fire2'), [['squeeze'], ['expand1x1', 'expand3x3']]);
  assert.equal(blocks.find(({ name }) => name === 'fire2')?.parameters, 11_920);
  assert.deepEqual(
    blocks.map(({ name }) => name),
    // prettier-ignore
    ['input', 'conv1', 'pool1', 'fire2', 'fire3', 'fire4', 'pool4', 'fire5', 'fire6', 'fire7', 'fire8', 'pool8',
     'fire9', 'dropout9', 'conv10', 'pool10'],
  );
});

test('blocks hold every layer once, so that their costs are the whole', () => {
  for (const family of ['squeezenet', 'mobilenet-v1', 'shufflenet-v1', 'alexnet']) {
    const graph = resolveNetwork(parseNetwork({ family }), { input: [224, 224, 3], classes: 1000 });
    const cost = networkCost(graph);
    const blocks = layOutNetwork(graph, cost);
    assert.deepEqual(
      blocks.flatMap(({ layers }) => layers.map(({ layer }) => layer.name)),
      graph.layers.map(({ name }) => name),
    );
    assert.equal(
      blocks.reduce((sum, { parameters }) => sum + parameters, 0),
      cost.parameters,
    );
  }
});

test('a shortcut stands beside the lines, with the layer that it passes through', () => {
  const simple = blocksOf({ family: 'squeezenet', bypass: 'simple' });
  assert.equal(simple.find(({ name }) => name === 'fire2')?.shortcut, null);
  assert.deepEqual(simple.find(({ name }) => name === 'fire3')?.shortcut, { layer: null });
  const complex = blocksOf({ family: 'squeezenet', bypass: 'complex' });
  assert.equal(complex.find(({ name }) => name === 'fire2')?.shortcut?.layer?.layer.name, 'fire2/bypass');
  const shuffle = blocksOf({ family: 'shufflenet-v1' });
  assert.deepEqual(linesOf(shuffle, 'stage2/unit1'), [['compress'], ['shuffle'], ['depthwise'], ['expand']]);
  const unit = shuffle.find(({ name }) => name === 'stage2/unit1');
  assert.equal(unit?.shortcut?.layer?.layer.name, 'stage2/unit1/shortcut');
});

test('the scale is that of the body: the widest line, whose channels stand side by side', () => {
  assert.equal(widestLine(blocksOf({ family: 'squeezenet' })), 512);
  assert.equal(widestLine(blocksOf({ family: 'alexnet' })), 384);
});
