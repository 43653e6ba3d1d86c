import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { isDiskFull } from '../../files/disk-full.ts';
import { codeOf } from '../../spool/patiently.ts';

/** What the file system refused around a spool is no run's fault: a Problem of the place. Any other error is itself. */
export function spoolProblem(spool: string, error: unknown): unknown {
  if (error instanceof Problem || codeOf(error) === null) return error;
  const { message } = error as Error;
  const cause = { cause: error };
  return isDiskFull(error)
    ? new Problem(
        'disk-full',
        `There is no room for what passes through ${spool}: ${message}. Make room, and go on with the study: what workers have finished stays there.`,
        cause,
      )
    : new Problem(
        'cluster',
        `${spool} cannot be used: ${message}. Once it can, go on with the study: what workers have finished stays there.`,
        cause,
      );
}
