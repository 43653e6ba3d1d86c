import { Worker } from 'node:worker_threads';
import { type Carrier, LONGEST_KILL } from './carrier.ts';
import { THREAD_LIMITS } from './thread-limits.ts';

/** Threads that were told to end and have not yet. */
const ending = new Set<Worker>();
let isWatching = false;

/** Starts a program of ours in a thread of this process, which ends with it. */
export function startThread(program: URL): Carrier {
  // Flags of the main thread (--input-type, --test) may keep a thread's file from starting.
  const thread = new Worker(program, { execArgv: [], resourceLimits: THREAD_LIMITS });
  let lastError = '';
  let hasEnded = false;
  thread.on('error', (error) => {
    lastError = error instanceof Error ? (error.stack ?? error.message) : String(error);
  });
  thread.once('exit', () => {
    hasEnded = true;
    ending.delete(thread);
  });
  return {
    pid: null,
    send: (message) => thread.postMessage(message),
    onMessage: (listener) => void thread.on('message', listener),
    onEnd: (listener) =>
      void thread.once('exit', (exitCode) => listener({ exitCode, signal: null, errorOutput: lastError })),
    kill: () => {
      if (hasEnded) return;
      endWithThisProcess(thread);
      void thread.terminate();
    },
  };
}

/**
 * A thread inside a native call, as the reading of a file that never comes, ends only when that returns, and Node would
 * not leave before. It shall not hold the program.
 */
function endWithThisProcess(thread: Worker): void {
  ending.add(thread);
  setTimeout(() => thread.unref(), LONGEST_KILL).unref();
  if (isWatching) return;
  isWatching = true;
  process.once('exit', () => {
    if (ending.size > 0) process.kill(process.pid, 'SIGKILL');
  });
}
