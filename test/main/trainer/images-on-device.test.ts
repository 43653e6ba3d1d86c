import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import type { TensorFlowEngine } from '../../../src-main/engine/engines/tensorflow/open.ts';
import { FusedGroups, type FusedMember } from '../../../src-main/trainer/fused-group.ts';
import { trainRun } from '../../../src-main/trainer/train-run.ts';
import { TrainingCache } from '../../../src-main/trainer/training-cache.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import type { RunSpecification, TrainingProgress } from '../../../src-shared/studies/trainer-protocol.ts';
import { TINY } from '../engine/networks.ts';
import { engine as chosen } from '../engine/test-engine.ts';
import { bitsOf, colours, lastTold, recorded, wentOnFrom } from './interrupted-run.ts';

const PER_EPOCH = 4;
const SEEDS = [4, 5];

const engine = chosen as TensorFlowEngine;
/** Threads make values of the images, as where no kernel of ours computes. */
const byHost: Engine = { ...engine, imagesFromBytes: null };
const onDevice: Engine = { ...engine, imagesFromBytes: engine.imagesOnDevice };

const root = mkdtempSync(join(tmpdir(), 'kindling-on-device-'));
let folders = 0;

before(() => {
  const data = { classes: ['red', 'green', 'blue', 'grey'], training: colours(40, 16, 1), source: 'a test' };
  writePrepared(join(root, 'data'), 'colours', { ...data, test: colours(24, 16, 2) });
});
after(() => rmSync(root, { recursive: true, force: true }));

function specification(seed: number, sr = 0.5): RunSpecification {
  return {
    ...{ run: `of seed ${seed}`, network: { ...TINY, sr, batchNorm: true, dropout: 0.3 }, seed },
    ...{ dataset: join(root, 'data', 'colours'), validationShare: 0.2, trainingLimit: 0 },
    recipe: recipeSchema.parse({
      ...{ epochs: 2, batch: 8, learningRate: 0.03, schedule: 'one-cycle' },
      ...{ augment: ['crop', 'flip', 'cutout'], cropPadding: 3 },
    }),
    record: { checkpoints: 1, histograms: 3 },
    artifacts: join(root, 'artifacts', String(folders++)),
    resumeSeconds: 60,
  };
}

class Stopped extends Error {}

/** @param stopAt points told at which it is stopped */
async function train(
  asked: RunSpecification,
  cache: TrainingCache,
  member: FusedMember | null = null,
  stopAt = Infinity,
) {
  const said: TrainingProgress[] = [];
  const pause = (): Promise<void> =>
    lastTold(said) >= stopAt
      ? Promise.reject(new Stopped())
      : new Promise((resolve) => setImmediate(resolve));
  const tell = (progress: TrainingProgress): void => void said.push(structuredClone(progress));
  const result = await trainRun(asked, { cache, member, tell, pause }).catch((error: unknown) => {
    if (error instanceof Stopped) return null;
    throw error;
  });
  member?.leave();
  return { asked, said, bits: result && bitsOf(said, result, asked.artifacts) };
}

async function together(cache: TrainingCache) {
  const groups = new FusedGroups();
  const asked = SEEDS.map((seed) => specification(seed));
  const runs = asked.map(({ run }) => run);
  const fused = { runs, present: runs, ownRates: false };
  const trained = asked.map((each) => {
    const member = groups.join({ ...each, fused }) ?? assert.fail();
    return train({ ...each, fused }, cache, member);
  });
  return (await Promise.all(trained)).map(({ bits }) => bits);
}

test('runs whose images lie on the device end with the bits of those whose images come from threads', async () => {
  const [host, device] = [new TrainingCache(byHost), new TrainingCache(onDevice)];
  // by turns, so that the images go from one program to the other and back
  for (const [seed, sr] of [
    [4, 0.5],
    [4, 1],
    [5, 0.5],
  ] as const) {
    const [expected, found] = [
      await train(specification(seed, sr), host),
      await train(specification(seed, sr), device),
    ];
    const started = found.said.find((message) => message.type === 'started');
    assert.deepEqual([started?.mode, started?.modeReason], ['compiled', null]);
    assert.deepEqual(found.bits, expected.bits, `seed ${seed}, SR ${sr}`);
  }
});

test('stopped in an epoch they go on to the same bits, in a trainer that is new to them', async () => {
  const asked = specification(4);
  const { said } = await train(asked, new TrainingCache(onDevice), null, PER_EPOCH + 1);
  const goOn = { upTo: lastTold(said), how: 'exact' } as const;
  const next = await train({ ...asked, goOn }, new TrainingCache(onDevice));
  assert.ok(wentOnFrom(next.said).step > PER_EPOCH);
  const whole = await train(specification(4), new TrainingCache(byHost));
  const result = next.said.length > 0 && next.bits;
  assert.ok(result);
  const steps = recorded(said, next.said).flatMap((message) =>
    message.type === 'steps' ? message.points : [],
  );
  assert.deepEqual(
    steps.map(({ step, loss }) => [step, loss]),
    whole.bits?.steps.map(({ step, loss }) => [step, loss]),
  );
  assert.deepEqual([result.result, result.weights], [whole.bits?.result, whole.bits?.weights]);
});

test('fused, each run has its images', async () => {
  assert.deepEqual(await together(new TrainingCache(onDevice)), await together(new TrainingCache(byHost)));
});
