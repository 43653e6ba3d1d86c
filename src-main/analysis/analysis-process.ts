import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../src-shared/contract/problem.ts';
import { startProgram } from '../children/child-program.ts';
import { describeEnd } from '../children/describe-end.ts';
import { computingEnvironment } from '../engine/computing-environment.ts';
import { selectedEngine } from '../engine/provisioning/installation.ts';
import type { AnalysisFindings, AnalysisTask, FromAnalyst, ToAnalyst } from './analysis-protocol.ts';

const PROGRAM = fileURLToPath(new URL('./main.ts', import.meta.url));

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
   * @throws Problem of the method, of the engine, `out-of-memory` where the child was killed and `process-died` where it
   *   died otherwise; the signal's reason
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
  // features by the hundred megabytes travel as typed arrays within the process, never between the two
  const child = startProgram<ToAnalyst>(PROGRAM, {
    KINDLING_HOME: home,
    ...computingEnvironment(selectedEngine(home), availableParallelism()),
  });
  const arrived: FromAnalyst[] = [];
  let waiting: { resolve: (message: FromAnalyst) => void; reject: (error: Problem) => void } | null = null;
  let death: Problem | null = null;
  child.onMessage((message) => {
    arrived.push(message as FromAnalyst);
    deliver();
  });
  child.onEnd((end) => {
    const code = end.signal === 'SIGKILL' ? 'out-of-memory' : 'process-died';
    death = new Problem(code, describeEnd(end, 'The analysing process', 'fewer images'));
    deliver();
  });
  function deliver(): void {
    const listener = waiting;
    if (listener === null) return;
    const message = arrived.shift();
    if (message === undefined && death === null) return;
    waiting = null;
    if (message !== undefined) listener.resolve(message);
    else if (death !== null) listener.reject(death);
  }
  return {
    living: () => death === null,
    send: (message) => child.send(message),
    next: () =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        deliver();
      }),
    kill: () => child.kill(),
  };
}
