import assert from 'node:assert/strict';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { z } from 'zod';
import { removeResumeCheckpoints } from '../../../src-main/checkpoints/resume-checkpoints.ts';
import { writePrepared } from '../../../src-main/datasets/write-prepared.ts';
import { kindlingVersion } from '../../../src-main/kindling-version.ts';
import { timeMetrics, type TimeMetric } from '../../../src-shared/metrics/metrics.ts';
import { trainRun } from '../../../src-main/trainer/train-run.ts';
import { TrainingCache } from '../../../src-main/trainer/training-cache.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import type {
  ExtendedRun,
  GoOn,
  RunSpecification,
  TrainingProgress,
} from '../../../src-shared/studies/trainer-protocol.ts';
import { TINY } from '../engine/networks.ts';
import { engine } from '../engine/test-engine.ts';
import { bitsOf, colours, lastTold, recorded, wentOnFrom } from './interrupted-run.ts';

const EPOCHS = 3;
const PER_EPOCH = 4;
const STEPS = EPOCHS * PER_EPOCH;

const root = mkdtempSync(join(tmpdir(), 'kindling-resume-'));
const warm = new TrainingCache(engine);
let folders = 0;

before(() => {
  const data = { classes: ['red', 'green', 'blue', 'grey'], training: colours(40, 16, 1), source: 'a test' };
  writePrepared(join(root, 'data'), 'colours', { ...data, test: colours(24, 16, 2) });
});
after(() => rmSync(root, { recursive: true, force: true }));

type RecipeInput = z.input<typeof recipeSchema>;

function specification(recipe: RecipeInput = {}, fields: Partial<RunSpecification> = {}): RunSpecification {
  return {
    ...{ run: 'a run', network: { ...TINY, batchNorm: true, dropout: 0.3 }, seed: 4 },
    ...{ dataset: join(root, 'data', 'colours'), validationShare: 0.2, trainingLimit: 0 },
    recipe: recipeSchema.parse({
      ...{ epochs: EPOCHS, batch: 8, learningRate: 0.03, schedule: 'one-cycle' },
      ...{ augment: ['crop', 'flip', 'cutout'], cropPadding: 1, ...recipe },
    }),
    record: { checkpoints: 1, histograms: 3 },
    artifacts: join(root, 'artifacts', String(folders++)),
    resumeSeconds: 60,
    ...fields,
  };
}

class Stopped extends Error {}

/** A run in this process. @param stopAt the pause that ends it, counted from 0, or what was told then */
async function train(
  asked: RunSpecification,
  cache = warm,
  stopAt: number | ((said: readonly TrainingProgress[]) => boolean) = Infinity,
) {
  const said: TrainingProgress[] = [];
  let pauses = 0;
  const pause = (): Promise<void> =>
    isLastPause(pauses++) ? Promise.reject(new Stopped()) : new Promise((resolve) => setImmediate(resolve));
  const isLastPause = (pause: number): boolean =>
    typeof stopAt === 'number' ? pause === stopAt : stopAt(said);
  const tell = (progress: TrainingProgress): void => void said.push(structuredClone(progress));
  const result = await trainRun(asked, { cache, tell, pause }).catch((error: unknown) => {
    if (error instanceof Stopped) return null;
    throw error;
  });
  return { said, result, pauses };
}

async function complete(asked: RunSpecification, cache = warm) {
  const { said, result, pauses } = await train(asked, cache);
  assert(result !== null);
  return { said, result, pauses, bits: bitsOf(said, result, asked.artifacts) };
}

type GoingOn = Partial<GoOn> & { readonly cache?: TrainingCache };

/** Goes on with a run of which this was told, and gives all that is recorded of it. */
async function goOn(
  asked: RunSpecification,
  before: readonly TrainingProgress[],
  { cache = warm, how = 'exact', upTo = lastTold(before), from }: GoingOn = {},
) {
  const goOn = { upTo, how, ...(from === undefined ? {} : { from }) };
  const { said, result } = await train({ ...asked, goOn }, cache);
  assert(result !== null);
  return { ...wentOnFrom(said), said, bits: bitsOf(recorded(before, said), result, asked.artifacts), result };
}

const pointsTold = (said: readonly TrainingProgress[]): number =>
  said.reduce((sum, message) => sum + (message.type === 'steps' ? message.points.length : 0), 0);
const epochsTold = (said: readonly TrainingProgress[]): number =>
  said.filter(({ type }) => type === 'epoch').length;

