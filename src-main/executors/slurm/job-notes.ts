import { lastLine } from '../../files/last-line.ts';
import type { JobState } from './job-states.ts';
import { workerState } from './job-states.ts';
import { logFile, type Submission } from './submission.ts';

/** Reasons for which a job waits until somebody mends it, in words. */
const NEEDS_SOMEBODY: Readonly<Record<string, string>> = {
  AccountNotAllowed: 'the partition does not admit this account',
  AssocMaxJobsLimit: 'the account has as many jobs as it may',
  BadConstraints: 'no node has what it asks for',
  DependencyNeverSatisfied: 'what it depends on failed',
  InvalidAccount: 'the account is not valid',
  InvalidQOS: 'the quality of service is not valid',
  JobHeldAdmin: 'an administrator holds it',
  JobHeldUser: 'it is held: `scontrol release` lets it go',
  PartitionConfig: 'the partition has no node that could run it: too many CPUs or too much memory',
  PartitionDown: 'the partition is down',
  PartitionInactive: 'the partition is inactive',
  PartitionNodeLimit: 'the partition does not allow so many nodes',
  PartitionTimeLimit: 'its time limit is longer than that of the partition',
  ReqNodeNotAvail: 'the nodes that could run it are down or reserved',
};

/** Why it waits, or how it ended, for people; null where there is nothing to say. */
export function noteOf(
  spool: string,
  submission: Submission,
  element: number,
  job: JobState | 'coming' | null,
): string | null {
  if (job === 'coming') return 'Slurm has not told it yet';
  if (job === null) return 'Slurm has no record of it: it was cancelled, or ended some time ago';
  const { state, reason } = job;
  if (workerState(state) !== 'ended') {
    const words = reason === null ? undefined : NEEDS_SOMEBODY[reason.split(',')[0] ?? ''];
    return words === undefined ? reason : `${reason ?? ''}: ${words}`;
  }
  if (state === 'COMPLETED') return null;
  const said = lastLine(logFile(spool, submission.name, element));
  return [
    state,
    ...(reason === null || reason === state ? [] : [reason]),
    ...(said === null ? [] : [said]),
  ].join(': ');
}
