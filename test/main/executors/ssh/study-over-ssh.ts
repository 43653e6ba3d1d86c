import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { resumeSteps } from '../../../../src-main/checkpoints/resume-checkpoints.ts';
import { openDataset } from '../../../../src-main/datasets/open-dataset.ts';
import type { Executor } from '../../../../src-main/executors/executor.ts';
import { localProcesses } from '../../../../src-main/executors/local-processes/index.ts';
import { slurm } from '../../../../src-main/executors/slurm/index.ts';
import { spoolOf, spoolsFolder, spoolsOf } from '../../../../src-main/executors/spool/find-spool.ts';
import { visitSpool } from '../../../../src-main/executors/spool/visit-spool.ts';
import { enginesFolder, kindlingHome } from '../../../../src-main/home.ts';
import { kindlingVersion } from '../../../../src-main/kindling-version.ts';
import type { SchedulerEvent } from '../../../../src-main/scheduler/events.ts';
import { runStudy, type StudyOptions } from '../../../../src-main/scheduler/run-study.ts';
import { makeSpool } from '../../../../src-main/spool/spool-study.ts';
import { openStore } from '../../../../src-main/store/open-store.ts';
import type { Store } from '../../../../src-main/store/store.ts';
import { checkStudy } from '../../../../src-main/studies/check-study.ts';
import { lastAttempt } from '../../../../src-main/spool/lease.ts';
import { sampleSurroundings } from '../../scheduler/sample-execution.ts';
import { results } from '../killed-workers.ts';
import { writeNoise } from '../write-noise.ts';
import { until } from '../slurm/slurm-rig.ts';
import type { SshRig } from './ssh-rig.ts';

const IDENTITY = { name: 'over-ssh', store: 'a store' };
/** As on a cluster, but sooner. */
const SOON = {
  ...{ study: IDENTITY.name, store: IDENTITY.store, executor: 'slurm', kindlingVersion: kindlingVersion() },
  ...{ settings: {}, rhythm: { beatSeconds: 1, expirySeconds: 20 } },
};
const SEEDS = 2;
/** Bytes from there, with which the first file is not whole. */
const CUT_AFTER = 600_000;
/** Files of some hundred kilobytes. */
const studyOf = (seeds: number, epochs: number): string => `study: over-ssh
dataset: noise
network: { family: squeezenet, stem: small, stemFilters: 16, baseE: 32, incrE: 32 }
seeds: ${seeds}
data: { validationShare: 0.25 }
training: { epochs: ${epochs}, batch: 16, learningRate: 0.01, schedule: constant }
`;
const STUDY = studyOf(SEEDS, 120);
const LONGER = studyOf(1, 130);

/**
 * Trains a study from a host whose connection is lost time and again: while runs train, while files come home, while nobody listens. It is
 * paused, gone on with, left and collected; at last a job trains one of its runs for more epochs.
 * @param root an empty folder
 * @param there home on the host, which has the data
 * @throws AssertionError where its bits are not those of the same study trained by this machine
 */
