import type { WorkerEnd } from './carrier.ts';

/** What V8, a thread, C++ and TensorFlow say when memory runs out. */
const OUT_OF_MEMORY = /heap out of memory|ERR_WORKER_OUT_OF_MEMORY|bad_alloc|\bOOM\b|Cannot allocate memory/;

/** What TensorFlow tells at every start: notes and warnings of its log, and that they come early. */
const GREETING = /^(WARNING: All log messages before|[IW]\d{4} )/;

/** Whether a worker ended because memory ran out, or may have: the system kills what takes too much. */
export function isOutOfMemory({ signal, errorOutput }: WorkerEnd): boolean {
  return signal === 'SIGKILL' || OUT_OF_MEMORY.test(errorOutput);
}

/**
 * Why a worker died, for people: `The trainer was killed by signal SIGKILL, perhaps because …`.
 *
 * @param lessMemory what takes less memory
 */
export function describeEnd(end: WorkerEnd, who: string, lessMemory: string): string {
  const lastWords = lastLines(end.errorOutput);
  return `${who} ${cause(end, lessMemory)}${lastWords === '' ? '' : ` Last output: ${lastWords}`}`;
}

function cause(end: WorkerEnd, lessMemory: string): string {
  const { exitCode, signal, errorOutput } = end;
  if (OUT_OF_MEMORY.test(errorOutput)) return `ran out of memory (use ${lessMemory}).`;
  if (signal === 'SIGKILL')
    return `was killed by signal SIGKILL, perhaps because the machine ran out of memory (use ${lessMemory}).`;
  if (signal !== null) return `was ended by signal ${signal}.`;
  if (exitCode !== null) return `ended with exit code ${exitCode}.`;
  return 'could not be started.';
}

function lastLines(errorOutput: string): string {
  const lines = errorOutput.split('\n').filter((line) => line.trim() !== '' && !GREETING.test(line));
  // what follows it is the stack of the machine
  const memory = lines.find((line) => OUT_OF_MEMORY.test(line));
  return memory ?? lines.slice(-8).join('\n');
}
