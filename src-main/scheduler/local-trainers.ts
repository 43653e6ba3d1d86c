import { fork, type ChildProcess } from 'node:child_process';
import { plainNode } from '../plain-node.ts';
import type { ProcessEnd, StartTrainer, TrainerProcess } from './trainer-process.ts';

/** Characters of a trainer's error output that are kept for the message about its death. */
const KEPT_OUTPUT = 4000;

const living = new Set<ChildProcess>();
let watching = false;

/**
 * Trainers as child processes of this one, run by plain Node.
 *
 * They stand in a process group of their own, so that Ctrl-C in the terminal reaches the application only,
 * which then asks them to stop. When the application dies their channel closes, upon which they leave.
 *
 * @param entry path of the trainer's program.
 * @param environment what a trainer of so many threads needs in its environment, added to that of this process.
 */
export function localTrainers(
  entry: string,
  environment: (threads: number) => Readonly<Record<string, string>>,
): StartTrainer {
  return (threads) => {
    const child = fork(entry, [], {
      execPath: plainNode(),
      execArgv: [],
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...environment(threads) },
    });
    killWithThisProcess(child);
    return wrap(child);
  };
}

function wrap(child: ChildProcess): TrainerProcess {
  let errorOutput = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-KEPT_OUTPUT);
  });
  return {
    pid: child.pid ?? null,
    send: (message) => {
      // a trainer that is about to be reported dead may have closed its channel already
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
