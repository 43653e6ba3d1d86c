import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cyclicOutcomes, saveOutcomes } from '../../fixtures/save-outcomes.ts';
import { analyzedStore, writeImages } from '../analysis/analyzed-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { readDescription } from '../../../src-main/datasets/description-file.ts';
import { parseNetwork } from '../../../src-shared/networks/parse-network.ts';
import { usualPreprocessing } from '../../../src-shared/networks/preprocessing.ts';
import { kindling } from './command-line.ts';

/** An imported network of the images of the runs, without its weights. @returns its id */
function addNetwork(store: Store, classes: readonly string[]): string {
  const name = 'imported';
  const id = store.beginNetwork(name);
  const input = [16, 16, 3] as const;
  store.addNetwork({
    ...{ id, name, createdAt: new Date().toISOString(), source: { file: 'a.pt', format: 'PyTorch' } },
    ...{ description: parseNetwork({ family: 'squeezenet' }), input, classes, wordnetIds: null },
    ...{ preprocessing: usualPreprocessing(input), setAt: null },
    ...{ file: 'network.safetensors', bytes: 5, sha256: 'abc' },
  });
  return id;
}

test('what a run gets wrong, and what changes sides, is told and written as pictures', (context) => {
  const { store, folder, dataRoot, runs, others, waiting } = analyzedStore(context);
  const [first] = runs;
  const [second] = others;
  saveOutcomes(store, first, cyclicOutcomes({ images: 60, classes: 3, wrong: 4 }, 1));
  saveOutcomes(store, second, cyclicOutcomes({ images: 60, classes: 3, wrong: 6 }, 2));
  const run = (...parameters: string[]) => kindling(['run', ...parameters], { KINDLING_HOME: folder });
  const json = (...parameters: string[]): unknown => {
    const { status, stdout, stderr } = run(...parameters, '--json');
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  };

  const all = json('mistakes', first) as { misclassified: number; shown: { image: number }[] };
  assert.deepEqual([all.misclassified, all.shown.length, all.shown[0]?.image], [15, 15, 56]);
  const few = run('mistakes', first, '--true', 'A', '--predicted', '1', '--limit', '2');
  assert.match(few.stdout, /^image +true class +predicted class +loss\n +48 +a +b +49\.00\n +36 +a +b/);
  assert.match(
    few.stdout,
    /^2 of 5 images shown, the highest loss first; 15 of 60 .* misclassified \(25\.00 %\)/m,
  );
  assert.match(run('mistakes', first, '--true', 'z').stderr, /no class "z"/);
  assert.match(run('mistakes', waiting).stderr, /only a complete run/);

  const output = join(folder, 'out/wrong');
  assert.equal(run('mistakes', first, '--true', 'a', '--output', output).status, 0);
  const [picture] = readdirSync(output);
  assert.equal(picture, '0001-image-48-a-b.png');
  const table = readFileSync(join(output, 'images.csv'), 'utf8');
  assert.match(table, /^picture,file,image,true,predicted,loss\n0001-image-48-a-b\.png,,48,a,b,49\n/);
  assert.match(run('mistakes', first, '--output', output).stderr, /is there already/);

  // of 60 images the first gets each fourth wrong, the second each sixth
  const changes = json('changes', first, second, '--right', first) as Record<string, unknown>;
  const { bothRight, onlyFirst, onlySecond, bothWrong, matching } = changes;
  assert.deepEqual([bothRight, onlyFirst, onlySecond, bothWrong, matching], [40, 5, 10, 5, 5]);
  // an imported network beside a run is looked at on the run's data set, whose images must fit
  const network = addNetwork(store, ['a', 'b', 'c']);
  const told = run('changes', first, second, '--true', 'b').stdout;
  assert.match(told, /15 images change sides; McNemar’s exact test p = 0\.302, mid-p = 0\.210\./);
  // accuracies are 75 % and 83 %
  assert.match(
    told,
    /a difference of −8\.33 percentage points\.\nOver the images −\S+ to \S+ \(95 %, paired bootstrap/,
  );
  const [, third] = runs;
  const [, fourth] = others;
  saveOutcomes(store, third, cyclicOutcomes({ images: 60, classes: 3, wrong: 3 }, 1));
  saveOutcomes(store, fourth, cyclicOutcomes({ images: 60, classes: 3, wrong: 6 }, 2));
  const { cells, overImages } = json('changes', first, second, '--cells') as {
    readonly cells: {
      readonly runs: unknown;
      readonly difference: number;
      readonly overSeeds: { method: string };
    };
    readonly overImages: { readonly resamples: number };
  };
  assert.deepEqual(cells.runs, [runs, others]);
  // means of 75 and 67 % and of 83 and 83 %
  assert.ok(Math.abs(cells.difference + 0.125) < 1e-12);
  assert.deepEqual([cells.overSeeds.method, overImages.resamples], ['paired', 2000]);
  assert.match(
    run('changes', first, second, '--cells').stdout,
    /\nSR = 0\.5 70\.83 %, SR = 1 83\.33 %: .*\nOver the images .* the same trainings\.\nOver the seeds .* n = 2, p/,
  );
  for (const [parameters, message] of [
    [[first, third, '--cells'], /are runs of one cell/],
    [[first, first], /named twice/],
    [[first, 'none'], /no run "none"/],
    [[first, second, '--right', 'x'], /--right x: name one of the two/],
    [[network, 'imported', '--images', 'shapes'], /named twice/],
    [[first, 'imported'], /imported takes 16x16x3 images, those of shapes are 32x32x3/],
    [[first, second, '--images', 'none'], /analysed on the data set of its training, shapes/],
  ] as const)
    assert.match(run('changes', ...parameters).stderr, message);

  // the images were replaced: what was found stays, without names and pictures
  writeImages(dataRoot, 7);
  assert.match(run('mistakes', first, '--limit', '1').stdout, /56 +class 2 +class 0/);
  const gone = join(folder, 'out/gone');
  const refused = run('mistakes', first, '--output', gone);
  assert.deepEqual([refused.status, existsSync(gone)], [1, false]);
  assert.match(refused.stderr, /shapes is no longer there, or is not the one that was tested on/);
});

test('a run and an imported network are compared on the run’s data set, whatever order the classes have', (context) => {
  const { store, folder, dataRoot, runs } = analyzedStore(context, 'pictures');
  const [first] = runs;
  const network = addNetwork(store, ['c', 'a', 'd', 'b']);
  const outputs = [1, 3, 0];
  const { hash } = readDescription(join(dataRoot, 'pictures'));
  saveOutcomes(store, first, cyclicOutcomes({ images: 60, classes: 3, wrong: 4 }, 1));
  const ofNetwork = cyclicOutcomes({ images: 60, classes: 3, wrong: 6 }, 2).map((outcome) => ({
    ...outcome,
    truth: outputs[outcome.truth] ?? NaN,
    predicted: outputs[outcome.predicted] ?? NaN,
  }));
  saveOutcomes(store, network, ofNetwork, { data: 'pictures', dataHash: hash });
  const changes = (...parameters: string[]) =>
    kindling(['run', 'changes', ...parameters], { KINDLING_HOME: folder });
  const { stdout, stderr, status } = changes(first, 'imported', '--right', 'imported', '--json');
  assert.equal(status, 0, stderr);
  const { bothRight, onlyFirst, onlySecond, bothWrong, matching } = JSON.parse(stdout) as Record<
    string,
    unknown
  >;
  assert.deepEqual([bothRight, onlyFirst, onlySecond, bothWrong, matching], [40, 5, 10, 5, 10]);
  const turned = changes('imported', first, '--true', 'b');
  assert.match(turned.stdout, /15 images change sides; McNemar’s exact test p = 0\.302/);
  assert.match(turned.stdout, /among 4 classes/);
});
