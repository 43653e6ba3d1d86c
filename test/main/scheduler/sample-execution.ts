import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Fused } from '../../../src-shared/studies/trainer-protocol.ts';
import type { StudyOptions } from '../../../src-main/scheduler/run-study.ts';
import type { Executor } from '../../../src-main/executors/executor.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { type CheckedStudy, checkStudy } from '../../../src-main/studies/check-study.ts';
import { TRAINING } from '../../../src-main/trainer/training-work.ts';
import type { Timeouts } from '../../../src-main/work/work-kind.ts';
import { startWorker } from '../../../src-main/work/worker.ts';
import type { Script } from '../../fixtures/scripted-trainer.ts';

const TRAINER = new URL('../../fixtures/scripted-trainer.ts', import.meta.url);

export const STUDY = `study: sample
dataset: shapes
network: { family: squeezenet, stem: small }
vary: { network.sr: [0.25, 0.5] }
seeds: 2
training: { epochs: 2, batch: 10 }
`;

/** Everything that `runStudy` needs, with trainers as SCRIPTED_TRAINER tells them to be. */
export function sampleOptions(store: Store, text: string = STUDY): StudyOptions {
  return { store, ...sampleStudy(text), ...sampleSurroundings() };
}

/** A study as it is saved. */
export function sampleStudy(text: string): CheckedStudy {
  return checkStudy(text, 'sample.yaml', () => sampleSurroundings().dataset.description);
}

/** The same without store and study. */
export function sampleSurroundings(): Omit<StudyOptions, 'store' | 'definition' | 'text' | 'cells'> {
  return {
    dataset: {
      folder: '/data/shapes',
      description: {
        name: 'shapes',
        classes: ['a', 'b', 'c'],
        shape: [32, 32, 3],
        trainingCount: 1000,
        testCount: 100,
        classCounts: null,
        hash: 'hash',
        pictures: null,
        source: 'made up',
        options: {},
        remarks: [],
      },
    },
    executor: scriptedTrainers(),
    jobs: { jobs: 2, threads: 1, reason: 'for the test' },
    provenance: {
      kindlingVersion: '0',
      nodeVersion: process.version,
      tfjsVersion: null,
      host: 'host',
      platform: 'here',
      folder: '/',
      gitRevision: null,
      gitDirty: null,
    },
  };
}

/** Starts trainers that behave as SCRIPTED_TRAINER says. */
export function scriptedTrainers(timeouts: Partial<Timeouts> = {}): Pick<Executor, 'startTrainer'> {
  const kind = { ...TRAINING, program: TRAINER, timeouts: { ...TRAINING.timeouts, ...timeouts } };
  return {
    startTrainer: (threads, signal) =>
      startWorker(kind, { environment: { TF_NUM_INTRAOP_THREADS: String(threads) }, signal }),
  };
}

interface BegunRun {
  readonly pid: number;
  readonly run: string;
  readonly seed: number;
  /** Null where it is trained alone. */
  readonly fused: Fused | null;
}

export interface Bench {
  readonly folder: string;
  readonly store: Store;
  /** Says how trainers that start from now on behave. */
  script(script: Omit<Script, 'log'>): void;
  /** What the trainers logged: one entry for each run that began, in order. */
  begun(): BegunRun[];
}

/** A store and a log in a folder that is gone after the test. */
export function bench(context: TestContext): Bench {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-scheduler-'));
  const store = openStore(join(folder, 'kindling.sqlite'), { purpose: 'schedule' });
  context.after(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const log = join(folder, 'log');
  const script = (next: Omit<Script, 'log'>): void => {
    process.env['SCRIPTED_TRAINER'] = JSON.stringify({ log, ...next });
  };
  script({});
  return { folder, store, script, begun: () => readLog(log) };
}

export function readLog(log: string): BegunRun[] {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  return lines.map((line) => {
    const [pid, run = '', seed, fused = 'null'] = line.split(' ');
    return { pid: Number(pid), run, seed: Number(seed), fused: JSON.parse(fused) as Fused | null };
  });
}