/** By what has been told. */
const MOMENTS: Readonly<Record<string, (said: readonly TrainingProgress[]) => boolean>> = {
  'in the first epoch': (said) => said.some((message) => message.type === 'histograms'),
  'in the validation after the first epoch': (said) => pointsTold(said) === PER_EPOCH,
  'after the first epoch': (said) => epochsTold(said) === 1,
  'in the validation after the last': (said) => pointsTold(said) === STEPS,
  'in the test': (said) => said.some((message) => message.type === 'phase' && message.phase === 'testing'),
};

test('a run that stops at any moment goes on to the very bits of one that does not', async () => {
  const { bits } = await complete(specification());
  const wentOn: number[] = [];
  for (const [moment, isNow] of Object.entries(MOMENTS)) {
    const asked = specification();
    const { said, result } = await train(asked, warm, isNow);
    assert.equal(result, null, moment);
    const then = await goOn(asked, said);
    assert.deepEqual([then.step, then.note], [lastTold(said), null], moment);
    assert.deepEqual(then.bits, bits, moment);
    wentOn.push(then.step);
  }
  const [first = 0, ...others] = wentOn;
  assert.ok(first > 0 && first < PER_EPOCH, `${first}`);
  assert.deepEqual(others, [PER_EPOCH - 1, PER_EPOCH + 1, STEPS - 1, STEPS]);
});

const OTHERS: readonly (readonly [title: string, network: Record<string, unknown>, recipe: RecipeInput])[] = [
  [
    'MobileNet by Adam along a cosine, its images rotated by the thread beside',
    { family: 'mobilenet-v1', alpha: 0.25, stem: 'small' },
    { optimizer: 'adam', learningRate: 0.002, schedule: 'cosine', warmup: 1, augment: ['rotation', 'flip'] },
  ],
  [
    'ShuffleNet by AdamW in steps',
    { family: 'shufflenet-v1', groups: 3, scale: 0.25, stem: 'small' },
    { optimizer: 'adamw', learningRate: 0.002, schedule: 'step', milestones: [1, 2], gamma: 0.1 },
  ],
  [
    'SqueezeNet without batch norm by RMSprop along a line',
    { ...TINY, dropout: 0.5 },
    { optimizer: 'rmsprop', learningRate: 0.001, schedule: 'linear', augment: ['resized-crop'] },
  ],
  ['SqueezeNet by plain SGD', { ...TINY }, { optimizer: 'sgd', momentum: 0, augment: [] }],
];
for (const [title, network, recipe] of OTHERS)
  test(`so does ${title}, in a trainer that is new to it, stopped time and again`, async () => {
    const { bits, pauses } = await complete(specification(recipe, { network }));
    const asked = specification(recipe, { network });
    let before = (await train(asked, warm, Math.floor(pauses / 4))).said;
    const fresh = new TrainingCache(engine);
    const from = { upTo: lastTold(before), how: 'exact' as const };
    const second = await train({ ...asked, goOn: from }, fresh, Math.floor(pauses / 3));
    assert.equal(second.result, null);
    before = recorded(before, second.said);
    const last = await goOn(asked, before, { cache: fresh });
    assert.ok(last.step > 0 && last.step > wentOnFrom(second.said).step);
    assert.deepEqual(last.bits, bits);
  });

/** Stopped in its last epoch, after it had been in its second. */
async function stoppedTwice(fields: Partial<RunSpecification> = {}) {
  const asked = specification({}, { record: { checkpoints: 0, histograms: 0 }, ...fields });
  const isAt = (step: number) => (said: readonly TrainingProgress[]) => lastTold(said) >= step;
  const { said } = await train(asked, warm, isAt(PER_EPOCH + 1));
  const next = await train(
    { ...asked, goOn: { upTo: lastTold(said), how: 'exact' } },
    warm,
    isAt(2 * PER_EPOCH + 1),
  );
  return { asked, said: recorded(said, next.said), steps: [lastTold(said), lastTold(next.said)] as const };
}

const plain = once(() => complete(specification({}, { record: { checkpoints: 0, histograms: 0 } })));

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => (made ??= make());
}

function resumeFiles(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.includes('resume-') && !name.includes('best'));
}

