import type { FleetWorker } from '../spool/worker-fleet.ts';
import { askSlurm, refusal, tellSlurm } from './ask-slurm.ts';
import type { Shell } from './shell.ts';

/** What Slurm says of one job. */
export interface JobState {
  readonly name: string;
  /** Of its array; null for a job alone, and for elements that Slurm tells as one because they ended before they began. */
  readonly element: number | null;
  readonly state: string;
  /** Of the controller, or the exit status; null where it says none. */
  readonly reason: string | null;
}

/** A name of ours and what Slurm called it. */
export interface KnownJob {
  readonly name: string;
  readonly id: string | null;
}

/**
 * What the controller has in mind: all that waits and runs, and what ended within the last minutes (`MinJobAge`).
 * @throws Problem `cluster` where it does not answer
 */
export async function queuedJobs(
  shell: Shell,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<JobState[]> {
  // the fields in this form are the same in all versions, where those of --json change from one to the next
  const text = await askSlurm(
    shell,
    [
      ...['squeue', '--noheader', '--all', '--array', '--states=all'],
      ...[`--name=${names.join(',')}`, '--format=%j|%K|%T|%r'],
    ],
    signal,
  );
  return rows(text).flatMap(([name = '', element = '', state = '', reason = '']) => ({
    ...{ name, state, element: /^\d+$/.test(element) ? Number(element) : null },
    reason: reason === '' || reason === 'None' ? null : reason,
  }));
}

/**
 * What accounting remembers of jobs that have ended; null where the cluster has none, or it does not answer. One that it takes for alive and
 * the controller does not know was lost by that, and stays so there until an administrator mends it.
 * @param since ISO 8601
 */
export async function accountedJobs(
  shell: Shell,
  names: readonly string[],
  since: string,
  signal?: AbortSignal,
): Promise<JobState[] | null> {
  const { status, stdout } = await tellSlurm(
    shell,
    [
      ...['sacct', '--noheader', '--parsable2', '--allocations', `--name=${names.join(',')}`],
      ...[`--starttime=${dayBefore(since)}`, '--format=JobName,JobID,State,ExitCode'],
    ],
    signal,
  );
  if (status !== 0) return null;
  return rows(stdout)
    .map(([name = '', id = '', state = '', exit = '']) => ({
      ...{ name, element: elementOf(id), state: state.split(' ')[0] ?? '', reason: exitReason(exit) },
    }))
    .filter(({ state }) => workerState(state) === 'ended');
}

/** What the controller remembers of these ids, where it is still of these names. */
export async function rememberedJobs(
  shell: Shell,
  jobs: readonly KnownJob[],
  signal?: AbortSignal,
): Promise<JobState[]> {
  const states: JobState[] = [];
  for (const { id, name } of jobs) {
    if (id === null) continue;
    const command = ['scontrol', '--oneliner', '--all', 'show', 'job', id];
    const result = await tellSlurm(shell, command, signal);
    if (result.status !== 0) {
      if (/invalid job id/i.test(result.stderr)) continue;
      throw refusal(shell, command, result);
    }
    states.push(...readJobs(result.stdout).filter((job) => job.name === name));
  }
  return states;
}

/** @param text a job a line, each of `Key=value` with spaces between them */
function readJobs(text: string): JobState[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('JobId='))
    .map((line) => {
      const value = (key: string): string => new RegExp(` ${key}=(\\S*)`).exec(line)?.[1] ?? '';
      const element = value('ArrayTaskId');
      return {
        ...{ name: value('JobName'), state: value('JobState'), reason: exitReason(value('ExitCode')) },
        element: /^\d+$/.test(element) ? Number(element) : null,
      };
    });
}

const WAITING = new Set([
  ...['PENDING', 'REQUEUED', 'REQUEUE_HOLD', 'REQUEUE_FED', 'RESV_DEL_HOLD', 'SPECIAL_EXIT'],
]);
const ENDED = new Set([
  ...['BOOT_FAIL', 'CANCELLED', 'COMPLETED', 'DEADLINE', 'FAILED', 'LAUNCH_FAILED', 'NODE_FAIL'],
  ...['OUT_OF_MEMORY', 'PREEMPTED', 'RECONFIG_FAIL', 'REVOKED', 'TIMEOUT'],
]);

/** What it means for who counts workers; a state that is not known here is one of a job that has its node. */
export function workerState(state: string): FleetWorker['state'] {
  return WAITING.has(state) ? 'waiting' : ENDED.has(state) ? 'ended' : 'running';
}

/** `12_3` is an element, `12` is alone, and `12_[4-7%2]` are elements that ended before they began. */
function elementOf(id: string): number | null {
  const element = /_(\d+)$/.exec(id)?.[1];
  return element === undefined ? null : Number(element);
}

/** @param exit `status:signal` */
function exitReason(exit: string): string | null {
  const [status = 0, signal = 0] = exit.split(':').map(Number);
  if (signal > 0) return `ended by signal ${signal}`;
  return status > 0 ? `exit status ${status}` : null;
}

/** The clock of a cluster may not be ours, nor its time zone. */
function dayBefore(iso: string): string {
  return new Date(Date.parse(iso) - 86_400_000).toISOString().slice(0, 10);
}

function rows(text: string): string[][] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('|'));
}
