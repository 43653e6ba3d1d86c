import type { ProcessEnd } from './trainer-process.ts';

/** Why a trainer died, for people: `The trainer was killed by signal SIGKILL, perhaps because …`. */
export function describeEnd({ exitCode, signal, errorOutput }: ProcessEnd): string {
  return `${cause(exitCode, signal)}${lastWords(errorOutput)}`;
}

function cause(exitCode: number | null, signal: string | null): string {
  if (signal === 'SIGKILL') {
    return 'The trainer was killed by signal SIGKILL, perhaps because the machine ran out of memory (smaller batches or fewer jobs need less).';
  }
  if (signal !== null) return `The trainer was ended by signal ${signal}.`;
  if (exitCode !== null) return `The trainer left with exit code ${exitCode}.`;
  return 'The trainer could not be started.';
}

/** What TensorFlow tells at every start: notes and warnings of its log, and that they come early. */
const GREETING = /^(WARNING: All log messages before|[IW]\d{4} )/;

function lastWords(errorOutput: string): string {
  const lines = errorOutput.split('\n').filter((line) => line.trim() !== '' && !GREETING.test(line));
  return lines.length > 0 ? ` Its last words: ${lines.slice(-8).join('\n')}` : '';
}