export async function studyOverSsh(root: string, ssh: SshRig, there: string): Promise<void> {
  const home = join(root, 'home');
  mkdirSync(home);
  symlinkSync(enginesFolder(kindlingHome()), join(home, 'engines'));
  writeNoise(join(home, 'data'));
  const spool = spoolOf(spoolsFolder(there), IDENTITY);
  const settings = { host: ssh.host, hostProgram: ssh.program };
  const preparing: string[] = [];
  const onPreparing = ({ what }: { readonly what: string }): void => {
    preparing.push(what);
  };
  const open = (said?: unknown): Promise<Executor> =>
    slurm.open({ home, study: IDENTITY, onPreparing, ...(said !== undefined && { settings: said }) });
  const optionsOf = (store: Store, executor: Executor, text = STUDY): StudyOptions => {
    const dataset = openDataset(join(home, 'data', 'noise'));
    const { provenance, ...surroundings } = sampleSurroundings();
    return {
      ...{ ...surroundings, ...checkStudy(text, 'study.yaml', () => dataset.description) },
      // that of the host
      provenance: { ...provenance, kindlingVersion: kindlingVersion() },
      ...{ store, dataset, executor, resumeSeconds: 0.1 },
      jobs: { ...executor.plan({ runs: SEEDS, stepMacs: 1e6, jobs: SEEDS }), threads: 1 },
    };
  };
  const locally = openStore(join(root, 'local', 'kindling.sqlite'), { purpose: 'schedule' });
  const local = await localProcesses.open({ home, study: IDENTITY });
  assert.equal((await runStudy(optionsOf(locally, local)).finished).done, SEEDS);

  const store = openStore(join(home, 'kindling.sqlite'), { purpose: 'schedule' });
  const told: SchedulerEvent[] = [];
  let onStep: () => void = () => undefined;
  const onEvent = (event: SchedulerEvent): void => {
    if (process.env['TRY']) console.log(Math.round(performance.now()), JSON.stringify(event).slice(0, 160));
    told.push(event);
    if (event.type === 'run progress') onStep();
  };
  const step = (): Promise<void> => new Promise((resolve) => (onStep = resolve));

  // what is stopped comes home
  await makeSpool(spool, SOON);
  const first = runStudy({ ...optionsOf(store, await open(settings)), onEvent });
  await step();
  assert.deepEqual(preparing, [`connecting to ${ssh.host}`]);
  first.pause();
  assert.equal((await first.finished).failed, 0);
  // one that was stopped before its first step has nothing to go on from
  const interrupted = store.runs({ states: ['interrupted'] }).filter(({ step }) => (step ?? 0) > 0);
  assert(interrupted.length > 0);
  for (const { id } of interrupted) assert(resumeSteps(store.runFolder(id)).length > 0);
  assert(!existsSync(spool));

  // and goes on from there
  await makeSpool(spool, SOON);
  const left = await runStudy({ ...optionsOf(store, await open(settings)), leaves: true, onEvent }).finished;
  assert(left.waiting > 0);
  assert.equal(store.runs({ states: ['running'] }).length, 0);
  const [found] = await spoolsOf(home, IDENTITY.store);
  assert(found);
  assert.deepEqual([found.spool, found.at], [spool, { host: ssh.host, program: ssh.program }]);
  const submitted = await visitSpool(home, found, (visit) => visit.submitted());
  assert.equal(submitted?.folder, `${ssh.host}:${spool}`);

  // nobody gets through until all is trained; then the connection is lost in the middle of a file
  const collecting = runStudy({ ...optionsOf(store, await open()), onEvent });
  await step();
  ssh.isAway = true;
  ssh.cut();
  const runs = store.runs().filter(({ state }) => state !== 'complete');
  await until(
    'all results',
    async () => {
      const attempts = await Promise.all(runs.map(({ id }) => lastAttempt(spool, id)));
      return attempts.every((last) => last?.state === 'done');
    },
    120_000,
  );
  const before = ssh.connections;
  ssh.cut(CUT_AFTER);
  ssh.isAway = false;
  const outcome = await collecting.finished;
  assert.deepEqual([outcome.done, outcome.failed], [SEEDS, 0]);
  assert(ssh.connections > before + 1, 'it was cut');
  const troubles = told.flatMap((event) => (event.type === 'trouble' ? [event.what] : []));
  assert.equal(troubles.length, 2);
  for (const trouble of troubles)
    assert.match(trouble, /^The connection to cluster was lost .*runs go on meanwhile$/);
  assert.deepEqual(results(store), results(locally));
  for (const { interruptions } of store.runs())
    assert(interruptions.length <= 1, 'a lost connection interrupts no run');
  for (const { id } of interrupted) assert((store.run(id).interruptions[0]?.step ?? 0) > 0);
  for (const { id } of store.runs()) {
    const unfinished = readdirSync(store.runFolder(id)).filter((name) => name.startsWith('.'));
    assert.deepEqual(unfinished, []);
  }
  assert(!existsSync(spool), 'nothing is left of the spool');
  assert.deepEqual(await spoolsOf(home, IDENTITY.store), []);

  // its shorter run goes there with the task, and a job goes on from its end
  await makeSpool(spool, SOON);
  const longer = await runStudy(optionsOf(store, await open(settings), LONGER)).finished;
  assert.deepEqual([longer.done, longer.failed], [1, 0]);
  const { from = '', step: end } = store.runs().find(({ extension }) => extension)?.extension ?? {};
  assert.equal(end, store.run(from).step);
  await runStudy(optionsOf(locally, local, LONGER)).finished;
  assert.deepEqual(results(store), results(locally), 'it ends as one that goes on here');
  store.close();
  locally.close();
}
