import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type ChangeFilter,
  compareOutcomes,
  filterChanges,
} from '../../../src-shared/analysis/outcome-changes.ts';
import { choicesText, mcnemarWords, sidesOf } from '../../../src-shared/analysis/outcome-words.ts';
import type { ImageOutcomes } from '../../../src-shared/analysis/outcomes.ts';

type Line = readonly [truth: number, predicted: number, loss: number];

function outcomes(network: string, lines: readonly Line[], hash = 'abcdefgh1'): ImageOutcomes {
  return {
    ...{ network, data: { name: 'flowers', hash }, files: null, classes: ['a', 'b', 'c'], remarks: [] },
    outcomes: lines.map(([truth, predicted, loss], image) => ({ image, truth, predicted, loss })),
  };
}

const FIRST: readonly Line[] = [
  [0, 0, 0.1],
  [1, 1, 0.5],
  [2, 2, 0.2],
  [0, 1, 3],
  [1, 0, 2],
  [2, 2, 0.4],
];
const SECOND: readonly Line[] = [
  [0, 0, 0.2],
  [1, 0, 1],
  [2, 0, 5],
  [0, 0, 0.1],
  [1, 2, 1],
  [2, 0, 0.9],
];

test('images are counted by which of two networks is right; those that change sides come by the change of loss', () => {
  const compared = compareOutcomes(outcomes('x', FIRST), outcomes('y', SECOND));
  const { images, bothRight, onlyFirst, onlySecond, bothWrong, changes, test: mcnemar } = compared;
  assert.deepEqual([images, bothRight, onlyFirst, onlySecond, bothWrong], [6, 1, 3, 1, 1]);
  assert.deepEqual(
    changes.map(({ image, right }) => [image, right]),
    [
      [2, 'first'],
      [3, 'second'],
      // the same change of loss: as they come
      [1, 'first'],
      [5, 'first'],
    ],
  );
  // binomial: of four, one or none on one side, on either
  assert.deepEqual([mcnemar?.n, mcnemar?.p], [4, 0.625]);
  assert.deepEqual(
    sidesOf(compared, ['x', 'y']).map(({ what, images: count }) => `${what}: ${count}`),
    ['both right: 1', 'only x right: 3', 'only y right: 1', 'both wrong: 1'],
  );
  const { result, meaning } = mcnemarWords(compared, ['x', 'y']);
  assert.equal(
    result,
    'Accuracy 66.67\u00a0% (x) and 33.33\u00a0% (y). 4 images change sides; McNemar’s exact test p = 0.625, mid-p = 0.375.',
  );
  assert.match(meaning, /nothing of the designs: the variation over seeds is not in it/);
});

test('where no image changes sides nothing is tested', () => {
  const compared = compareOutcomes(outcomes('x', FIRST), outcomes('y', FIRST));
  assert.deepEqual([compared.test, compared.changes], [null, []]);
  const { result, meaning } = mcnemarWords(compared, ['x', 'y']);
  assert.match(result, /No image changes sides: there is nothing to test\.$/);
  assert.equal(meaning, '');
});

test('pictures of a folder are the same by their names, and a class by its pictures', () => {
  const pictures = { name: '/pictures', hash: 'one' };
  const first = {
    ...outcomes('x', FIRST),
    data: pictures,
    files: ['a/1', 'b/1', 'c/1', 'a/2', 'b/2', 'c/2'],
  };
  // the same, in another order and cut otherwise, by a network that knows more classes
  const order = [5, 0, 1, 2, 3, 4];
  const more = [3, 1, 0];
  const second: ImageOutcomes = {
    ...outcomes('y', []),
    data: { name: '/pictures', hash: 'other' },
    files: order.map((image) => first.files[image] ?? ''),
    classes: ['c', 'bee', 'd', 'ape'],
    outcomes: order.map((from, image) => {
      const [truth, predicted, loss] = SECOND[from] ?? [0, 0, 0];
      return { image, truth: more[truth] ?? 0, predicted: from === 1 ? 2 : (more[predicted] ?? 0), loss };
    }),
  };
  const compared = compareOutcomes(first, second);
  const same = compareOutcomes(outcomes('x', FIRST), outcomes('y', SECOND));
  for (const key of ['images', 'bothRight', 'onlyFirst', 'onlySecond', 'bothWrong'] as const)
    assert.equal(compared[key], same[key], key);
  assert.deepEqual(compared.classes, ['a', 'b', 'c', 'd']);
  const [, , changed] = compared.changes;
  assert.deepEqual([changed?.image, changed?.truth, changed?.second.predicted], [1, 1, 3]);
  assert.deepEqual([0, 1, 2, 3].map(compared.ofSecond), [3, 1, 0, 2]);
  assert.equal(
    choicesText(compared, ['x', 'y']),
    'x decides among 3 classes, y among 4: to be right among more is harder.',
  );
  assert.equal(choicesText(same, ['x', 'y']), '');
  const wanted = (filter: Partial<ChangeFilter>) =>
    filterChanges(compared.changes, { truth: null, predicted: null, right: null, ...filter }).map(
      ({ image }) => image,
    );
  assert.deepEqual(
    [wanted({}), wanted({ predicted: 3 }), wanted({ truth: 0 }), wanted({ right: 'second', predicted: 1 })],
    [[2, 3, 1, 5], [1], [3], [3]],
  );
  assert.throws(() => compareOutcomes(first, { ...second, files: null }), /on different images/);
  assert.throws(() => compareOutcomes(first, { ...second, files: [] }), /on different images/);
});

test('other images are refused, with what they are', () => {
  const refused = (second: ImageOutcomes, message: RegExp): void =>
    assert.throws(() => compareOutcomes(outcomes('x', FIRST), second), { code: 'usage', message });
  refused(
    outcomes('y', SECOND, 'zyxwvuts9'),
    /x on flowers \(hash abcdefgh\), y on flowers \(hash zyxwvuts\)/,
  );
  refused(outcomes('y', SECOND.slice(1)), /different images \(6 and 5 of flowers\)/);
  refused(outcomes('y', SECOND.toReversed()), /different images/);
});
