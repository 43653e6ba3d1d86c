import { join } from 'node:path';
import { writeWhole } from '../../files/write-whole.ts';
import { spoolPlaces } from '../../spool/spool-places.ts';
import { refusal, tellSlurm } from './ask-slurm.ts';
import { jobScript } from './job-script.ts';
import type { Jobs } from './jobs.ts';
import { sbatchOptions } from './sbatch-options.ts';
import type { Shell } from './shell.ts';
import type { SlurmLimits } from './slurm-limits.ts';
import { jobName, saveSubmission, stopMark, type Submission } from './submission.ts';

/** What Slurm says where fewer jobs might be accepted. */
const TOO_MANY = /limit|invalid job array|temporarily unable|resource temporarily/i;

/** Whether fewer jobs might be accepted. */
export function isTooMany({ message }: Error): boolean {
  return TOO_MANY.test(message);
}

/**
 * Submits jobs for so many workers at a time, and as many again, which begin where one of the first is lost: a worker that finds
 * nothing left to train ends at once. Where the cluster accepts fewer, there are fewer, and at last none that only wait.
 *
 * @throws Problem `cluster` with what Slurm says, where it accepts none
 */
export async function submitWorkers(
  shell: Shell,
  jobs: Jobs,
  workers: number,
  limits: SlurmLimits,
  signal?: AbortSignal,
): Promise<void> {
  const most = Math.max(1, limits.arraySize);
  const atOnce = Math.max(1, Math.floor(most / 2));
  let left = workers;
  let share = Math.min(left, atOnce);
  let accepted = 0;
  let hasSpares = true;
  while (left > 0) {
    const wanted = Math.min(share, left);
    const elements = Math.min(hasSpares ? 2 * wanted : wanted, most);
    const refused = await submit(shell, jobs, { elements, atOnce: wanted }, signal);
    if (refused === null) {
      accepted += wanted;
      left -= wanted;
    } else if (wanted > 1 && isTooMany(refused)) share = Math.ceil(wanted / 2);
    else if (elements > 1 && isTooMany(refused)) hasSpares = false;
    else if (accepted > 0) return;
    else throw refused;
  }
}

/** @returns what Slurm says where it does not accept them, null where it does */
async function submit(
  shell: Shell,
  { spool, settings, command, environment }: Jobs,
  { elements, atOnce }: { readonly elements: number; readonly atOnce: number },
  signal?: AbortSignal,
): Promise<Error | null> {
  const name = jobName(spool);
  const script = join(spoolPlaces.fleet(spool), `${name}.sh`);
  writeWhole(script, jobScript({ command, environment, stopMark: stopMark(spool, name) }));
  const submission: Submission = {
    ...{ name, elements, atOnce, id: null, submittedAt: new Date().toISOString(), isOver: false },
  };
  // first: whoever goes on after a kill finds the jobs by their name
  saveSubmission(spool, submission);
  const sbatch = ['sbatch', ...sbatchOptions(spool, submission, settings), script];
  const result = await tellSlurm(shell, sbatch, signal);
  const isAccepted = result.status === 0;
  // `id`, or `id;cluster`
  const id = isAccepted ? (/^\d+/m.exec(result.stdout)?.[0] ?? null) : null;
  saveSubmission(spool, { ...submission, id, isOver: !isAccepted });
  return isAccepted ? null : refusal(shell, sbatch, result);
}
