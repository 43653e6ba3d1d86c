import assert from 'node:assert/strict';
import { test } from 'node:test';
import { guidedBackpropagationMethod } from '../../../../src-main/analysis/methods/guided-backpropagation/index.ts';
import { runMethod } from '../../../../src-main/analysis/methods/registry.ts';
import { saliencyRandomizationMethod } from '../../../../src-main/analysis/methods/saliency-randomization/index.ts';
import { SALIENCY_METHODS } from '../../../../src-main/analysis/methods/saliency-randomization/saliency-method.ts';
import type { WeightValues } from '../../../../src-main/analysis/subject.ts';
import { resultsOf, valueOf } from '../run-method.ts';
import { GUIDED_CAUTION } from '../../../../src-main/analysis/pictures/guided-caution.ts';
import { CONTROL, smallSubject } from '../small-subject.ts';
import { threeConvolutions } from '../three-convolutions.ts';

const FEW = { images: 10, steps: 4 };
const graph = threeConvolutions(12, 5);
const CASCADE = ['d', 'c3', 'c2', 'c1'];

test('layers become random from the last one back, and stay so', async () => {
  const subject = smallSubject(graph);
  const trained = subject.weights('last');
  const drawn = subject.freshWeights(0);
  const freshWeights = (): WeightValues =>
    new Map([...trained, ...[...drawn].filter(([name]) => name.startsWith('c3/'))]);
  const results = await resultsOf(saliencyRandomizationMethod, Object.assign(subject, { freshWeights }), FEW);
  for (const method of SALIENCY_METHODS) {
    const own = results.filter(({ measure }) => measure === method);
    assert.deepEqual(
      own.map(({ layer }) => layer),
      CASCADE,
    );
    const [before, changed, ...after] = own.map(({ value }) => value);
    assert.equal(before, 1);
    assert.ok(changed !== null && changed !== undefined && changed < 0.9, `${changed}`);
    assert.deepEqual(after, [changed, changed]);
  }
});

test('maps are the less alike, the more layers have changed', async () => {
  const subject = smallSubject(graph);
  const trained = subject.weights('last');
  const drawn = subject.freshWeights(0);
  // not as far from the trained ones as random weights, after the first of which little would be left to lose
  const freshWeights = (): WeightValues =>
    new Map(
      [...trained].map(([name, values]) => [
        name,
        values.map((value, at) => value + 0.2 * (drawn.get(name)?.[at] ?? NaN)),
      ]),
    );
  const results = await resultsOf(saliencyRandomizationMethod, Object.assign(subject, { freshWeights }), FEW);
  for (const method of SALIENCY_METHODS) {
    const values = CASCADE.map((layer) => valueOf(results, layer, method) ?? NaN);
    assert.deepEqual(
      values,
      values.toSorted((a, b) => b - a),
      method,
    );
  }
});

test('guided backpropagation stands beside that of the untrained network, and its caution in every caption', async () => {
  const subject = smallSubject(graph);
  const asked = { shown: 4, layers: 'c1 c3' };
  const { files } = await runMethod(guidedBackpropagationMethod, subject, asked, CONTROL);
  assert.deepEqual(
    files.map(({ layer }) => layer),
    [null, 'c1', 'c3'],
  );
  assert.ok(files.every(({ title }) => title.endsWith(GUIDED_CAUTION)));
  assert.ok(guidedBackpropagationMethod.about.endsWith(GUIDED_CAUTION));
  const likeness = async (untrainedWeights: () => WeightValues): Promise<unknown[]> => {
    const results = await resultsOf(
      guidedBackpropagationMethod,
      Object.assign(subject, { untrainedWeights }),
      asked,
    );
    return results.map(({ value }) => value);
  };
  assert.deepEqual(await likeness(() => subject.weights('last')), [1, 1, 1]);
  const others = await likeness(() => subject.freshWeights(3));
  assert.ok(
    others.every((value) => typeof value === 'number' && value < 0.95),
    others.join(', '),
  );
});
