import { fork, type ChildProcess } from 'node:child_process';
import { plainNode } from '../plain-node.ts';

/** How a process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** The last lines that it wrote to its error output; or why it could not be started. */
  readonly errorOutput: string;
}

/** A process that is sent messages of one kind, wherever it runs. */
export interface ChildProgram<Sent> {
  readonly pid: number | null;
  /** Does nothing once the process has ended. */
  send(message: Sent): void;
  /** Messages as they arrive, not yet validated. One listener; to be set at once after the start. */
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, after all messages; also when the process could not be started at all. */
  onEnd(listener: (end: ProcessEnd) => void): void;
  /** Ends it at once, as `kill -9` does. */
  kill(): void;
}

/** Characters of the error output that are kept for the message about a death. */
const KEPT_OUTPUT = 4000;

const living = new Set<ChildProcess>();
let watching = false;

/**
 * Starts a program of ours as a child process of this one, run by plain Node.
 *
 * It stands in a process group of its own, so that Ctrl-C in the terminal reaches the application only, which then asks
 * it to stop. When the application dies its channel closes, upon which it leaves.
 *
 * @param entry path of the program.
 * @param environment what it needs in its environment, added to that of this process.
 */
export function startProgram<Sent extends object>(
  entry: string,
  environment: Readonly<Record<string, string>>,
): ChildProgram<Sent> {
  const child = fork(entry, [], {
    execPath: plainNode(),
    execArgv: [],
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...environment },
  });
  killWithThisProcess(child);
  let errorOutput = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-KEPT_OUTPUT);
  });
  return {
    pid: child.pid ?? null,
    send: (message) => {
      // one that is about to be reported dead may have closed its channel already
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', listener),
    onEnd: (listener) => {
      let told = false;
      const tell = (end: ProcessEnd): void => {
        if (!told) listener(end);
        told = true;
      };
      child.on('error', (error) => tell({ exitCode: null, signal: null, errorOutput: error.message }));
      // `close` and not `exit`: by then the error output and all messages have arrived
      child.on('close', (exitCode, signal) => tell({ exitCode, signal, errorOutput: errorOutput.trim() }));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function killWithThisProcess(child: ChildProcess): void {
  living.add(child);
  child.once('exit', () => living.delete(child));
  if (watching) return;
  watching = true;
  process.once('exit', () => {
    for (const each of living) each.kill('SIGKILL');
  });
}