test('times are sums over the stretches, and resume checkpoints stay until they are removed', async () => {
  const { asked, said, steps } = await stoppedTwice();
  assert.deepEqual(
    resumeFiles(asked.artifacts).sort(),
    steps.map((step) => `resume-${step}.safetensors`).sort(),
  );
  const third = await goOn(asked, said);
  assert.deepEqual(third.bits, (await plain()).bits);
  assert(resumeFiles(asked.artifacts).length >= 2);
  const secondsIn = (of: readonly TrainingProgress[]): number =>
    of.flatMap((message) => (message.type === 'epoch' ? [message.point.seconds] : [])).at(-1) ?? NaN;
  assert.ok(secondsIn(third.said) > secondsIn(said) && third.result.seconds > secondsIn(third.said));
  writeFileSync(
    join(asked.artifacts, `.resume-9.safetensors.${hostname()}-999999999-00000000.unfinished`),
    '',
  );
  removeResumeCheckpoints(asked.artifacts);
  assert.deepEqual(
    readdirSync(asked.artifacts).sort(),
    third.result.artifacts.map(({ file }) => file).sort(),
  );
  removeResumeCheckpoints(join(root, 'no such folder'));
});

function damage(file: string): void {
  const content = readFileSync(file);
  content[content.length - 100] = (content[content.length - 100] ?? 0) ^ 1;
  writeFileSync(file, content);
}

test('a damaged resume checkpoint is passed over for the one before, and after that there is the beginning', async () => {
  const { asked, said, steps } = await stoppedTwice();
  const [older, newer] = steps;
  const file = (step: number): string => join(asked.artifacts, `resume-${step}.safetensors`);
  damage(file(newer));
  const copy = { ...asked, artifacts: join(root, 'artifacts', String(folders++)) };
  cpSync(asked.artifacts, copy.artifacts, { recursive: true });
  const then = await goOn(asked, said);
  assert.equal(then.step, older);
  assert.match(
    then.note ?? '',
    new RegExp(`^the resume checkpoint of step ${newer} cannot be used: .* is damaged`),
  );
  assert.deepEqual(then.bits, (await plain()).bits);
  truncateSync(join(copy.artifacts, `resume-${older}.safetensors`), 1000);
  const anew = await goOn(copy, said);
  assert.equal(anew.step, 0);
  assert.match(anew.note ?? '', new RegExp(`; the resume checkpoint of step ${older} cannot be used: `));
  assert.deepEqual(anew.bits, (await plain()).bits);
});

test('of lost points the run makes new ones: it goes on from before them', async () => {
  const { asked, said, steps } = await stoppedTwice();
  const [older, newer] = steps;
  const then = await goOn(asked, said, { upTo: newer - 1 });
  assert.deepEqual([then.step, then.note], [older, null]);
  assert.deepEqual(then.bits, (await plain()).bits);
  const other = await stoppedTwice();
  const anew = await goOn(other.asked, other.said, { upTo: older - 1 });
  assert.deepEqual([anew.step, anew.note], [0, 'the points before its resume checkpoints were lost']);
  assert.deepEqual(anew.bits, (await plain()).bits);
});

test('the best weights are those of the step from which it goes on, or it begins anew', async () => {
  const { asked, said, steps } = await stoppedTwice();
  const best = join(asked.artifacts, 'best.safetensors');
  writeFileSync(`${best}.new`, 'those of a later epoch');
  renameSync(`${best}.new`, best);
  const then = await goOn(asked, said);
  assert.deepEqual([then.step, then.note], [steps[1], null]);
  assert.deepEqual(then.bits, (await plain()).bits);
  const other = await stoppedTwice();
  rmSync(join(other.asked.artifacts, 'initial.safetensors'));
  const anew = await goOn(other.asked, other.said);
  assert.equal(anew.step, 0);
  assert.match(anew.note ?? '', /initial\.safetensors is not the file that the run wrote/);
  assert.deepEqual(anew.bits, (await plain()).bits);
});

