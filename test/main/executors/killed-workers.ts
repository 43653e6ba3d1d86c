import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { signal } from '../../../scripts/torture/marked-processes.ts';
import { storedBits } from '../../../scripts/bench/shared/stored-bits.ts';
import { resumeSteps } from '../../../src-main/checkpoints/resume-checkpoints.ts';
import { openDataset } from '../../../src-main/datasets/open-dataset.ts';
import { openProcesses } from '../../../src-main/executors/background/open.ts';
import type { Executor } from '../../../src-main/executors/executor.ts';
import { executorNamed } from '../../../src-main/executors/registry.ts';
import { spoolOf } from '../../../src-main/executors/spool/find-spool.ts';
import { spoolExecutor } from '../../../src-main/executors/spool/spool-executor.ts';
import { defineFleet } from '../../../src-main/executors/spool/worker-fleet.ts';
import { kindlingHome } from '../../../src-main/home.ts';
import { kindlingVersion } from '../../../src-main/kindling-version.ts';
import { runStudy, type RunningStudy, type StudyOptions } from '../../../src-main/scheduler/run-study.ts';
import { lastAttempt, readLease } from '../../../src-main/spool/lease.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { checkStudy } from '../../../src-main/studies/check-study.ts';
import { sampleSurroundings } from '../scheduler/sample-execution.ts';
import { writeNoise } from './write-noise.ts';

export interface Trouble {
  readonly seeds: number;
  readonly epochs: number;
  /** At once. */
  readonly workers: number;
  /** Workers that are killed while they train. */
  readonly kills: number;
  /** So many more epochs a run is trained afterwards, from the end of one of these. */
  readonly more: number;
  /** Workers that are halted until they are taken for dead, while their trainers go on, and then go on beside who took the run over. */
  readonly twins: number;
}

/** What happened. */
export interface Troubled {
  readonly runs: number;
  readonly kills: number;
  readonly twins: number;
  /** The steps from which runs went on. */
  readonly wentOnFrom: readonly number[];
  readonly collections: number;
  /** The step from which the run of more epochs went on. */
  readonly extendedFrom: number | null;
}

const RHYTHM = { beatSeconds: 0.2, expirySeconds: 1.5 };
const IDENTITY = { name: 'workers', store: 'a store' };
const RESUME_SECONDS = 0.1;
const PAUSE_MS = 50;

/**
 * Trains a study by processes of this machine, and by workers of a spool that are killed and halted, left, and collected from.
 * @param root an empty folder
 * @throws AssertionError where not all that the two leave is the same, but for times
 */
export async function killedWorkers(root: string, trouble: Trouble): Promise<Troubled> {
  writeNoise(join(root, 'data'));
  const spools = join(root, 'spools');
  const spool = spoolOf(spools, IDENTITY);
  const { seeds, workers } = trouble;
  const fleet = spoolExecutor(
    defineFleet({
      ...{
        name: 'workers',
        title: 'workers',
        about: 'for the test',
        settings: z.strictObject({}),
        rhythm: RHYTHM,
      },
      spoolsFolder: () => spools,
      plan: () => ({ jobs: workers, threads: 1, reason: 'for the test' }),
      open: openProcesses,
    }),
  );
  const openWorkers = (): Promise<Executor> => fleet.open({ home: kindlingHome(), study: IDENTITY });
  const optionsOf = (store: Store, executor: Executor, asked: Asked = trouble): StudyOptions => {
    const dataset = openDataset(join(root, 'data', 'noise'));
    const study = checkStudy(studyText(asked), 'workers.yaml', () => dataset.description);
    const jobs = { ...executor.plan({ runs: asked.seeds, stepMacs: 1e6, jobs: workers }), threads: 1 };
    const { provenance, ...surroundings } = sampleSurroundings();
    return {
      ...surroundings,
      // workers are of this version
      provenance: { ...provenance, kindlingVersion: kindlingVersion() },
      store,
      ...study,
      dataset,
      executor,
      jobs,
      resumeSeconds: RESUME_SECONDS,
    };
  };

  const locally = open(root, 'local');
  const local = await executorNamed('local-processes').open({ home: kindlingHome(), study: IDENTITY });
  assert.equal((await runStudy(optionsOf(locally, local)).finished).done, seeds);

  const store = open(root, 'spool');
  const first = runStudy(optionsOf(store, await openWorkers()));
  const made = await makeTrouble(store, spool, trouble, first);
  assert(first.leaveBehind());
  const left = await first.finished;
  assert.deepEqual([left.done + left.waiting, left.stopped], [seeds, false]);
  assert(store.runs().every(({ state }) => state === 'waiting' || state === 'complete'));
  store.close();

  // another application takes what is there, as often as it likes
  const later = open(root, 'spool');
  let outcome = left;
  let collections = 0;
  while (outcome.done < seeds) {
    outcome = await runStudy({ ...optionsOf(later, await openWorkers()), leaves: collections === 0 })
      .finished;
    collections++;
    assert(collections < 20, `workers train the rest: ${JSON.stringify(outcome)}`);
  }
  assert.deepEqual(results(later), results(locally));
  const [engine] = locally.runs().map(({ id }) => locally.provenance(id)?.engine);
  for (const { id } of later.runs()) {
    const record = later.provenance(id);
    // what its worker says, whoever started that, and not what the application says of itself
    const asHere = [hostname(), `${process.platform} ${process.arch}`, process.version, engine];
    assert.deepEqual([record?.host, record?.platform, record?.nodeVersion, record?.engine], asHere);
  }
  assert(!existsSync(spool), 'nothing is left of the spool');
  const longer = { seeds: 1, epochs: trouble.epochs + trouble.more };
  await runStudy({ ...optionsOf(locally, local, longer), goOn: 'never' }).finished;
  // left as soon as it is handed over, and collected from
  const given = { leaves: true };
  while ((await runStudy({ ...optionsOf(later, await openWorkers(), longer), ...given }).finished).done === 0)
    given.leaves = false;
  assert.deepEqual(results(later), results(locally), 'the longer run, too');
  const extendedFrom = later.runs().find(({ extension }) => extension)?.extension?.step ?? null;
  const interruptions = later.runs().flatMap((run) => run.interruptions);
  later.close();
  locally.close();
  return {
    runs: seeds,
    ...made,
    wentOnFrom: interruptions.map(({ step }) => step ?? 0),
    collections,
    extendedFrom,
  };
}

