import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jointLesionMethod } from '../../../../src-main/analysis/methods/joint-lesion/index.ts';
import { partsNamed } from '../../../../src-main/analysis/methods/joint-lesion/parts-named.ts';
import { lesionMethod } from '../../../../src-main/analysis/methods/lesion/index.ts';
import { shapleyMethod } from '../../../../src-main/analysis/methods/shapley/index.ts';
import { mcnemarTest } from '../../../../src-shared/statistics/mcnemar-test.ts';
import { graphOf, TINY } from '../../engine/networks.ts';
import { near, resultsOf, valueOf } from '../run-method.ts';
import { smallSubject } from '../small-subject.ts';

const IMAGES = 120;
const ON_TEST = { images: IMAGES, part: 'test' } as const;

test('without one branch it is the branch ablation, for each replacement', async () => {
  const subject = smallSubject(graphOf({ ...TINY, batchNorm: true, bypass: 'simple' }, 16));
  const single = await resultsOf(lesionMethod, subject, { images: IMAGES });
  for (const [replacement, kind] of [
    ['mean', ''],
    ['zero', '-zero'],
    ['resample', '-resample'],
  ] as const)
    for (const without of ['fire2/expand3x3', 'fire3/bypass', 'fire3']) {
      const results = await resultsOf(jointLesionMethod, subject, { ...ON_TEST, without, replacement });
      for (const measure of ['accuracy-lost', 'loss-added']) {
        const expected = valueOf(single, without, `${measure}${kind}`) ?? NaN;
        // the means are summed in another order
        near(valueOf(results, null, measure), expected, 1e-5);
      }
    }
});

test('without all expand layers it is the empty coalition of Shapley values', async () => {
  const graph = graphOf(TINY, 16);
  const subject = smallSubject(graph);
  const without = graph.layers.filter(({ role }) => role.startsWith('expand')).map(({ name }) => name);
  const results = await resultsOf(jointLesionMethod, subject, { ...ON_TEST, without: without.join(',') });
  const shapley = await resultsOf(shapleyMethod, subject, { images: IMAGES, permutations: 2 });
  near(valueOf(results, null, 'accuracy-ablated'), valueOf(shapley, null, 'accuracy-none') ?? NaN, 1e-9);
  near(valueOf(results, null, 'accuracy-intact'), valueOf(shapley, null, 'accuracy-all') ?? NaN, 1e-9);
});

test('accuracies, counts and p agree with each other; without parts nothing changes; the validation part has other images', async () => {
  const subject = smallSubject(graphOf({ ...TINY, bypass: 'complex' }, 16));
  const without = 'fire2/squeeze fire5, conv10';
  const results = await resultsOf(jointLesionMethod, subject, {
    images: IMAGES,
    without,
    replacement: 'zero',
  });
  const value = (measure: string): number => valueOf(results, null, measure) ?? NaN;
  const [gone, come] = [value('only-intact'), value('only-ablated')];
  assert.ok(gone + come > 0);
  near(value('accuracy-intact') - value('accuracy-ablated'), (gone - come) / IMAGES, 1e-12);
  near(value('accuracy-lost'), (gone - come) / IMAGES, 1e-12);
  assert.equal(value('p'), mcnemarTest(gone, come)?.p);
  assert.deepEqual(results[0]?.settings, {
    ...{ without: 'conv10 fire2/squeeze fire5', part: 'validation', replacement: 'zero' },
    ...{ images: IMAGES, batchNorm: 'none' },
  });
  const onTest = await resultsOf(jointLesionMethod, subject, { ...ON_TEST, without, replacement: 'zero' });
  assert.notEqual(valueOf(onTest, null, 'loss-added'), value('loss-added'));
  const nothing = await resultsOf(jointLesionMethod, subject, ON_TEST);
  assert.equal(valueOf(nothing, null, 'loss-added'), 0);
  assert.equal(valueOf(nothing, null, 'p'), 1);
});

test('what is no part of the network, or all of it, is refused by name', () => {
  const graph = graphOf({ ...TINY, bypass: 'simple' }, 16);
  assert.throws(() => partsNamed(graph, ['fire2/expand']), {
    code: 'usage',
    message: /no branch, layer or module fire2\/expand \(did you mean/,
  });
  assert.throws(() => partsNamed(graph, ['input']), {
    code: 'usage',
    message: /input is the network’s input/,
  });
  assert.throws(() => partsNamed(graph, ['pool10']), {
    code: 'usage',
    message: /pool10 is the network’s answer/,
  });
  assert.deepEqual(partsNamed(graphOf(TINY, 16), ['fire2', 'conv1']).layers, [
    'fire2/concatenation',
    'conv1',
  ]);
  assert.deepEqual(partsNamed(graph, ['fire3']).sources, ['fire3/concatenation']);
});
