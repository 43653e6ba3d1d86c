import assert from 'node:assert/strict';
import { test } from 'node:test';
import { comparedRuns } from '../../../src-main/analysis/compared-runs.ts';
import { similarityAcrossMethod } from '../../../src-main/analysis/methods/similarity-across.ts';
import type { Matrix } from '../../../src-main/analysis/measures/matrix.ts';
import { specifySubject } from '../../../src-main/analysis/specify-subject.ts';
import { SubjectShelf } from '../../../src-main/analysis/subject-shelf.ts';
import type { FeatureWeights, Subject } from '../../../src-main/analysis/subject.ts';
import { engine } from '../engine/test-engine.ts';
import { analyzedStore } from './analyzed-store.ts';
import { byTraces, kernelAlignment } from './measures/kernel-alignment.ts';
import { near } from './run-method.ts';
import { CONTROL } from './small-subject.ts';

const IMAGES = 60;

test('a layer is compared with that of the other cell, before the training too, and with other seeds', async (context) => {
  const { store, dataRoot, runs, other } = analyzedStore(context);
  const shelf = new SubjectShelf(engine, () => Promise.resolve());
  const subjectOf = (run: string): Subject => shelf.subject(specifySubject(store, run, dataRoot));
  const [run, seed] = runs;
  const { settings: compared } = comparedRuns(store, run);
  assert.deepEqual(compared, { cells: other, seeds: seed });
  const settings = similarityAcrossMethod.settings.parse({ ...compared, images: IMAGES });
  const subject = subjectOf(run);
  const control = { ...CONTROL, peer: subjectOf };
  const { results } = await similarityAcrossMethod.run(subject, settings, control);

  const averages = async (from: Subject, layer: string, weights: FeatureWeights): Promise<Matrix> => {
    const [found] = await from.features(weights, IMAGES, 'average', [layer]);
    assert.ok(found);
    return found;
  };
  const expected = async (peer: string, layer: string, weights: FeatureWeights): Promise<number> =>
    kernelAlignment(
      await averages(subject, layer, weights),
      await averages(subjectOf(peer), layer, weights),
      byTraces,
    );
  for (const layer of ['conv1', 'fire2/squeeze', 'fire6/expand3x3', 'conv10']) {
    const [toCell, ...more] = results.filter((each) => each.layer === layer && each.measure === 'cka');
    const [toSeeds] = results.filter((each) => each.layer === layer && each.measure === 'cka to other seeds');
    assert.ok(toCell && toSeeds && more.length === 0);
    assert.deepEqual(toCell.other, { run: other, layer });
    // CKA is made of 32-bit products
    near(toCell.value, await expected(other, layer, 'trained'), 1e-6);
    near(toCell.baselines['untrained'], await expected(other, layer, 'untrained'), 1e-6);
    near(toSeeds.value, await expected(seed, layer, 'trained'), 1e-6);
    assert.equal(toCell.baselines['other seeds'], toSeeds.value);
    // one other seed has no spread
    assert.equal(toSeeds.interval, null);
  }
  // cells of one seed begin with the same stem
  const stem = results.find(({ layer, measure }) => layer === 'conv1' && measure === 'cka');
  near(stem?.baselines['untrained'], 1, 1e-6);
});
