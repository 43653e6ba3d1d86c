import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { families, familyNames } from '../../../src-shared/networks/families.ts';
import * as kinds from '../../../src-shared/networks/layers/all.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';

const root = new URL('../../../', import.meta.url).pathname;

/** What is about one kind alone: a method that puts 1x1 kernels in place of 3x3 ones, one published file. */
const ABOUT_ONE_KIND = [
  // the inputs of a recorded step, which are no layers
  'src-main/engine/engines/tensorflow/graph-def.ts',
  'src-main/engine/engines/tensorflow/recording.ts',
  'src-main/engine/engines/tensorflow/simplify-recording.ts',
  'src-main/analysis/weights/centre-moments.ts',
  'src-main/compression/published/published-network.ts',
];

test('a kind of layer is known to its own folder only; others ask its description', () => {
  const names = Object.values(kinds).map(({ kind }) => kind);
  const asks = new RegExp(`(?:case|kind [!=]==) '(?:${names.join('|')})'`);
  const files = globSync('src-{shared,main,renderer}/**/*.{ts,vue}', { cwd: root });
  const found = files.filter((file) => asks.test(readFileSync(`${root}${file}`, 'utf8')));
  assert.ok(files.length > 500);
  assert.deepEqual(found.toSorted(), ABOUT_ONE_KIND.toSorted());
});

test('a line for each folder of a kind and each file of a family', () => {
  const folder = `${root}src-shared/networks`;
  for (const [all, pattern] of [
    ['layers/all.ts', 'layers/*/index.ts'],
    ['families/all.ts', 'families/*.ts'],
  ] as const) {
    const there = globSync(pattern, { cwd: folder }).filter((file) => file !== all);
    assert.equal(readFileSync(`${folder}/${all}`, 'utf8').trim().split('\n').length, there.length, all);
  }
});

for (const name of familyNames) {
  test(`${name} declares the roles of its layers, and uses those that it declares`, () => {
    const variants = [
      { stem: 'imagenet' },
      { stem: 'small', ...(name === 'squeezenet' ? { bypass: 'complex' } : {}) },
    ];
    const used = variants.flatMap((fields) => {
      const graph = resolveNetwork(parseNetwork({ family: name, ...fields }), {
        input: [224, 224, 3],
        classes: 10,
      });
      return graph.layers.slice(1).map(({ role }) => role);
    });
    const declared = families[name].roles.map((role) => role.name);
    assert.deepEqual([...new Set(used)].toSorted(), declared.toSorted());
  });
}

test('families that have a role of the same name have the same role, and each role its own place', () => {
  const all = new Set(familyNames.flatMap((name) => families[name].roles));
  assert.equal(new Set([...all].map(({ name }) => name)).size, all.size);
  const places = [...all].flatMap(({ place }) => place ?? []);
  assert.equal(new Set(places).size, places.length);
});
