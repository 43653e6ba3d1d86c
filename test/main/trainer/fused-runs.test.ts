import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { z } from 'zod';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { Diverged } from '../../../src-main/trainer/failures.ts';
import { FusedGroups, type FusedMember } from '../../../src-main/trainer/fused-group.ts';
import { trainRun } from '../../../src-main/trainer/train-run.ts';
import { TrainingCache } from '../../../src-main/trainer/training-cache.ts';
import { ownOf } from '../../../src-shared/studies/in-one-step.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import type {
  RunResult,
  RunSpecification,
  TrainingProgress,
} from '../../../src-shared/studies/trainer-protocol.ts';
import { TINY } from '../engine/networks.ts';
import { engine } from '../engine/test-engine.ts';
import { bitsOf, colours, lastTold, recorded, wentOnFrom } from './interrupted-run.ts';

const SEEDS = [4, 5, 6];
const PER_EPOCH = 4;
const STEPS = 2 * PER_EPOCH;
/** Of losses, relative: those of the first steps, and all, as differences of rounding grow; seen: 6e-6 after eight steps. */
const FIRST_TOLERANCE = 1e-5;
const TOLERANCE = 1e-4;

const root = mkdtempSync(join(tmpdir(), 'kindling-fused-'));
const cache = new TrainingCache(engine);
let folders = 0;

before(() => {
  const data = { classes: ['red', 'green', 'blue', 'grey'], training: colours(40, 16, 1), source: 'a test' };
  writePrepared(join(root, 'data'), 'colours', { ...data, test: colours(24, 16, 2) });
});
after(() => rmSync(root, { recursive: true, force: true }));

type RecipeInput = z.input<typeof recipeSchema>;

function specification(seed: number, recipe: RecipeInput = {}): RunSpecification {
  return {
    ...{ run: `of seed ${seed}`, network: { ...TINY, batchNorm: true, dropout: 0.3 }, seed },
    ...{ dataset: join(root, 'data', 'colours'), validationShare: 0.2, trainingLimit: 0 },
    recipe: recipeSchema.parse({
      ...{ epochs: STEPS / PER_EPOCH, batch: 8, learningRate: 0.03, schedule: 'one-cycle' },
      ...{ augment: ['crop', 'flip', 'cutout'], cropPadding: 1, ...recipe },
    }),
    record: { checkpoints: 1, histograms: 3 },
    artifacts: join(root, 'artifacts', String(folders++)),
    resumeSeconds: 60,
  };
}

class Stopped extends Error {}

interface Trained {
  readonly asked: RunSpecification;
  readonly said: readonly TrainingProgress[];
  /** Null where it was stopped or has diverged. */
  readonly bits: ReturnType<typeof bitsOf> | null;
  readonly result: RunResult | null;
  readonly error: unknown;
}

/** @param isStopped asked with what the run has told */
async function train(
  asked: RunSpecification,
  member: FusedMember | null = null,
  isStopped: (said: readonly TrainingProgress[]) => boolean = () => false,
): Promise<Trained> {
  const said: TrainingProgress[] = [];
  const pause = (): Promise<void> =>
    isStopped(said) ? Promise.reject(new Stopped()) : new Promise((resolve) => setImmediate(resolve));
  const tell = (progress: TrainingProgress): void => void said.push(structuredClone(progress));
  try {
    const result = await trainRun(asked, { cache, member, tell, pause });
    return { asked, said, result, bits: bitsOf(said, result, asked.artifacts), error: null };
  } catch (error) {
    return { asked, said, result: null, bits: null, error };
  } finally {
    member?.leave();
  }
}

/** Runs of these seeds in one step each. */
async function trainTogether(
  recipe: RecipeInput | ((place: number) => RecipeInput) = {},
  how: (member: FusedMember, place: number) => FusedMember = (member) => member,
  isStopped: IsStopped = () => () => false,
): Promise<Trained[]> {
  const asked = SEEDS.map((seed, place) =>
    specification(seed, typeof recipe === 'function' ? recipe(place) : recipe),
  );
  const fused = {
    runs: asked.map(({ run }) => run),
    present: asked.map(({ run }) => run),
    own: ownOf(asked.map((each) => each.recipe)),
  };
  return trainGroup(
    asked.map((each) => ({ ...each, fused })),
    how,
    isStopped,
  );
}