type Asked = Pick<Trouble, 'seeds' | 'epochs'>;

function studyText({ seeds, epochs }: Asked): string {
  return `study: workers
dataset: noise
network: { family: squeezenet, stem: small, stemFilters: 8, baseE: 8, incrE: 8 }
seeds: ${seeds}
data: { validationShare: 0.25 }
training: { epochs: ${epochs}, batch: 16, learningRate: 0.01, schedule: constant }
`;
}

function open(root: string, name: string): Store {
  return openStore(join(root, name, 'kindling.sqlite'), { purpose: 'schedule' });
}

/** Each time when a run has trained so far that the next worker can go on from there. */
async function makeTrouble(
  store: Store,
  spool: string,
  { kills, twins }: Trouble,
  { finished }: RunningStudy,
): Promise<Pick<Troubled, 'kills' | 'twins'>> {
  let isOver = false;
  void finished.finally(() => (isOver = true)).catch(() => undefined);
  /** Those that are dead, or slow: their leases are seen for a while. */
  const troubled: number[] = [];
  const made = { kills: 0, twins: 0 };
  while (made.kills < kills || made.twins < twins) {
    const pid = await trainingWorker(store, spool, troubled, () => isOver);
    if (pid === null) break;
    troubled.push(pid);
    if (made.kills * twins <= made.twins * kills && made.kills < kills) {
      if (signal(pid, 'SIGKILL')) made.kills++;
    } else if (signal(pid, 'SIGSTOP')) {
      made.twins++;
      await wait(3000 * RHYTHM.expirySeconds);
      signal(pid, 'SIGCONT');
    }
  }
  return made;
}

/** The worker of a run that can go on from a resume checkpoint of this attempt; null when all is over. */
async function trainingWorker(
  store: Store,
  spool: string,
  but: readonly number[],
  isOver: () => boolean,
): Promise<number | null> {
  while (!isOver()) {
    await wait(PAUSE_MS);
    for (const { id, step } of store.runs({ states: ['running'] })) {
      const pid = await workerOf(spool, id, step ?? 0);
      if (pid !== null && !but.includes(pid)) return pid;
    }
  }
  return null;
}

/** Null where the last attempt at a run has ended, or has no resume checkpoint of a step that was told. */
async function workerOf(spool: string, run: string, told: number): Promise<number | null> {
  const last = await lastAttempt(spool, run);
  if (last?.state !== 'leased') return null;
  if (!resumeSteps(last.attempt.artifacts).some((step) => step <= told)) return null;
  const lease = await readLease(last.attempt);
  return lease && Number(lease.worker.split('-').at(-1));
}

/** All but what depends on the clock. */
export function results(store: Store): unknown[] {
  return store
    .runs()
    .map(({ id, seed, state, cell }) => ({ seed, state, cell, ...storedBits(store, id) }))
    .sort((one, other) => one.seed - other.seed);
}
