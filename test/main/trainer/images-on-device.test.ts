import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, mock, test } from 'node:test';
import type { z } from 'zod';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import type { Engine, EngineWithImages } from '../../../src-main/engine/engine.ts';
import { StepsACall } from '../../../src-main/engine/steps-a-call.ts';
import { Diverged } from '../../../src-main/trainer/failures.ts';
import { FusedGroups, type FusedMember } from '../../../src-main/trainer/fused-group.ts';
import { trainRun } from '../../../src-main/trainer/train-run.ts';
import { TrainingCache } from '../../../src-main/trainer/training-cache.ts';
import { ownOf } from '../../../src-shared/studies/in-one-step.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import type { RunSpecification, TrainingProgress } from '../../../src-shared/studies/trainer-protocol.ts';
import { TINY } from '../engine/networks.ts';
import { engine as chosen } from '../engine/test-engine.ts';
import { bitsOf, colours, lastTold, recorded, wentOnFrom } from './interrupted-run.ts';

const PER_EPOCH = 4;
const SEEDS = [4, 5];

const engine = chosen as EngineWithImages;
/** Threads make values of the images, as where no kernel of ours computes. */
const byHost: Engine = { ...engine, imagesFromBytes: null };
const onDevice: Engine = { ...engine, imagesFromBytes: engine.imagesOnDevice };
/** Steps of the calls that took several. */
const calls: number[] = [];
const severalSteps: Engine = { ...onDevice, recorder: countingCalls(engine.recorderOf(16)) };

function countingCalls(recorder: typeof engine.recorder): typeof engine.recorder {
  return (...of) => {
    const real = recorder(...of);
    return {
      ...real,
      compile: async (precision, mostSteps) => {
        const compiled = await real.compile(precision, mostSteps);
        const { several } = compiled;
        if (several === null) return compiled;
        const steps: typeof several.steps = (batches) => {
          if (batches.length > 1) calls.push(batches.length);
          return several.steps(batches);
        };
        return { ...compiled, several: { most: several.most, steps } };
      },
    };
  };
}

// a call takes as many steps as it may, however slow the machine is
mock.method(StepsACall.prototype, 'next', (most: number) => most);

const host = new TrainingCache(byHost);
const device = new TrainingCache(onDevice);
const several = new TrainingCache(severalSteps);

const root = mkdtempSync(join(tmpdir(), 'kindling-on-device-'));
let folders = 0;

before(() => {
  const data = { classes: ['red', 'green', 'blue', 'grey'], training: colours(40, 16, 1), source: 'a test' };
  writePrepared(join(root, 'data'), 'colours', { ...data, test: colours(24, 16, 2) });
});
after(() => rmSync(root, { recursive: true, force: true }));

type RecipeInput = z.input<typeof recipeSchema>;

function specification(
  seed: number,
  sr = 0.5,
  recipe: RecipeInput = {},
  record: Partial<RunSpecification['record']> = {},
): RunSpecification {
  return {
    ...{ run: `of seed ${seed}`, network: { ...TINY, sr, batchNorm: true, dropout: 0.3 }, seed },
    ...{ dataset: join(root, 'data', 'colours'), validationShare: 0.2, trainingLimit: 0 },
    recipe: recipeSchema.parse({
      ...{ epochs: 2, batch: 8, learningRate: 0.03, schedule: 'one-cycle' },
      ...{ augment: ['crop', 'flip', 'cutout'], cropPadding: 3, ...recipe },
    }),
    record: { checkpoints: 1, histograms: 3, ...record },
    artifacts: join(root, 'artifacts', String(folders++)),
    resumeSeconds: 60,
  };
}

class Stopped extends Error {}

/** @param isStopped asked at each pause with what was told */
async function train(
  asked: RunSpecification,
  cache: TrainingCache,
  member: FusedMember | null = null,
  isStopped: (said: readonly TrainingProgress[]) => boolean = () => false,
) {
  const said: TrainingProgress[] = [];
  const pause = (): Promise<void> =>
    isStopped(said) ? Promise.reject(new Stopped()) : new Promise((resolve) => setImmediate(resolve));
  const tell = (progress: TrainingProgress): void => void said.push(structuredClone(progress));
  const result = await trainRun(asked, { cache, member, tell, pause }).catch((error: unknown) => {
    if (error instanceof Stopped) return null;
    throw error;
  });
  member?.leave();
  return { asked, said, bits: result && bitsOf(said, result, asked.artifacts) };
}

