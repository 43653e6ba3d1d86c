import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compiledCode } from '../compiled-code.ts';
import { plainNode } from '../plain-node.ts';
import type { Carrier, WorkerEnd } from './carrier.ts';
import { guardGroup } from './guarded-groups.ts';
import { killGroup } from './kill-group.ts';

/** Characters of the error output that are kept for the message about a death. */
const KEPT_OUTPUT = 8000;

/**
 * Starts a program of ours as a child process of this one, run by plain Node.
 *
 * It leads a process group of its own, so that Ctrl-C in the terminal reaches the application only, which then asks it
 * to stop. It never outlives this process: its channel closes, upon which it leaves, and the guard kills it if it hangs.
 *
 * @param environment what it needs in its environment, added to that of this process.
 */
export function startProcess(program: URL, environment: Readonly<Record<string, string>>): Carrier {
  const child = fork(fileURLToPath(program), [], {
    execPath: plainNode(),
    execArgv: [],
    detached: process.platform !== 'win32',
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { NODE_COMPILE_CACHE: compiledCode(), ...process.env, ...environment },
  });
  const { pid } = child;
  if (pid !== undefined) child.once('exit', guardGroup(pid));
  let errorOutput = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-KEPT_OUTPUT);
  });
  return {
    pid: pid ?? null,
    send: (message) => {
      // one that is about to be reported dead may have closed its channel already
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => {
      let isTold = false;
      const tell = (end: WorkerEnd): void => {
        if (!isTold) listener(end);
        isTold = true;
      };
      child.on('error', (error) => tell({ exitCode: null, signal: null, errorOutput: error.message }));
      // `close` and not `exit`: by then the error output and all messages have arrived
      child.on('close', (exitCode, signal) => tell({ exitCode, signal, errorOutput: errorOutput.trim() }));
    },
    kill: () => {
      if (pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(pid);
    },
  };
}
