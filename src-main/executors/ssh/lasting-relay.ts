import { setTimeout as wait } from 'node:timers/promises';
import type { Workers } from '../../../src-shared/contract/api/studies.ts';
import { HostUnreachable } from './host-unreachable.ts';
import { connectRelay, type RelayConnection } from './relay-connection.ts';
import type { SshHost } from './ssh-host.ts';

/** Milliseconds between two tries to connect: at first, and at most. */
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

export interface LastingOptions {
  /** Makes ready each new connection. */
  readonly prepare: (connection: RelayConnection) => Promise<void>;
  readonly onWorkers: (workers: Workers) => void;
  /** The connection was lost, and why another try has failed; null once there is one again. */
  readonly onTrouble: (failure: HostUnreachable | null) => void;
}

/** A relay that is connected to again whenever the connection is lost, for hours if need be. */
export class LastingRelay {
  readonly #host: SshHost;
  readonly #options: LastingOptions;
  readonly #closed = new AbortController();
  #connecting: Promise<RelayConnection> | null = null;
  #present: RelayConnection | null = null;

  constructor(host: SshHost, options: LastingOptions) {
    this.#host = host;
    this.#options = options;
  }

  /** The connection that is there now, ready; null where there is none. */
  get present(): RelayConnection | null {
    return this.#present;
  }

  /**
   * The first connection.
   * @throws HostUnreachable, also where another try may go better; the signal's reason
   */
  async open(signal?: AbortSignal): Promise<void> {
    const stop = (): void => this.close();
    signal?.addEventListener('abort', stop);
    try {
      this.#connecting = this.#connectOnce();
      await this.#connecting;
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  /**
   * Does something over the connection, and again over the next one where it is lost: it must not matter how often.
   * @param signal ends the waiting for a connection
   * @throws what the action throws otherwise; HostUnreachable where a connection needs somebody to do something; the signal's reason
   */
  async do<T>(action: (connection: RelayConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      const connection = await this.#connection(signal);
      try {
        return await action(connection);
      } catch (error) {
        if (!isPassing(error) || this.#closed.signal.aborted) throw error;
      }
    }
  }

  close(): void {
    this.#closed.abort();
    this.#present?.close();
  }

  #connection(signal: AbortSignal | undefined): Promise<RelayConnection> {
    signal?.throwIfAborted();
    this.#connecting ??= this.#connectAgain();
    return signal ? Promise.race([this.#connecting, rejection(signal)]) : this.#connecting;
  }

  async #connectAgain(): Promise<RelayConnection> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await wait(pause, undefined, { signal: this.#closed.signal });
      try {
        const connection = await this.#connectOnce();
        this.#options.onTrouble(null);
        return connection;
      } catch (error) {
        if (!isPassing(error)) throw error;
        this.#options.onTrouble(error);
      }
    }
  }

  async #connectOnce(): Promise<RelayConnection> {
    const { prepare, onWorkers, onTrouble } = this.#options;
    const { signal } = this.#closed;
    const connection = await connectRelay(this.#host, { signal, onWorkers });
    try {
      await prepare(connection);
    } catch (error) {
      connection.close();
      throw error;
    }
    this.#present = connection;
    void connection.gone.then((failure) => {
      this.#present = null;
      this.#connecting = null;
      if (!signal.aborted) onTrouble(failure);
    });
    return connection;
  }
}

function isPassing(error: unknown): error is HostUnreachable {
  return error instanceof HostUnreachable && error.mayPass;
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
}