/** @returns of each run its bits, or the step at which it has diverged */
async function together(
  cache: TrainingCache,
  recipes: readonly RecipeInput[],
  record: Partial<RunSpecification['record']> = {},
) {
  const groups = new FusedGroups();
  const asked = SEEDS.map((seed, place) => specification(seed, 0.5, recipes[place], record));
  const runs = asked.map(({ run }) => run);
  const fused = { runs, present: runs, own: ownOf(asked.map(({ recipe }) => recipe)) };
  const trained = asked.map((each) => {
    const member = groups.join({ ...each, fused }) ?? assert.fail();
    return train({ ...each, fused }, cache, member).then(
      ({ bits }) => bits,
      (error: unknown) => {
        if (!(error instanceof Diverged)) throw error;
        member.leave();
        return error.step;
      },
    );
  });
  return Promise.all(trained);
}

test('runs whose images lie on the device end with the bits of those whose images come from threads', async () => {
  // by turns, so that the images go from one program to the other and back
  for (const [seed, sr, precision] of [
    [4, 0.5, 'float32'],
    [4, 1, 'float32'],
    [5, 0.5, 'float32'],
    [5, 0.5, 'bfloat16'],
  ] as const) {
    if (precision === 'bfloat16' && engine.bfloat16 === null) continue;
    const expected = await train(specification(seed, sr, { precision }), host);
    for (const cache of [device, several]) {
      const found = await train(specification(seed, sr, { precision }), cache);
      const started = found.said.find((message) => message.type === 'started');
      assert.deepEqual([started?.mode, started?.modeReason], ['compiled', null]);
      assert.match(started?.images ?? '', /^on the device: \d+(\.\d+)? .?B$/);
      assert.ok(expected.said.every((message) => !('images' in message)));
      assert.deepEqual(found.bits, expected.bits, `seed ${seed}, SR ${sr}, ${precision}`);
    }
  }
  assert.ok(calls.length > 0, 'some calls have taken several steps');
});

/** After the second of the steps that may be taken in one call, where nothing is looked at. */
function inTheMiddle(): (said: readonly TrainingProgress[]) => boolean {
  let pauses = 0;
  const lookedAt = (said: readonly TrainingProgress[]): number =>
    said.filter(({ type }) => type === 'histograms').length;
  return (said) => lookedAt(said) === 2 && ++pauses === 2;
}

test('stopped in an epoch they go on to the same bits, in a trainer that is new to them', async () => {
  const whole = await train(specification(4), host);
  assert.ok(whole.bits);
  for (const [before, after] of [
    [device, severalSteps],
    [several, onDevice],
  ] as const) {
    const asked = specification(4);
    const { said } = await train(asked, before, null, inTheMiddle());
    const goOn = { upTo: lastTold(said), how: 'exact' } as const;
    const next = await train({ ...asked, goOn }, new TrainingCache(after));
    const from = wentOnFrom(next.said).step;
    assert.ok(from > PER_EPOCH && from < 2 * PER_EPOCH, String(from));
    const steps = recorded(said, next.said).flatMap((message) =>
      message.type === 'steps' ? message.points : [],
    );
    assert.deepEqual(
      steps.map(({ step, loss }) => [step, loss]),
      whole.bits.steps.map(({ step, loss }) => [step, loss]),
    );
    const { result, weights } = next.bits ?? assert.fail();
    assert.deepEqual([result, weights], [whole.bits.result, whole.bits.weights]);
  }
});

test('fused, each run has its images, and looks at its own steps', async () => {
  const recipes = [{}, { epochs: 1 }];
  const expected = await together(host, recipes);
  assert.deepEqual(await together(device, recipes), expected);
  assert.deepEqual(await together(several, recipes), expected);
});

test('a run that diverges in the middle of a call ends at its step, and the other goes on', async () => {
  const of = [[{}, { learningRate: 1e15 }], { histograms: 0 }] as const;
  const expected = await together(device, ...of);
  assert.equal(expected[1], 3, 'of the steps 2 to 4, which are one call');
  assert.deepEqual(await together(several, ...of), expected);
});
