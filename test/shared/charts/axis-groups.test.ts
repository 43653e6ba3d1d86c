import assert from 'node:assert/strict';
import test from 'node:test';
import { type AxisGroup, groupBorders, groupTicks } from '../../../src-shared/charts/axis-groups.ts';
import { moduleGroups } from '../../../src-shared/charts/layers/module-groups.ts';
import { textWidth } from '../../../src-shared/charts/text-width.ts';
import { familyNames } from '../../../src-shared/networks/families.ts';
import { modulePlaces } from '../../../src-shared/networks/module-places.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';

const FONT = 10;

function groupsOf(family: string): readonly AxisGroup[] {
  const graph = resolveNetwork(parseNetwork({ family }), { input: [224, 224, 3], classes: 1000 });
  const layers = graph.layers.map(({ name }) => name);
  return moduleGroups(layers, { places: modulePlaces(graph) }).groups;
}

test('layers stand under their modules, and a layer outside them under its own name', () => {
  const layers = ['conv1', 'pool1', 'fire2/squeeze', 'fire2/expand1x1', 'pool4', 'conv10'];
  const places = new Map(
    [
      ['conv1', 'conv1', 'stem'],
      ['pool1', 'conv1', 'pool'],
      ['fire2/squeeze', 'fire2', 'squeeze'],
      ['fire2/expand1x1', 'fire2', 'expand 1x1'],
      ['pool4', 'fire2', 'pool'],
      ['conv10', 'conv10', 'classifier'],
    ].map(([layer = '', module = '', part = '']) => [layer, { module, part }]),
  );
  const { groups, note } = moduleGroups(layers, { places });
  assert.deepEqual(groups, [
    { label: 'conv1', from: 0, to: 1 },
    { label: 'fire2', from: 2, to: 4 },
    { label: 'conv10', from: 5, to: 5 },
  ]);
  assert.equal(note, 'layers of a module: squeeze, expand 1x1, pool');
  assert.deepEqual(groupBorders(groups), [1.5, 4.5]);
  assert.equal(moduleGroups(['a', 'b'], { places: new Map() }).note, '');
});

test('names of groups are shortened, then left out, and never touch, whatever the family and the room', () => {
  for (const family of familyNames) {
    const groups = groupsOf(family);
    const count = (groups.at(-1)?.to ?? 0) + 1;
    for (const width of [150, 300, 600, 1200, 2400]) {
      const ticks = groupTicks(groups, width / count, FONT);
      assert.ok(ticks.length > 0);
      for (const [place, { at, label }] of ticks.entries()) {
        const next = ticks[place + 1];
        if (!next) continue;
        const needed = (textWidth(label, FONT) + textWidth(next.label, FONT)) / 2;
        assert.ok(((next.at - at) * width) / count > needed, `${family} ${width}: ${label} ${next.label}`);
      }
    }
  }
});

test('with room all names are whole; with less the path and the word before a number are said once', () => {
  const labels = (family: string, spacing: number): readonly string[] =>
    groupTicks(groupsOf(family), spacing, FONT).map(({ label }) => label);
  assert.deepEqual(labels('squeezenet', 60).slice(1, 4), ['conv1', 'fire2', 'fire3']);
  const units = labels('shufflenet-v1', 10);
  assert.deepEqual(units.slice(units.indexOf('stage2')).slice(0, 4), ['stage2', 'unit2', 'unit3', 'unit4']);
  assert.deepEqual(
    labels('squeezenet', 5.5)
      .filter((label) => /^(fire)?[2-9]$/.test(label))
      .slice(0, 3),
    ['fire2', '3', '4'],
  );
  // upright they stand one above the other, and are as long as they are
  const upright = groupTicks(groupsOf('squeezenet'), 4, FONT, 'upright').map(({ label }) => label);
  assert.ok(upright.includes('fire3'), upright.join());
});
