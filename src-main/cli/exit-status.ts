import { CommanderError } from 'commander';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { withPlainSpaces } from '../../src-shared/numbers.ts';
import { MissingAnalyses } from '../../src-shared/charts/layers/missing-analyses.ts';
import { Interrupted } from './interrupt.ts';

/**
 * Says what went wrong on standard error and returns the status to leave with: 0 for help and version,
 * 1 for a problem that the user can mend, 2 for a command line that is not understood, 70 for a bug
 * (with its stack), 130 after Ctrl-C.
 */
export function exitStatus(error: unknown): number {
  // Commander has already printed its own message.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Problem) {
    console.error(`kindling: ${withPlainSpaces(withCommand(error))}`);
    return error.code === 'usage' ? 2 : 1;
  }
  if (error instanceof Interrupted) {
    console.error(`kindling: ${withPlainSpaces(error.message)}`);
    return 130;
  }
  console.error('kindling: this is a bug in Kindling:');
  console.error(error);
  return 70;
}

/** The message, with the command that mends it where a page has a button. */
function withCommand(problem: Problem): string {
  if (!(problem instanceof MissingAnalyses)) return problem.message;
  const { message, method, isOverTraining } = problem;
  const checkpoints = isOverTraining ? ' --checkpoint each' : '';
  return `${message} Compute it with \`kindling analyze --methods ${method}${checkpoints}\`.`;
}
