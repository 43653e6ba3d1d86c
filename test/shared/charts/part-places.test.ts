import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partPlaces } from '../../../src-shared/charts/layers/part-places.ts';
import { COLOURS } from '../../../src-shared/charts/palette.ts';

const SQUEEZENET = [
  'stem',
  'squeeze',
  'expand 1x1',
  'expand 3x3',
  'concatenation',
  'pool',
  'classifier',
  'input',
];
const ALEXNET = ['stem', 'convolution', 'pool', 'dense', 'classifier', 'input', 'normalization'];

test('a part that several families have has the same place in the figures of each', () => {
  const [ofOne, ofOther] = [SQUEEZENET, ALEXNET].map((parts) => {
    const places = partPlaces(parts, false);
    assert.equal(new Set(places).size, parts.length);
    return new Map(parts.map((part, at) => [part, places[at]]));
  });
  for (const part of ['stem', 'pool', 'classifier', 'input'])
    assert.equal(ofOne?.get(part), ofOther?.get(part), part);
  assert.deepEqual([...(ofOne?.values() ?? [])], [0, 1, 2, 3, 4, 5, 6, 7]);
});

test('parts of two families in one figure, and ones that no published network has, have places of their own', () => {
  const parts = [...new Set([...SQUEEZENET, ...ALEXNET, 'bypass', 'pool pool1'])];
  assert.equal(new Set(partPlaces(parts, false)).size, parts.length);
});

test('where colours alone tell the parts, none is shared while there are enough', () => {
  const colours = (parts: readonly string[]): number =>
    new Set(partPlaces(parts, true).map((place) => place % COLOURS)).size;
  assert.equal(colours(ALEXNET), ALEXNET.length);
  assert.equal(colours(SQUEEZENET), COLOURS);
});
