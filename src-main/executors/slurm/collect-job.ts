import { dirname, join } from 'node:path';
import type { SlurmSettings } from '../../../src-shared/studies/slurm-settings.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { collectorText, readCollector, writeCollector } from '../../spool/collector.ts';
import { lastAttempt } from '../../spool/lease.ts';
import { spooledRuns, spoolPlaces } from '../../spool/spool-places.ts';
import { askSlurm, refusal, tellSlurm } from './ask-slurm.ts';
import { collectScript } from './collect-script.ts';
import type { Jobs } from './jobs.ts';
import { secondsOf } from './sbatch-options.ts';
import type { Shell } from './shell.ts';
import { jobName, openSubmissions, type Submission } from './submission.ts';
import { isTooMany } from './submit.ts';

/** Environment variable by which a process knows that such a job has started it. */
export const BEFORE = 'KINDLING_COLLECTED_BEFORE';

/** Minutes that it may take. */
const LIMIT = 15;

/**
 * Whether to start workers would be in vain: a job has started this process, and no run has ended since it was submitted. The two would
 * else start each other for ever, where no worker can train.
 * @throws an error of the file system
 */
export async function isInVain({ spool, collecting }: Jobs): Promise<boolean> {
  const before = collecting?.before ?? null;
  if (before === null || (await notEnded(spool)) < before) return false;
  writeCollector(spool, { name: '', words: 'no job collects any more: those before it ended no run' });
  return true;
}

/**
 * Submits the job that collects when all have ended that were submitted so far, in the place of the one before, where somebody wants it.
 * Where it is not accepted, the spool says so.
 */
export async function submitCollectJob(shell: Shell, jobs: Jobs, signal?: AbortSignal): Promise<void> {
  const { spool, collecting } = jobs;
  if (!collecting) return;
  const former = await readCollector(spool).catch(() => null);
  const name = `${jobName(spool)}-collect`;
  const script = join(spoolPlaces.fleet(spool), `${name}.sh`);
  const log = spoolPlaces.collectorLog(spool);
  writeWhole(
    script,
    collectScript({
      ...{ host: collecting.host, command: collecting.command, pause: collecting.pause },
      environment: { ...collecting.environment, [BEFORE]: String(await notEnded(spool)) },
      spoolFile: spoolPlaces.study(spool),
      ...{ note: spoolPlaces.collector(spool), log },
      failed: collectorText({
        name,
        words: `the job that was to have ${collecting.host} collect them could not: ${log} says why`,
      }),
    }),
  );
  // first: whoever goes on after a kill finds the job by its name
  writeCollector(spool, {
    name,
    words: `a job has ${collecting.host} collect them when the others have ended`,
  });
  const refused = await submitBehind(shell, jobs, { name, script, log }, signal);
  if (refused !== null) {
    const why = `no job collects them, as the cluster does not accept it: ${refused.message.replaceAll('\n', ': ')}`;
    writeCollector(spool, { name: '', words: why });
  }
  if (former !== null) await takeBack(shell, former.name, signal);
}

/** Takes back the job that collects, unless it runs: it may be what has started this process. */
export async function cancelCollectJob(shell: Shell, spool: string, signal?: AbortSignal): Promise<void> {
  const collector = await readCollector(spool).catch(() => null);
  if (collector !== null) await takeBack(shell, collector.name, signal);
}

async function takeBack(shell: Shell, name: string, signal?: AbortSignal): Promise<void> {
  if (name !== '') await askSlurm(shell, ['scancel', '--quiet', '--state=PENDING', `--name=${name}`], signal);
}

interface Job {
  readonly name: string;
  readonly script: string;
  readonly log: string;
}

/** @returns what Slurm says where it does not accept it, null where it does */
async function submitBehind(
  shell: Shell,
  { spool, settings }: Jobs,
  job: Job,
  signal?: AbortSignal,
): Promise<Error | null> {
  const submissions = openSubmissions(spool);
  const sbatch = ['sbatch', ...collectOptions(spool, settings, job, submissions), job.script];
  const result = await tellSlurm(shell, sbatch, signal);
  if (result.status === 0) return null;
  const refused = refusal(shell, sbatch, result);
  const spare = isTooMany(refused) ? spareElement(submissions) : null;
  if (spare === null) return refused;
  // it takes the place of one that would only begin where another is lost
  await askSlurm(shell, ['scancel', '--quiet', spare], signal);
  const again = await tellSlurm(shell, sbatch, signal);
  return again.status === 0 ? null : refusal(shell, sbatch, again);
}

function collectOptions(
  spool: string,
  { partition, time, options }: SlurmSettings,
  { name, log }: Job,
  submissions: readonly Submission[],
): string[] {
  const ids = submissions.flatMap(({ id }) => id ?? []);
  const isShort = time !== null && secondsOf(time) < LIMIT * 60;
  return [
    '--parsable',
    `--job-name=${name}`,
    ...(ids.length === 0 ? [] : [`--dependency=afterany:${ids.join(':')}`]),
    '--kill-on-invalid-dep=yes',
    // not in the spool, which is removed when all has been taken
    `--chdir=${dirname(spool)}`,
    `--output=${log}`,
    '--open-mode=truncate',
    '--requeue',
    '--nodes=1',
    '--ntasks=1',
    '--cpus-per-task=1',
    `--time=${isShort ? time : String(LIMIT)}`,
    ...(partition === null ? [] : [`--partition=${partition}`]),
    ...options,
  ];
}

/** `812_7`: the last element of the last array that has more than run at a time. */
function spareElement(submissions: readonly Submission[]): string | null {
  const last = submissions.findLast(({ id, elements, atOnce }) => id !== null && elements > atOnce);
  return last ? `${last.id ?? ''}_${last.elements - 1}` : null;
}

async function notEnded(spool: string): Promise<number> {
  const runs = await spooledRuns(spool);
  const attempts = await Promise.all(runs.map(({ run }) => lastAttempt(spool, run).catch(() => null)));
  return attempts.filter((last) => last?.state !== 'done').length;
}
