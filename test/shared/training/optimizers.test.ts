import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';
import { readStudy } from '../../../src-shared/studies/read-study.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import {
  OPTIMIZERS,
  optimizerFields,
  optimizerNamed,
  optimizerNames,
} from '../../../src-shared/training/optimizers/registry.ts';

const HEAD = 'study: s\ndataset: shapes\nnetwork: { family: squeezenet, stem: small }\n';

function mistakesIn(rest: string): string[] {
  const reading = readStudy(HEAD + rest);
  return reading.ok ? [] : reading.mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

test('optimizers and their fields are those of the recipe, in one order', () => {
  assert.deepEqual(recipeSchema.shape.optimizer.def.innerType.options, optimizerNames);
  assert.equal(new Set(OPTIMIZERS.map(({ order }) => order)).size, OPTIMIZERS.length);
  assert.deepEqual(
    Object.keys(recipeSchema.shape).filter((name) => Object.hasOwn(optimizerFields, name)),
    Object.keys(optimizerFields),
  );
});

test('a rule keeps what it says, and what an optimizer normalizes is part of its state', () => {
  for (const { name, rule, normalized } of OPTIMIZERS) {
    const { slots } = rule({});
    for (const vector of normalized)
      assert.ok(['parameters', ...slots].includes(vector), `${name}: ${vector}`);
    assert.ok(!slots.some((slot) => slot === 'parameters' || slot === 'statistics'), name);
  }
});

test('an unknown optimizer is refused with the nearest name, and trains nothing', () => {
  assert.throws(() => parseStudy(`${HEAD}training: { optimizer: adma }`, 's.yaml'), /did you mean adam\?/);
  for (const name of ['adma', 'toString', ''])
    assert.throws(
      () => optimizerNamed(name as 'adam'),
      (error) => error instanceof Error && error.message === `there is no optimizer "${name}"`,
    );
});

test('a field of another optimizer is refused where it stands', () => {
  const foreign = 'this is a setting of sgd, but the optimizer is adam; leave it out.';
  assert.deepEqual(mistakesIn('training: { optimizer: adam, nesterov: false }'), [
    `training.nesterov: ${foreign}`,
  ]);
  assert.deepEqual(mistakesIn('training: { beta1: 0.5 }'), [
    'training.beta1: this is a setting of adam and adamw, but the optimizer is sgd; leave it out.',
  ]);
  const cells =
    'cells: [{ training.optimizer: adam, training.nesterov: false }, { training.nesterov: false }]';
  assert.deepEqual(mistakesIn(cells), [`cells.0.training.nesterov: ${foreign}`]);
  const [mistake = ''] = mistakesIn(
    'vary: { training.optimizer: [sgd, adam], training.nesterov: [true, false] }\ntraining: { beta1: 0.8 }',
  );
  assert.match(mistake, /^vary\.training\.nesterov\.0: in the cell .*this is a setting of sgd/);
});

test('where optimizers vary, each cell takes the fields of its own', () => {
  assert.deepEqual(
    mistakesIn('vary: { training.optimizer: [sgd, adam] }\ntraining: { nesterov: false, beta1: 0.8 }'),
    [],
  );
  const sgd = 'cells: [{ training.optimizer: sgd, training.nesterov: false }, { training.optimizer: adamw }]';
  assert.deepEqual(mistakesIn(sgd), []);
});
