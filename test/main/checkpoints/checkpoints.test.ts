import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Checkpoints } from '../../../src-main/checkpoints/checkpoints.ts';
import { readSafetensors } from '../../../src-main/checkpoints/safetensors.ts';
import { composedOperations } from '../../../src-main/engine/composed-operations.ts';
import { initialState } from '../../../src-main/engine/initial-state.ts';
import { createTrainingProgram, programRecipe } from '../../../src-main/engine/training-program.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { graphOf, TINY } from '../engine/networks.ts';
import { temporaryFolder } from '../store/sample-study.ts';

const recipe = programRecipe(recipeSchema.parse({ batch: 4 }));
const program = createTrainingProgram(graphOf(TINY, 16), recipe, composedOperations);

test('training goes on while checkpoints are written: of one kind the last counts, with the values that it was given', async (context) => {
  const folder = temporaryFolder(context);
  const checkpoints = new Checkpoints(folder, program, { run: 'r' });
  const states = [1, 2, 3].map((seed) => initialState(program, seed));
  const expected = initialState(program, 3)[0];
  for (const [step, state] of states.entries()) {
    await checkpoints.write('best', state, step);
    // the training goes on in the same memory
    for (const vector of state) vector.fill(7);
  }
  await checkpoints.writeOptimizer(initialState(program, 1), 3);
  await checkpoints.settled();
  assert.deepEqual(readdirSync(folder).sort(), ['best.safetensors', 'optimizer.safetensors']);
  const { tensors, metadata } = readSafetensors(join(folder, 'best.safetensors'));
  assert.equal(metadata['step'], '2');
  for (const { weight, offset, size } of program.layout.parameters)
    assert.deepEqual(
      tensors.find(({ name }) => name === weight.name)?.values,
      expected?.slice(offset, offset + size),
    );
  for (const { file, sha256, bytes } of checkpoints.artifacts) {
    const content = readFileSync(join(folder, file));
    assert.deepEqual([content.length, createHash('sha256').update(content).digest('hex')], [bytes, sha256]);
  }
});

test(
  'a full disk is told at once',
  { skip: !existsSync('/dev/full') && 'no /dev/full here' },
  async (context) => {
    const folder = temporaryFolder(context);
    symlinkSync('/dev/full', join(folder, 'last.safetensors'));
    const checkpoints = new Checkpoints(folder, program, {});
    await assert.rejects(checkpoints.write('last', initialState(program, 1), 0), { code: 'disk-full' });
    assert.deepEqual(checkpoints.artifacts, []);
  },
);

test('what the disk does not take afterwards is told by the next write of the file, and at the end', async (context) => {
  const folder = join(temporaryFolder(context), 'run');
  const checkpoints = new Checkpoints(folder, program, {});
  await checkpoints.write('best', initialState(program, 1), 0);
  renameSync(folder, `${folder} gone`);
  await assert.rejects(checkpoints.settled(), { code: 'ENOENT' });
  await assert.rejects(checkpoints.write('best', initialState(program, 1), 1), { code: 'ENOENT' });
});
