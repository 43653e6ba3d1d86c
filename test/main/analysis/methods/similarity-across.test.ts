import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparedRuns } from '../../../../src-main/analysis/compared-runs.ts';
import {
  similarityAcrossMethod,
  TO_CELLS,
  TO_CELLS_AT_SAME_SEED,
  TO_SEEDS,
} from '../../../../src-main/analysis/methods/similarity-across/index.ts';
import { runMethod } from '../../../../src-main/analysis/methods/registry.ts';
import type { Matrix } from '../../../../src-main/analysis/measures/matrix.ts';
import { specifySubject } from '../../../../src-main/analysis/specify-subject.ts';
import { SubjectCache } from '../../../../src-main/analysis/subject-cache.ts';
import type { FeatureWeights, Subject } from '../../../../src-main/analysis/subject.ts';
import { engine } from '../../engine/test-engine.ts';
import { analyzedStore } from '../analyzed-store.ts';
import { byTraces, kernelAlignment } from '../measures/kernel-alignment.ts';
import { near } from '../run-method.ts';
import { CONTROL } from '../small-subject.ts';
import { storage } from '../test-storage.ts';

const IMAGES = 60;

test('a run is compared with the next seed of other cells, with its other seeds, and apart from these at its own seed', (context) => {
  const { store, runs, others } = analyzedStore(context);
  const compared = (run: string) => comparedRuns(store, run).settings;
  assert.deepEqual(compared(runs[0]), { cells: others[1], sameSeed: others[0], seeds: runs[1] });
  assert.deepEqual(compared(runs[1]), { cells: others[0], sameSeed: others[1], seeds: runs[0] });
  // both directions pair the same runs
  assert.equal(compared(others[1]).cells, runs[0]);
});

test('a layer is compared with other runs, before the training too, where something is shared and where nothing is', async (context) => {
  const { store, dataRoot, runs, others } = analyzedStore(context);
  const cache = new SubjectCache(engine, () => Promise.resolve(), storage);
  const subjectOf = (run: string): Subject =>
    cache.subject(specifySubject(store, run, { dataRoot, data: null }));
  const [run, seed] = runs;
  const [sameSeed, otherSeed] = others;
  const settings = similarityAcrossMethod.settings.parse({
    ...comparedRuns(store, run).settings,
    images: IMAGES,
  });
  const subject = subjectOf(run);
  const control = { ...CONTROL, peer: subjectOf };
  const { results } = await runMethod(similarityAcrossMethod, subject, settings, control);
  const found = (layer: string, measure: string) => {
    const [first, ...more] = results.filter((each) => each.layer === layer && each.measure === measure);
    assert.ok(first && more.length === 0, `${layer}: ${measure}`);
    return first;
  };

  const averages = async (from: Subject, layer: string, weights: FeatureWeights): Promise<Matrix> => {
    const [features] = await from.features(weights, IMAGES, 'average', [layer]);
    assert.ok(features);
    return features.read();
  };
  const expected = async (peer: string, layer: string, weights: FeatureWeights): Promise<number> =>
    kernelAlignment(
      await averages(subject, layer, weights),
      await averages(subjectOf(peer), layer, weights),
      byTraces,
    );
  for (const layer of ['conv1', 'fire2/squeeze', 'fire6/expand3x3', 'conv10']) {
    const toSeeds = found(layer, TO_SEEDS);
    // CKA is made of 32-bit products
    near(toSeeds.value, await expected(seed, layer, 'trained'), 1e-6);
    // one other seed has no spread
    assert.equal(toSeeds.interval, null);
    for (const [measure, other] of [
      [TO_CELLS, otherSeed],
      [TO_CELLS_AT_SAME_SEED, sameSeed],
    ] as const) {
      const toCell = found(layer, measure);
      assert.deepEqual(toCell.other, { run: other, layer });
      near(toCell.value, await expected(other, layer, 'trained'), 1e-6);
      near(toCell.baselines['untrained'], await expected(other, layer, 'untrained'), 1e-6);
      // other seeds are no measure for runs that share theirs
      assert.equal(toCell.baselines['other seeds'], measure === TO_CELLS ? toSeeds.value : undefined);
    }
  }
  // the stem of both cells is of one shape: at one seed the cells begin, and end, with the very same one
  near(found('conv1', TO_CELLS_AT_SAME_SEED).baselines['untrained'], 1, 1e-6);
  near(found('conv1', TO_CELLS_AT_SAME_SEED).value, 1, 1e-6);
  // and at other seeds it is as unlike as that of another seed of the cell
  near(found('conv1', TO_CELLS).value, found('conv1', TO_SEEDS).value ?? NaN, 1e-6);
  assert.ok((found('conv1', TO_CELLS).value ?? 1) < 0.99);
});
