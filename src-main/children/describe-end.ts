import type { ProcessEnd } from './child-program.ts';

/**
 * Why a process died, for people: `The trainer was killed by signal SIGKILL, perhaps because …`.
 *
 * @param less what needs less memory
 */
export function describeEnd(
  { exitCode, signal, errorOutput }: ProcessEnd,
  who: string,
  less: string,
): string {
  const lastWords = lastLines(errorOutput);
  return `${who} ${cause(exitCode, signal, less)}${lastWords === '' ? '' : ` Its last words: ${lastWords}`}`;
}

function cause(exitCode: number | null, signal: string | null, less: string): string {
  if (signal === 'SIGKILL')
    return `was killed by signal SIGKILL, perhaps because the machine ran out of memory (${less} need less).`;
  if (signal !== null) return `was ended by signal ${signal}.`;
  if (exitCode !== null) return `left with exit code ${exitCode}.`;
  return 'could not be started.';
}

/** What TensorFlow tells at every start: notes and warnings of its log, and that they come early. */
const GREETING = /^(WARNING: All log messages before|[IW]\d{4} )/;

function lastLines(errorOutput: string): string {
  const lines = errorOutput.split('\n').filter((line) => line.trim() !== '' && !GREETING.test(line));
  return lines.slice(-8).join('\n');
}