test('a run goes on with other threads only where it is told to; another one, or other settings, never', async () => {
  const { asked, said, steps } = await stoppedTwice();
  const description = { ...engine.description, threads: 7, version: '9.9' };
  const others = new TrainingCache({ ...engine, description });
  const { threads, version } = engine.description;
  const note = `the engine's version is 9.9, it was ${version}; the number of threads is 7, it was ${threads}`;
  const copies = [0, 1, 2].map(() => ({ ...asked, artifacts: join(root, 'artifacts', String(folders++)) }));
  const [exact, foreign, never] = copies;
  assert(exact && foreign && never);
  for (const { artifacts } of copies) cpSync(asked.artifacts, artifacts, { recursive: true });
  const anew = await goOn(exact, said, { cache: others });
  assert.deepEqual([anew.step, anew.note], [0, note]);
  const any = await goOn(asked, said, { cache: others, how: 'any' });
  assert.deepEqual([any.step, any.note], [steps[1], note]);
  // it is the same engine by another name
  assert.deepEqual(any.bits, (await plain()).bits);
  const seed = await goOn({ ...foreign, seed: 5 }, said, { how: 'any' });
  assert.equal(seed.step, 0);
  assert.match(seed.note ?? '', /it is one of another run or of other settings/);
  const asTold = await goOn(never, said, { how: 'never' });
  assert.deepEqual([asTold.step, asTold.note], [0, 'as it was asked to']);
  assert.deepEqual(asTold.bits, (await plain()).bits);
});

test('one that cannot be written costs the run nothing but what it would have saved', async () => {
  const asked = specification({}, { record: { checkpoints: 0, histograms: 0 } });
  // renaming a file to the name of a folder fails as a disk does that has no room
  for (let step = 1; step <= STEPS; step++)
    mkdirSync(join(asked.artifacts, `resume-${step}.safetensors`, 'in the way'), { recursive: true });
  const { said, result } = await train(asked, warm, (told) => lastTold(told) >= PER_EPOCH + 1);
  assert.ok(result === null && said.every(({ type }) => type !== 'resume checkpoint'));
  assert.ok(!readdirSync(asked.artifacts).some((name) => name.endsWith('.unfinished')));
  const anew = await goOn(asked, said);
  assert.equal(anew.step, 0);
  assert.deepEqual(anew.bits, (await plain()).bits);
});

/** A run of two epochs that is over, as a longer one goes on from it. */
async function shorter() {
  const asked = specification({ epochs: 2, schedule: 'constant' }, EVERY_EPOCH);
  const { said, result } = await complete(asked);
  const last = said.findLast((message) => message.type === 'epoch')?.point ?? assert.fail();
  const { seconds, preparationSeconds, peakMemoryBytes, artifacts, bestValidationAccuracy } = result;
  const parts = Object.fromEntries(timeMetrics.map((part) => [part, result[part]])) as Record<
    TimeMetric,
    number
  >;
  const spent = { seconds, parts, preparationSeconds, peakMemoryBytes, timedSteps: 2 * PER_EPOCH };
  const from: ExtendedRun = {
    ...{ run: asked.run, folder: asked.artifacts, artifacts, last, bestValidationAccuracy, spent },
    ...{ computedBy: { ...engine.description, kindling: kindlingVersion() }, mode: 'compiled' },
  };
  return { said, from, result };
}

const EVERY_EPOCH = { record: { checkpoints: 1, histograms: 0 } };
const longer = (): RunSpecification => specification({ schedule: 'constant' }, EVERY_EPOCH);

test('a run of more epochs goes on from the end of a shorter one, to the bits of one that was as long from the beginning', async () => {
  const { bits } = await complete(longer());
  const { said, from, result } = await shorter();
  const asked = longer();
  const step = 2 * PER_EPOCH;
  const extended = await goOn(asked, said, { from });
  assert.deepEqual([extended.step, extended.note], [step, null]);
  assert.deepEqual(extended.bits, bits);
  assert.ok(extended.result.seconds > result.seconds);
  // what it shares with the shorter one is its own
  rmSync(from.folder, { recursive: true });
  assert.deepEqual(bitsOf(recorded(said, extended.said), extended.result, asked.artifacts), bits);

  const again = await shorter();
  const interrupted = longer();
  const goingOn = { upTo: step, how: 'exact' as const, from: again.from };
  const first = await train({ ...interrupted, goOn: goingOn }, warm, (told) => pointsTold(told) >= 2);
  assert.equal(first.result, null);
  const before = recorded(again.said, first.said);
  const then = await goOn(interrupted, before, { from: again.from });
  assert.ok(then.step > step && then.step < STEPS, `${then.step}`);
  assert.deepEqual(then.bits, bits);

  rmSync(join(again.from.folder, 'optimizer.safetensors'));
  const anew = await goOn(longer(), again.said, { from: again.from });
  assert.equal(anew.step, 0);
  assert.match(anew.note ?? '', /^the end of run a run cannot be used: The checkpoint .* cannot be read/);
  assert.deepEqual(anew.bits, bits);
  const seed = await goOn({ ...longer(), seed: 9 }, again.said, { from: from });
  assert.equal(seed.step, 0);
});
