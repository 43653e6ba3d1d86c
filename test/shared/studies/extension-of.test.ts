import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { z } from 'zod';
import { extensionOf } from '../../../src-shared/studies/extension-of.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';

type Fields = z.input<typeof recipeSchema>;

const CASES: readonly (readonly [before: Fields, after: Fields, why: RegExp | null])[] = [
  [{ epochs: 10, schedule: 'constant' }, { epochs: 20, schedule: 'constant' }, null],
  [{ epochs: 10, schedule: 'constant', warmup: 2 }, { epochs: 11, schedule: 'constant', warmup: 2 }, null],
  [
    { epochs: 10, schedule: 'step', milestones: [5, 15], gamma: 0.1 },
    { epochs: 20, schedule: 'step', milestones: [5, 15], gamma: 0.1 },
    null,
  ],
  // a milestone that comes only now changes no step that was taken
  [
    { epochs: 10, schedule: 'step', milestones: [5] },
    { epochs: 20, schedule: 'step', milestones: [5, 15] },
    /^training\.milestones differs$/,
  ],
  // fields of another optimizer count nothing
  [
    { epochs: 1, schedule: 'constant', optimizer: 'sgd', rho: 0.9 },
    { epochs: 2, schedule: 'constant', optimizer: 'sgd', rho: 0.8 },
    null,
  ],
  // all of the first training is warm-up, which is as long as it
  [
    { epochs: 2, schedule: 'constant', warmup: 5 },
    { epochs: 20, schedule: 'constant', warmup: 5 },
    /^the learning rate of the warm-up depends on the number of epochs: in epoch 1 it was /,
  ],
  ...(['cosine', 'linear', 'one-cycle'] as const).map(
    (schedule) =>
      [
        { epochs: 10, schedule },
        { epochs: 20, schedule },
        new RegExp(
          `^the learning rate of the schedule ${schedule} depends on the number of epochs: in epoch 1 it was \\S+ of 10 epochs, and would be \\S+ of 20$`,
        ),
      ] as const,
  ),
  [
    { epochs: 10, schedule: 'constant' },
    { epochs: 10, schedule: 'constant' },
    /^it has 10 epochs, no more than the 10 that were trained$/,
  ],
  [
    { epochs: 10, schedule: 'constant', weightDecay: 0, batch: 32 },
    { epochs: 20, schedule: 'constant', weightDecay: 0.1, batch: 64 },
    /^training\.batch, training\.weightDecay differs$/,
  ],
];

for (const [before, after, why] of CASES)
  test(`from ${JSON.stringify(before)} to ${JSON.stringify(after)}: ${why === null ? 'goes on' : 'begins anew'}`, () => {
    const extension = extensionOf(recipeSchema.parse(before), recipeSchema.parse(after));
    assert.equal(extension.allowed, why === null);
    if (!extension.allowed) assert.match(extension.why, why ?? /never/);
  });
