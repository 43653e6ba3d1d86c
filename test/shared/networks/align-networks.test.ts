import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alignNetworks, type AlignedBlock } from '../../../src-shared/networks/align-networks.ts';
import { layOutNetwork, type DrawnBlock } from '../../../src-shared/networks/lay-out-network.ts';
import { networkCost } from '../../../src-shared/networks/costs.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';

function blocksOf(description: Readonly<Record<string, unknown>>): DrawnBlock[] {
  const graph = resolveNetwork(parseNetwork(description), { input: [224, 224, 3], classes: 1000 });
  return layOutNetwork(graph, networkCost(graph));
}

function names(rows: readonly AlignedBlock[]): string[] {
  return rows.map(({ left, right }) => `${left?.name ?? '-'}|${right?.name ?? '-'}`);
}

test('a network beside itself has no differences', () => {
  const blocks = blocksOf({ family: 'shufflenet-v1' });
  const rows = alignNetworks(blocks, blocks);
  assert.deepEqual(
    names(rows),
    blocks.map(({ name }) => `${name}|${name}`),
  );
  assert.ok(rows.every(({ layers }) => layers.every(({ change }) => change === 'same')));
});

test('Fire modules stay side by side where pools have moved', () => {
  const rows = alignNetworks(
    blocksOf({ family: 'squeezenet', version: '1.0' }),
    blocksOf({ family: 'squeezenet', version: '1.1' }),
  );
  const aligned = names(rows);
  for (let number = 2; number <= 9; number++) assert.ok(aligned.includes(`fire${number}|fire${number}`));
  assert.ok(aligned.includes('pool4|-'));
  assert.ok(aligned.includes('-|pool3'));
});

test('what a bypass adds, and what a squeeze ratio changes, is told layer by layer', () => {
  const rows = alignNetworks(
    blocksOf({ family: 'squeezenet' }),
    blocksOf({
      family: 'squeezenet',
      bypass: 'complex',
      sr: [0.125, 0.125, 0.25, 0.125, 0.125, 0.125, 0.125, 0.125],
    }),
  );
  const changes = new Map(
    rows.flatMap(({ layers }) =>
      layers.map(({ left, right, change }) => [(left ?? right)?.layer.name, change] as const),
    ),
  );
  assert.equal(changes.get('fire2/bypass'), 'only right');
  assert.equal(changes.get('fire3/squeeze'), 'same');
  assert.equal(changes.get('fire4/squeeze'), 'changed');
  assert.equal(changes.get('fire4/expand3x3'), 'changed');
});

test('two families stand side by side by their ends and their modules, and no layer is lost', () => {
  const left = blocksOf({ family: 'squeezenet' });
  const right = blocksOf({ family: 'mobilenet-v1' });
  const rows = alignNetworks(left, right);
  assert.ok(names(rows).includes('input|input'));
  assert.ok(names(rows).includes('conv1|conv1'));
  assert.ok(names(rows).includes('conv10|classifier'));
  assert.equal(rows.filter((row) => row.left?.name.startsWith('fire') && row.right).length, 8);
  const lost = (side: 'left' | 'right'): string[] =>
    rows.flatMap(({ layers }) => layers.flatMap((row) => row[side]?.layer.name ?? []));
  const sorted = (blocks: readonly DrawnBlock[]): string[] =>
    blocks.flatMap(({ layers }) => layers.map(({ layer }) => layer.name)).sort();
  assert.deepEqual(lost('left').sort(), sorted(left));
  assert.deepEqual(lost('right').sort(), sorted(right));
});
