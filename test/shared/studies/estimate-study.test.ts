import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MeasuredSpeed } from '../../../src-shared/runs/measured-speeds.ts';
import { estimateStudy, type PlannedTraining } from '../../../src-shared/runs/estimate-study.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';

const SPEED: MeasuredSpeed = {
  ...{
    family: 'squeezenet',
    batchNorm: false,
    precision: 'float32',
    batch: 64,
    macs: 1e7,
    imagesPerSecond: 1000,
    networks: 1,
  },
  ...{ engine: 'tensorflow-cpu', device: 'CPU:0', rounding: '', threads: 1 },
};

function planned(
  cells: { family?: string; batchNorm?: boolean; batch?: number; macs?: number; runs?: number }[],
): PlannedTraining {
  return {
    images: 5000,
    jobs: 2,
    threads: 1,
    cells: cells.map(
      ({ family = 'squeezenet', batchNorm = false, batch = 64, macs = 1e7, runs = 4 }, place) => ({
        ...{ id: String(place), macs, runs, network: { family, batchNorm } },
        recipe: recipeSchema.parse({ epochs: 10, batch }),
      }),
    ),
  };
}

test('a network that was measured takes its time; one of twice the work twice that', () => {
  const { runs, total, basis } = estimateStudy(planned([{}, { macs: 2e7, runs: 1 }]), [SPEED]);
  assert.deepEqual(runs, [50, 100]);
  assert.equal(total, (4 * 50 + 100) / 2);
  assert.match(basis, /similar networks, measured on this machine \(tensorflow-cpu, CPU:0\)/);
});

test('a study of one run takes as long as that, however many trainers there are', () => {
  assert.equal(estimateStudy(planned([{ runs: 1 }]), [SPEED]).total, 50);
});

test('the nearest measurements count: only the family, batch norm first, then batch and size', () => {
  const slow = { ...SPEED, imagesPerSecond: 100 };
  const others = [
    { ...slow, family: 'mobilenet-v1' },
    { ...slow, batchNorm: true },
    { ...slow, batch: 8 },
    { ...slow, macs: 1e9 },
  ];
  const near = [SPEED, { ...SPEED, imagesPerSecond: 1100 }, { ...SPEED, imagesPerSecond: 400 }];
  assert.deepEqual(estimateStudy(planned([{}]), [...near, ...others]).runs, [50]);
  assert.deepEqual(
    estimateStudy(planned([{ batchNorm: true }]), [...near, { ...slow, batchNorm: true }]).runs,
    [50],
  );
});

test('a trainer of so many threads counts before one of more, which is faster than each of several', () => {
  const wide = { ...SPEED, threads: 2, imagesPerSecond: 1600 };
  assert.deepEqual(estimateStudy(planned([{}]), [wide, wide, SPEED, SPEED]).runs, [50]);
});

test('only the engine and device that were used last count', () => {
  const card = { ...SPEED, device: 'GPU:0', imagesPerSecond: 10_000 };
  assert.deepEqual(estimateStudy(planned([{}]), [card, SPEED, SPEED, SPEED]).runs, [5]);
  const rounded = { ...card, rounding: 'tf32', imagesPerSecond: 20_000 };
  assert.deepEqual(estimateStudy(planned([{}]), [rounded, card, card, card]).runs, [2.5]);
});

test('runs of the same cell count before similar networks', () => {
  const known = { seconds: 30, runs: 3, areFused: false };
  const { cells, ...rest } = planned([{}, { runs: 1 }]);
  const [first, second] = cells;
  assert.ok(first && second);
  const { runs, total, basis } = estimateStudy({ ...rest, cells: [{ ...first, known }, second] }, [SPEED]);
  assert.deepEqual([runs, total], [[30, 50], 90]);
  assert.match(
    basis,
    /^Estimated for 1 of 2 cells from 3 complete runs of the same cell, for the others from the speed/,
  );
  const all = estimateStudy({ ...rest, cells: [{ ...first, known }] }, [SPEED]);
  assert.match(all.basis, /^Estimated from 3 complete runs of the same cell, measured/);
});

test('fused runs take as long as such did, steps parted evenly, the last ones on the trainer that is free first', () => {
  // three of a network in a step had 400 images/s each, so that one would have 1200 on a device on which they take turns
  const fused = { ...SPEED, networks: 3, imagesPerSecond: 400 };
  const seven = { ...planned([{ runs: 7 }]), jobs: 1, fused: 3, beside: { growth: 1 } };
  const { runs, total, basis } = estimateStudy(seven, [fused, SPEED]);
  // of 125 s, and twice two in 83 s
  assert.deepEqual([runs[0], Math.round(total ?? NaN)], [125, 125 + 83 + 83 + 1]);
  assert.match(basis, /\. Up to 3 runs go together in one step, timed by fused runs here\.$/);
  assert.equal(Math.round(estimateStudy({ ...seven, jobs: 2 }, [fused]).total ?? NaN), 167);
  // where a step of three takes as long as one of two
  assert.deepEqual(estimateStudy({ ...seven, beside: { growth: 0 } }, [fused]).total, 3 * 125);
  // cells whose steps are the same go together, and end with the longest
  const [cell] = planned([{ runs: 1 }]).cells;
  assert.ok(cell);
  const long = { ...cell, id: 'long', recipe: { ...cell.recipe, epochs: 20 } };
  assert.deepEqual(estimateStudy({ ...seven, cells: [cell, long] }, [fused]).total, (2 * 250) / 3);
  const other = { ...cell, id: 'other', recipe: { ...cell.recipe, weightDecay: 0.1 } };
  assert.deepEqual(estimateStudy({ ...seven, cells: [cell, other] }, [fused]).total, (2 * 125) / 3);
  assert.match(estimateStudy(planned([{}]), [fused]).basis, /^No squeezenet has been trained by itself/);
});

test('before any run was fused those alone count, with what fusing was measured to gain, or none', () => {
  const six = { ...planned([{ runs: 6 }]), jobs: 1, fused: 6 };
  const without = estimateStudy({ ...six, beside: { growth: 0.5 } }, [SPEED]);
  assert.equal(without.total, 6 * 50);
  assert.match(
    without.basis,
    /Up to 6 runs go together in one step; what that gains was not measured here and is/,
  );
  const measured = { gain: 3, trainers: 2, threads: 4 };
  const speeds = [SPEED, { ...SPEED, threads: 4, imagesPerSecond: 2000 }];
  const gained = estimateStudy({ ...six, beside: { growth: 0.5, measured } }, speeds.slice(1));
  assert.equal(gained.total, (6 * 25) / 3);
  assert.match(gained.basis, /which had 3\.00 times the images\/s of a single one as measured here/);
});

test('of a family that was not trained nothing is claimed, nor where nothing was measured', () => {
  const other = estimateStudy(planned([{ family: 'shufflenet-v1' }, {}]), [SPEED]);
  assert.deepEqual([other.runs, other.total], [[null, 50], null]);
  assert.match(
    other.basis,
    /^No shufflenet-v1 has been trained on this machine with tensorflow-cpu on CPU:0 yet/,
  );
  const done = estimateStudy(planned([{ family: 'shufflenet-v1', runs: 0 }, {}]), [SPEED]);
  assert.equal(done.total, 100);
  assert.match(
    done.basis,
    /^Estimated from the speed of similar networks/,
    'what needs no training is no reason',
  );
  assert.deepEqual(estimateStudy(planned([{}, {}]), []), {
    ...{ runs: [null, null], total: null },
    basis: 'Nothing has been trained on this machine yet, so the time cannot be estimated.',
  });
});
