import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import type { Workers } from '../../../src-shared/contract/api/studies.ts';
import { problemOf } from '../../../src-shared/mistakes/problem.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { awakeTimer } from '../../work/awake-timer.ts';
import { guardGroup } from '../../work/guarded-groups.ts';
import { killGroup } from '../../work/kill-group.ts';
import { hasRoom, onMessages, send } from '../../work/message-stream.ts';
import { afterMark } from './after-mark.ts';
import {
  connectionLost,
  type HostUnreachable,
  noSsh,
  otherVersion,
  relayFailed,
  silentHost,
  sshFailure,
  type SshEnd,
} from './host-unreachable.ts';
import {
  ALIVE_MS,
  type AskAnswer,
  type AskParameters,
  type AskTold,
  type FromRelay,
  fromRelaySchema,
  RELAY_ASKS,
  RELAY_MARK,
  type RelayAsk,
  SILENCE_MS,
  type ToRelay,
} from './relay-protocol.ts';
import { type SshHost, sshCommand } from './ssh-host.ts';

/** Characters of what `ssh` complains of that are kept. */
const KEPT_OUTPUT = 8000;
/** Milliseconds in which what `ssh` has said arrives after its end. */
const LAST_WORDS_MS = 500;
/** Bytes that a message may have; a run's result has its confusion matrix. */
const LONGEST_MESSAGE = 64 << 20;

/** What hears of an ask before its answer. */
export interface AskControl<Name extends RelayAsk> {
  readonly onTold?: (what: AskTold<Name>) => void;
  /** Has the relay end it soon; it answers all the same. */
  readonly signal?: AbortSignal | undefined;
}

/** A relay on a host that is there. */
export interface RelayConnection {
  /** Of Kindling there. */
  readonly home: string;
  /**
   * @throws Problem as the relay says; ConnectionLost where the connection ends before the answer; the reason of the signal where the
   *   relay ended it
   */
  ask<Name extends RelayAsk>(
    name: Name,
    parameters: AskParameters<Name>,
    control?: AskControl<Name>,
  ): Promise<AskAnswer<Name>>;
  /** Resolves when there is room for more to be sent, or once it has ended. */
  hasRoom(): Promise<void>;
  /** Resolves once it has ended. */
  readonly gone: Promise<HostUnreachable>;
  close(): void;
}

export interface ConnectOptions {
  /** Ends the connecting. */
  readonly signal?: AbortSignal | undefined;
  readonly onWorkers?: (workers: Workers) => void;
}