type IsStopped = (place: number) => (said: readonly TrainingProgress[]) => boolean;

async function trainGroup(
  asked: readonly RunSpecification[],
  how: (member: FusedMember, place: number) => FusedMember,
  isStopped: IsStopped,
): Promise<Trained[]> {
  const groups = new FusedGroups();
  const members = asked.map((each) => groups.join(each) ?? assert.fail());
  return Promise.all(
    asked.map((each, place) => train(each, how(members[place] ?? assert.fail(), place), isStopped(place))),
  );
}

/** Those of a group that go on. */
function goOn(of: readonly Trained[]): Promise<Trained[]> {
  const present = of.map(({ asked }) => asked.run);
  const asked = of.map(({ asked: before, said }): RunSpecification => ({
    ...before,
    fused: { ...(before.fused ?? assert.fail()), present },
    goOn: { upTo: lastTold(said), how: 'exact' },
  }));
  return trainGroup(
    asked,
    (member) => member,
    () => () => false,
  );
}

function bitsIn({ bits, error }: Trained) {
  if (bits === null) throw error;
  return bits;
}

const pointsTold = (said: readonly TrainingProgress[]): number =>
  said.reduce((sum, message) => sum + (message.type === 'steps' ? message.points.length : 0), 0);

function assertClose(
  found: readonly number[],
  expected: readonly number[],
  what: string,
  tolerance = TOLERANCE,
): void {
  assert.equal(found.length, expected.length, what);
  for (const [place, value] of expected.entries())
    assert.ok(
      Math.abs((found[place] ?? NaN) - value) <= tolerance * Math.max(1, Math.abs(value)),
      `${what}, ${place}: ${found[place]}, alone ${value}`,
    );
}

/** What is measured of a run, in its order. */
function numbersOf({ steps, epochs, histograms, result }: ReturnType<typeof bitsOf>): number[] {
  return [
    ...steps.flatMap(({ step, loss }) => [step, loss]),
    ...epochs.flatMap((point) => [point.trainingLoss, point.validationLoss ?? NaN]),
    ...histograms.flatMap(({ step, layers }) => [step, layers.length]),
    ...[result.testLoss, result.artifacts.length],
  ];
}

const RECIPES = {
  'images as bytes': {},
  'images of threads': { augment: ['rotation', 'flip'] },
} satisfies Record<string, RecipeInput>;

for (const [title, recipe] of Object.entries(RECIPES))
  test(`fused runs have the numbers of each alone, its order, images and dropout: ${title}`, async () => {
    const together = await trainTogether(recipe);
    for (const [place, seed] of SEEDS.entries()) {
      const alone = bitsIn(await train(specification(seed, recipe)));
      const found = bitsIn(together[place] ?? assert.fail());
      assertClose(numbersOf(found), numbersOf(alone), `seed ${seed}`);
      const firstLosses = ({ steps }: typeof alone): number[] =>
        steps.slice(0, PER_EPOCH).map(({ loss }) => loss);
      assertClose(firstLosses(found), firstLosses(alone), `seed ${seed}`, FIRST_TOLERANCE);
    }
    assert.equal(new Set(together.map((run) => bitsIn(run).result.testLoss)).size, SEEDS.length);
  });

test('runs of cells that differ in learning rate, weight decay, label smoothing, epochs and augmentation are fused, too', async () => {
  const ofCells: readonly RecipeInput[] = [
    { learningRate: 0.01 },
    { epochs: 1, schedule: 'cosine', augment: [], weightDecay: 0.1 },
    { warmup: 1, schedule: 'constant', augment: ['flip'], weightDecay: 0, labelSmoothing: 0.2 },
  ];
  const recipeAt = (place: number): RecipeInput => ofCells[place] ?? assert.fail();
  const together = await trainTogether(recipeAt);
  for (const [place, seed] of SEEDS.entries()) {
    const alone = bitsIn(await train(specification(seed, recipeAt(place))));
    const found = bitsIn(together[place] ?? assert.fail());
    assertClose(numbersOf(found), numbersOf(alone), `seed ${seed}`);
    assert.deepEqual(
      found.steps.map(({ learningRate }) => learningRate),
      alone.steps.map(({ learningRate }) => learningRate),
    );
  }
});

