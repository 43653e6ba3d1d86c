import { fork, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../src-shared/contract/problem.ts';
import { computingEnvironment } from '../engine/computing-environment.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import { plainNode } from '../plain-node.ts';
import type { AnalysisFindings, AnalysisTask, FromAnalyst, ToAnalyst } from './analysis-protocol.ts';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));

/** Characters of the child's error output that are kept for the message about its death. */
const KEPT_OUTPUT = 4000;

export interface AnalysisOptions {
  /** Told the share that is done, from 0 to 1. */
  readonly onProgress: (share: number) => void;
  /** Ends the task soon; its reason is then thrown. */
  readonly signal?: AbortSignal;
}

/**
 * Analyses in a plain Node child of its own, started at the first task and kept warm: whoever asks never computes and
 * never waits. One task at a time.
 */
export class AnalysisProcess {
  readonly #home: string;
  #child: Child | null = null;

  /** @param home folder of the engines */
  constructor(home: string) {
    this.#home = home;
  }

  /**
   * @throws Problem of the method, of the engine, and `out-of-memory` where the child died; the signal's reason
   */
  async analyze(task: AnalysisTask, { onProgress, signal }: AnalysisOptions): Promise<AnalysisFindings> {
    signal?.throwIfAborted();
    this.#child = this.#child?.living() ? this.#child : startChild(this.#home);
    const child = this.#child;
    const cancel = (): void => child.send({ type: 'cancel' });
    signal?.addEventListener('abort', cancel);
    try {
      child.send({ type: 'analyze', task });
      for (;;) {
        const message = await child.next();
        switch (message.type) {
          case 'progress':
            onProgress(message.share);
            break;
          case 'complete':
            return message.findings;
          case 'failed':
            throw message.code === null
              ? new Error(message.message)
              : new Problem(message.code, message.message);
          case 'cancelled':
            throw signal?.reason ?? new Error('an analysis was cancelled by nobody');
        }
      }
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** Ends the child at once; a task in progress fails. */
  close(): void {
    this.#child?.kill();
    this.#child = null;
  }
}

interface Child {
  living(): boolean;
  send(message: ToAnalyst): void;
  /** The next message. @throws Problem once the process is gone */
  next(): Promise<FromAnalyst>;
  kill(): void;
}

function startChild(home: string): Child {
  const engine = selectedEngine(home);
  const child = fork(PROGRAM, [], {
    execPath: plainNode(),
    execArgv: [],
    // Ctrl-C in the terminal is for the application, which then cancels.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // features by the hundred megabytes travel as typed arrays within the process, never between the two
    env: { ...process.env, KINDLING_HOME: home, ...computingEnvironment(engine, availableParallelism()) },
  });
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  const { next, death } = messagesOf(child);
  return {
    living: () => death() === null,
    send: (message) => {
      // one that is about to be found dead may have closed its channel already
      if (child.connected) child.send(message, () => undefined);
    },
    next,
    kill,
  };
}

function messagesOf(child: ChildProcess): { next: () => Promise<FromAnalyst>; death: () => Problem | null } {
  const arrived: FromAnalyst[] = [];
  let waiting: { resolve: (message: FromAnalyst) => void; reject: (error: Problem) => void } | null = null;
  let errorOutput = '';
  let death: Problem | null = null;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errorOutput = (errorOutput + text).slice(-KEPT_OUTPUT);
  });
  child.on('message', (message) => {
    arrived.push(message as FromAnalyst);
    deliver();
  });
  const die = (cause: string): void => {
    death ??= new Problem('out-of-memory', `${cause}${errorOutput === '' ? '' : `\n${errorOutput.trim()}`}`);
    deliver();
  };
  child.on('error', (error) => die(`The analysing process could not be started: ${error.message}`));
  // `close` and not `exit`: by then the error output and all messages have arrived
  child.on('close', (code, signal) =>
    die(
      signal === 'SIGKILL'
        ? 'The analysing process was killed, perhaps because the machine ran out of memory; fewer images need less.'
        : `The analysing process ended (${signal ?? `exit code ${code ?? 0}`}).`,
    ),
  );
  function deliver(): void {
    const listener = waiting;
    if (listener === null) return;
    const message = arrived.shift();
    if (message === undefined && death === null) return;
    waiting = null;
    if (message !== undefined) listener.resolve(message);
    else if (death !== null) listener.reject(death);
  }
  const next = (): Promise<FromAnalyst> =>
    new Promise((resolve, reject) => {
      waiting = { resolve, reject };
      deliver();
    });
  return { next, death: () => death };
}
