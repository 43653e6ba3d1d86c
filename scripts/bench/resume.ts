/**
 * `npm run bench -- resume [--family NAME…] [--optimizer NAME…]`
 *
 * Interrupts real trainings of every family by every optimizer, by asking the trainer to stop and by killing it, and has them go on, in the
 * same trainer and in a new one. All that is recorded of each, and all its weights, are compared bit for bit with those of a run that was
 * never interrupted. Prints the table of docs/reliability.md; fails where a bit differs.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { writePrepared } from '../../src-main/datasets/write-prepared.ts';
import { computingEnvironment } from '../../src-main/engine/open-engine.ts';
import { selectedEngine } from '../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../src-main/home.ts';
import { TRAINING, type TrainerProcess } from '../../src-main/trainer/training-work.ts';
import { startWorker } from '../../src-main/work/worker.ts';
import type { RunSpecification, TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import { optimizerNames } from '../../src-shared/training/optimizers/registry.ts';
import { bitsOf, colours, lastTold, recorded, wentOnFrom } from '../../test/main/trainer/interrupted-run.ts';
import { EPOCHS, FAMILIES, KILLS, type Moment, recipeOf, STOPS } from './resume/cases.ts';

const { values } = parseArgs({
  options: {
    family: { type: 'string', multiple: true, default: Object.keys(FAMILIES) },
    optimizer: { type: 'string', multiple: true, default: [...optimizerNames] },
  },
});

type Bits = ReturnType<typeof bitsOf>;

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'kindling-bench-'));
const environment = computingEnvironment(selectedEngine(kindlingHome()))(2);
/** The one that is there; the one before has died. */
let trainer: TrainerProcess | null = null;
let folders = 0;
let runs = 0;
let differing = 0;

try {
  console.log(
    '| family | optimizer | schedule, augmentation | stopped, on in the same trainer from step | killed, on in a new trainer from step | differing bits |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const family of values.family)
    for (const optimizer of values.optimizer) await tryCase(family, optimizer);
  console.log(`\n${runs} interrupted runs, ${differing} that differ.`);
  process.exitCode = differing === 0 ? 0 : 1;
} finally {
  endTrainer();
  fs.rmSync(root, { recursive: true, force: true });
}

async function tryCase(family: string, optimizer: string): Promise<void> {
  const known = FAMILIES[family];
  if (known === undefined) throw new Error(`no family ${family}`);
  const turn = Object.keys(FAMILIES).indexOf(family) + optimizerNames.findIndex((name) => name === optimizer);
  const recipe = recipeOf(optimizer, known, turn);
  const asked = (): RunSpecification => ({
    ...{ run: 'a run', network: known.network, seed: 3, dataset: imagesOf(known.side) },
    ...{ validationShare: 0.2, trainingLimit: known.trainingLimit, recipe, resumeSeconds: 0.2 },
    record: { checkpoints: 1, histograms: 3 },
    artifacts: path.join(root, 'artifacts', String(folders++)),
  });
  await startTrainer();
  const whole = asked();
  const reference = wholeOf(await train(whole), [], whole);
  fs.rmSync(whole.artifacts, { recursive: true });
  const steps: Record<'stop' | 'kill', string[]> = { stop: [], kill: [] };
  let wrong = 0;
  for (const [how, moments] of [
    ['stop', STOPS],
    ['kill', KILLS],
  ] as const)
    for (const moment of moments) {
      const specification = asked();
      const before = await train(specification, { how, moment });
      // one that was in a long step as it was asked to stop may have been killed for that
      const hasDied = how === 'stop' && trainer?.death() !== null;
      if (how === 'kill' || hasDied) await startTrainer();
      const told = await goOn(specification, before.said, reference);
      steps[how].push(
        before.result !== null ? 'too late' : hasDied ? `${told.step} (did not stop)` : String(told.step),
      );
      wrong += told.isSame ? 0 : 1;
      runs += 1;
      fs.rmSync(specification.artifacts, { recursive: true });
    }
  differing += wrong;
  const { schedule, augment } = recipe;
  console.log(
    `| ${known.title} | ${optimizer} | ${[schedule, ...augment].join(', ')} | ${steps.stop.join(', ')} | ${steps.kill.join(', ')} | ${wrong === 0 ? 'none' : `in ${wrong} runs`} |`,
  );
}

/** The folder of square images, drawn the first time. */
function imagesOf(side: number): string {
  const [data, name] = [path.join(root, 'data'), `colours-${side}`];
  const folder = path.join(data, name);
  if (!fs.existsSync(folder))
    writePrepared(data, name, {
      classes: ['red', 'green', 'blue', 'grey'],
      training: colours(2000, side, 1),
      test: colours(1000, side, 2),
      source: 'drawn by a bench',
    });
  return folder;
}

async function goOn(
  specification: RunSpecification,
  before: readonly TrainingProgress[],
  reference: Bits,
): Promise<{ readonly step: number; readonly isSame: boolean }> {
  const goOn = { upTo: lastTold(before), how: 'exact' as const };
  const ended = await train({ ...specification, goOn });
  const isSame = isDeepStrictEqual(wholeOf(ended, before, specification), reference);
  return { step: wentOnFrom(ended.said).step, isSame };
}

function wholeOf(
  { said, result }: Awaited<ReturnType<typeof train>>,
  before: readonly TrainingProgress[],
  { artifacts }: RunSpecification,
): Bits {
  if (result === null) throw new Error('a run did not end');
  return bitsOf(before.length === 0 ? said : recorded(before, said), result, artifacts);
}

/** Trains a run until a moment; to its end without. */
async function train(
  specification: RunSpecification,
  interruption?: { readonly how: 'stop' | 'kill'; readonly moment: Moment },
) {
  const said: TrainingProgress[] = [];
  const stop = new AbortController();
  const onProgress = (progress: TrainingProgress): void => {
    said.push(progress);
    if (interruption?.moment(said, EPOCHS) !== true) return;
    if (interruption.how === 'stop') stop.abort();
    else if (typeof trainer?.pid === 'number') process.kill(trainer.pid, 'SIGKILL');
  };
  if (trainer === null) throw new Error('there is no trainer');
  const outcome = await trainer
    .work(specification, { onProgress, signal: stop.signal })
    .catch((error: unknown) => {
      if (interruption !== undefined) return null;
      throw error;
    });
  if (outcome?.state === 'failed') throw new Error(outcome.failure.message);
  return { said, result: outcome?.result ?? null };
}

function endTrainer(): void {
  trainer?.kill();
  trainer = null;
}

async function startTrainer(): Promise<void> {
  endTrainer();
  trainer = await startWorker(TRAINING, { environment });
}