test('who diverges or is stopped leaves, and the others end with the bits that they would have had', async () => {
  const whole = await trainTogether();
  const noNumbers = (member: FusedMember, place: number): FusedMember => ({
    ...member,
    training: (fused) => {
      const training = member.training(fused);
      const writeState = (state: readonly Float32Array[]): Promise<void> =>
        training.writeState(place === 1 ? state.map((vector) => vector.map(() => NaN)) : state);
      return { ...training, writeState };
    },
  });
  const [first, diverged, third] = await trainTogether({}, noNumbers);
  assert.ok(diverged?.error instanceof Diverged, String(diverged?.error));
  assert.equal(diverged.error.step, 1);
  assert.deepEqual([first?.bits, third?.bits], [whole[0]?.bits, whole[2]?.bits]);

  const [stopped, second, last] = await trainTogether(
    {},
    (member) => member,
    (place) => (said) => place === 0 && pointsTold(said) > PER_EPOCH,
  );
  assert.ok(stopped?.error instanceof Stopped, String(stopped?.error));
  assert.deepEqual([second?.bits, last?.bits], [whole[1]?.bits, whole[2]?.bits]);

  // alone, from where it was stopped
  const upTo = lastTold(stopped.said);
  const alone = specification(SEEDS[0] ?? 0);
  const goesOn = await train({ ...alone, artifacts: stopped.asked.artifacts, goOn: { upTo, how: 'exact' } });
  assert.ok(goesOn.bits !== null, String(goesOn.error));
  const { step, note } = wentOnFrom(goesOn.said);
  assert.equal(step, upTo);
  assert.match(note ?? '', /fused with 2 other runs; from there it is trained alone/);
  const result = await train(alone);
  const all = recorded(stopped.said, goesOn.said);
  const losses = (said: readonly TrainingProgress[]): number[] =>
    said.flatMap((message) => (message.type === 'steps' ? message.points.map(({ loss }) => loss) : []));
  assertClose(losses(all), losses(result.said), 'gone on');
});

test('runs that were stopped together go on together, or as the last of them, and end with the bits of uninterrupted ones', async () => {
  const rates = (place: number): RecipeInput => ({ learningRate: 0.02 + 0.01 * place });
  const whole = (await trainTogether(rates)).map(bitsIn);
  const places = [...SEEDS.keys()];
  /** @param stepsOf after how many steps each stops */
  const stop = (stepsOf: (place: number) => number): Promise<Trained[]> => {
    let steps = 0;
    const counted = (member: FusedMember, place: number): FusedMember => ({
      ...member,
      training: (fused) => {
        const training = member.training(fused);
        const step: typeof training.step = async (batch) => {
          const result = await training.step(batch);
          if (place === 0) steps += 1;
          return result;
        };
        return { ...training, step };
      },
    });
    return trainTogether(rates, counted, (place) => () => steps >= stepsOf(place));
  };
  const cases: readonly { last: number; groups: readonly (readonly number[])[]; note: string | null }[] = [
    { last: 0, groups: [places], note: null },
    // the last has stopped a step before the others
    { last: -1, groups: [[0, 1], [2]], note: null },
    {
      last: -1,
      groups: [places],
      note: 'those that it is fused with have no resume checkpoint of the same step',
    },
  ];
  for (const { last, groups, note } of cases) {
    const stopped = await stop((place) => PER_EPOCH + 2 + (place === 2 ? last : 0));
    for (const group of groups) {
      const before = group.map((place) => stopped[place] ?? assert.fail());
      for (const [index, after] of (await goOn(before)).entries()) {
        const { said, asked, error } = before[index] ?? assert.fail();
        assert.ok(error instanceof Stopped && after.result !== null, String(after.error));
        const wentOn = wentOnFrom(after.said);
        assert.deepEqual([wentOn.note, wentOn.step > 0], [note, note === null]);
        const all = recorded(said, after.said);
        assert.deepEqual(bitsOf(all, after.result, asked.artifacts), whole[group[index] ?? -1]);
      }
    }
  }
});