/** Starts a relay on a host. @throws HostUnreachable; the signal's reason */
export async function connectRelay(
  host: SshHost,
  { signal, onWorkers }: ConnectOptions = {},
): Promise<RelayConnection> {
  signal?.throwIfAborted();
  const ssh = startSsh(host);
  const connection = new Connection(host, ssh, onWorkers ?? (() => undefined));
  const stop = (): void => ssh.kill();
  signal?.addEventListener('abort', stop);
  try {
    await connection.greeted;
    return connection;
  } catch (error) {
    connection.close();
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

interface Asked {
  readonly name: RelayAsk;
  readonly control: AskControl<RelayAsk>;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

class Connection implements RelayConnection {
  readonly greeted: Promise<null>;
  readonly gone: Promise<HostUnreachable>;
  home = '';
  readonly #host: SshHost;
  readonly #ssh: Ssh;
  readonly #onWorkers: (workers: Workers) => void;
  readonly #asked = new Map<number, Asked>();
  readonly #greeting = Promise.withResolvers<null>();
  readonly #silence = awakeTimer(SILENCE_MS, () => this.#fall());
  readonly #alive = setInterval(() => this.#say({ type: 'alive' }), ALIVE_MS);
  #isGreeted = false;
  #isSilent = false;
  #failure: HostUnreachable | null = null;
  #asks = 0;

  constructor(host: SshHost, ssh: Ssh, onWorkers: (workers: Workers) => void) {
    this.#host = host;
    this.#ssh = ssh;
    this.#onWorkers = onWorkers;
    this.greeted = this.#greeting.promise;
    onMessages(ssh.output, LONGEST_MESSAGE, (message) => {
      this.#silence.reset();
      this.#hear(fromRelaySchema.parse(message));
    });
    // `ssh` says how it ended, unless it is ended for what is no message: others write into the output
    ssh.output.on('close', () => (ssh.output.readableEnded ? this.close() : ssh.kill()));
    this.gone = ssh.ended.then((end) => this.#end(end));
  }

  ask<Name extends RelayAsk>(
    name: Name,
    parameters: AskParameters<Name>,
    control: AskControl<Name> = {},
  ): Promise<AskAnswer<Name>> {
    if (this.#failure) return Promise.reject(this.#failure);
    const id = ++this.#asks;
    const { promise, resolve, reject } = Promise.withResolvers<AskAnswer<Name>>();
    this.#asked.set(id, { name, control, resolve, reject });
    this.#say({ type: 'ask', id, name, parameters }, name === 'put');
    const { signal } = control;
    const stop = (): void => this.#say({ type: 'stop', id });
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop);
    return promise.finally(() => signal?.removeEventListener('abort', stop));
  }

  hasRoom(): Promise<void> {
    return hasRoom(this.#ssh.input, this.gone);
  }

  close(): void {
    clearInterval(this.#alive);
    this.#silence.stop();
    // the relay leaves with its input; `ssh` may wait for a host that is gone
    this.#ssh.input.end();
    const late = setTimeout(() => this.#ssh.kill(), 2000);
    void this.#ssh.ended.then(() => clearTimeout(late));
  }

  #say(message: ToRelay, mayHoldBytes = false): void {
    send(this.#ssh.input, message, mayHoldBytes);
  }

  #hear(message: FromRelay): void {
    if (message.type === 'hello') return this.#greet(message);
    if (message.type === 'alive') return;
    if (message.type === 'workers') return this.#onWorkers(message.workers);
    const asked = this.#asked.get(message.id);
    // ended by a failure of its listener
    if (!asked) return;
    if (message.type !== 'told') this.#asked.delete(message.id);
    try {
      this.#tell(asked, message);
    } catch (error) {
      this.#asked.delete(message.id);
      asked.reject(error);
    }
  }

  /** @throws what its listener throws; ZodError for what is no answer to it */
  #tell({ name, control, resolve, reject }: Asked, message: Extract<FromRelay, { id: number }>): void {
    switch (message.type) {
      case 'told':
        control.onTold?.(RELAY_ASKS[name].told.parse(message.what));
        break;
      case 'answer':
        resolve(RELAY_ASKS[name].answer.parse(message.answer) as never);
        break;
      case 'failed':
        reject(problemOf(message.problem));
        break;
      case 'stopped':
        reject(control.signal?.reason);
        break;
      case 'bug':
        reject(relayFailed(this.#host, message.message));
        break;
    }
  }

  #greet({ version, home }: Extract<FromRelay, { type: 'hello' }>): void {
    const own = kindlingVersion();
    if (version !== own) {
      this.#failure = otherVersion(this.#host, version, own);
      return this.#ssh.kill();
    }
    this.home = home;
    this.#isGreeted = true;
    this.#greeting.resolve(null);
  }

  #fall(): void {
    this.#isSilent = true;
    this.#ssh.kill();
  }

  #end(end: SshEnd | null): HostUnreachable {
    clearInterval(this.#alive);
    this.#silence.stop();
    const failure = (this.#failure ??= this.#reason(end));
    this.#greeting.reject(failure);
    for (const { reject } of this.#asked.values()) reject(failure);
    this.#asked.clear();
    return failure;
  }

  #reason(end: SshEnd | null): HostUnreachable {
    if (end === null) return noSsh();
    if (this.#isGreeted) {
      const why = this.#isSilent ? `it was silent for ${SILENCE_MS / 1000} s` : end.stderr;
      return connectionLost(this.#host, { ...end, stderr: why });
    }
    return this.#isSilent ? silentHost(this.#host, SILENCE_MS / 1000) : sshFailure(this.#host, end);
  }
}

interface Ssh {
  readonly input: Writable;
  /** From the mark on. */
  readonly output: Readable;
  /** Null where there is no `ssh`. */
  readonly ended: Promise<SshEnd | null>;
  kill(): void;
}

/** It leads a group of its own, without a terminal from which it could ask for something. */
function startSsh(host: SshHost): Ssh {
  const [program = '', ...parameters] = sshCommand(host, ['cluster', 'relay']);
  const child: ChildProcessByStdio<Writable, Readable, Readable> = spawn(program, parameters, {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const { pid } = child;
  if (pid !== undefined) child.once('exit', guardGroup(pid));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-KEPT_OUTPUT);
  });
  // what cannot be written any more: the end follows
  child.stdin.on('error', () => undefined);
  const output = child.stdout.pipe(afterMark(RELAY_MARK)).pipe(new PassThrough());
  const ended = new Promise<SshEnd | null>((resolve) => {
    child.once('error', () => resolve(null));
    // by then all that it said has arrived; but a connection that it leaves open for others (ControlPersist) keeps its error output open
    child.once('close', (status) => resolve({ status, stderr }));
    child.once('exit', (status) => setTimeout(() => resolve({ status, stderr }), LAST_WORDS_MS));
  });
  return {
    ...{ input: child.stdin, output, ended },
    kill: () => {
      if (pid !== undefined && child.exitCode === null && child.signalCode === null) killGroup(pid);
    },
  };
}
