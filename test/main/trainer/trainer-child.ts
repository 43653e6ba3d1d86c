import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import {
  fromTrainerSchema,
  type FromTrainer,
  type RunSpecification,
  type ToTrainer,
} from '../../../src-shared/contract/trainer-protocol.ts';
import { computingEnvironment } from '../../../src-main/engine/computing-environment.ts';
import { selectedEngine } from '../../../src-main/engine/provisioning/installation.ts';
import { kindlingHome } from '../../../src-main/home.ts';

const ENTRY = fileURLToPath(new URL('../../../src-main/trainer/main.ts', import.meta.url));

type Ended = Extract<FromTrainer, { type: 'complete' | 'failed' | 'stopped' }>;

/** A trainer process as the application starts it; what it says is checked against the protocol. */
export class TrainerChild {
  readonly #child: ChildProcess;
  readonly messages: FromTrainer[] = [];
  readonly exit: Promise<unknown>;
  #heard: () => void = () => undefined;

  constructor() {
    this.#child = fork(ENTRY, [], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, ...computingEnvironment(selectedEngine(kindlingHome()), 2) },
    });
    this.exit = once(this.#child, 'exit').then(([code, signal]: unknown[]) => code ?? signal);
    this.#child.on('message', (content) => {
      this.messages.push(fromTrainerSchema.parse(content));
      this.#heard();
    });
    this.#child.on('exit', () => this.#heard());
  }

  send(message: ToTrainer): void {
    this.#child.send(message);
  }

  disconnect(): void {
    this.#child.disconnect();
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** The first message from `start` on that is wanted; waits for it. */
  async hear(start: number, wanted: (message: FromTrainer) => boolean): Promise<FromTrainer> {
    for (;;) {
      const found = this.messages.slice(start).find(wanted);
      if (found !== undefined) return found;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error('the trainer has left');
      await new Promise<void>((resolve) => {
        this.#heard = resolve;
      });
    }
  }

  /** Trains and gives all that was said about the run, its end last. */
  async train(
    specification: RunSpecification,
    onStart?: () => void,
  ): Promise<{ said: FromTrainer[]; end: Ended }> {
    const start = this.messages.length;
    this.send({ type: 'train', specification });
    if (onStart) {
      await this.hear(start, ({ type }) => type === 'started');
      onStart();
    }
    const end = await this.hear(start, isEnd);
    if (!isEnd(end)) throw new Error(end.type);
    return { said: this.messages.slice(start), end };
  }
}

function isEnd(message: FromTrainer): message is Ended {
  return message.type === 'complete' || message.type === 'failed' || message.type === 'stopped';
}
