import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accuracyDifference, type SeededOutcomes } from '../../../src-shared/analysis/accuracy-difference.ts';
import { differenceWords } from '../../../src-shared/analysis/outcome-words.ts';
import { compareSeeds } from '../../../src-shared/statistics/compare-seeds.ts';
import { pairedBootstrap } from '../../../src-shared/statistics/paired-bootstrap.ts';

const IMAGES = 200;

/** A training that gets each image right of which `isRight` says so. */
function training(seed: number, isRight: (image: number) => boolean, hash = 'abcdefgh1'): SeededOutcomes {
  return {
    seed,
    outcomes: {
      ...{ network: `run-${seed}`, data: { name: 'flowers', hash }, files: null, classes: ['a', 'b'] },
      remarks: [],
      outcomes: Array.from({ length: IMAGES }, (_, image) => ({
        ...{ image, truth: image % 2, predicted: isRight(image) ? image % 2 : 1 - (image % 2) },
        loss: 1,
      })),
    },
  };
}

test('two trainings: the difference of their accuracies, with the interval over the images alone', () => {
  const [first, second] = [training(0, (image) => image % 10 > 0), training(0, (image) => image % 5 > 0)];
  const difference = accuracyDifference([first], [second]);
  assert.deepEqual(
    [difference.images, ...difference.accuracies.map((share) => Number(share.toFixed(12)))],
    [IMAGES, 0.9, 0.8],
  );
  const differences = Array.from({ length: IMAGES }, (_, image) =>
    image % 5 === 0 && image % 10 > 0 ? 1 : 0,
  );
  assert.deepEqual(difference.overImages, pairedBootstrap(differences));
  const words = differenceWords(difference, ['A', 'B']);
  assert.equal(words.length, 2);
  assert.match(
    words.join('\n'),
    /^A 90\.00\u00a0%, B 80\.00\u00a0%: a difference of \+10\.00 percentage points\.\n/,
  );
  assert.match(words.join('\n'), /95\u00a0%, paired bootstrap of 200 images\).* for these two trainings\./);
});

test('two cells: images are resampled with all trainings, seeds are paired on the same images', () => {
  const cell = (shift: number) =>
    [0, 1, 2, 3].map((seed) => training(seed, (image) => (image * image + seed) % (13 + 2 * seed) > shift));
  const [first, second] = [cell(2), cell(4)];
  const difference = accuracyDifference(first, second);
  const share = (side: readonly SeededOutcomes[], image: number): number =>
    side.filter(({ outcomes }) => outcomes.outcomes[image]?.predicted === image % 2).length / side.length;
  assert.deepEqual(
    difference.overImages,
    pairedBootstrap(Array.from({ length: IMAGES }, (_, image) => share(first, image) - share(second, image))),
  );
  const seeds = (side: readonly SeededOutcomes[]) =>
    side.map(({ seed, outcomes }) => ({
      seed,
      value: outcomes.outcomes.filter(({ truth, predicted }) => truth === predicted).length / IMAGES,
    }));
  const { test: compared } = compareSeeds(seeds(first), seeds(second));
  assert.ok(Math.abs((difference.overSeeds.test?.low ?? NaN) - (compared?.low ?? 0)) < 1e-12);
  const words = differenceWords(difference, ['one', 'other']).join('\n');
  assert.match(words, /for the same trainings\.\nOver the seeds .* paired t interval, n\u00a0=\u00a04, p/);
  assert.match(words, /Neither interval holds what the other one is about\.$/);
  const [alone] = second;
  assert.ok(alone);
  const few = differenceWords(accuracyDifference(first, [alone]), ['one', 'other']).join('\n');
  assert.match(few, /a test needs at least two complete seeds of each cell\.$/);
});

test('equal outcomes leave nothing to resample, and other images are refused', () => {
  const one = training(0, (image) => image % 3 > 0);
  const same = accuracyDifference([one], [{ ...one, seed: 1 }]);
  assert.equal(same.overImages, null);
  assert.match(differenceWords(same, ['A', 'B']).join(' '), /difference of 0\.00 .* nothing to resample/);
  const other = training(0, () => true, 'another hash');
  assert.throws(() => accuracyDifference([one], [other]), /tested on different images/);
});
