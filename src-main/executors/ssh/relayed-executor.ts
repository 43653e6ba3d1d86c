import type { Workers } from '../../../src-shared/contract/api/studies.ts';
import type { JobPlan } from '../../../src-shared/studies/plan-jobs.ts';
import type { Executor, ExecutorSite, JobsWanted, Trainer } from '../executor.ts';
import { forgetSpool, noteSpool } from '../spool/find-spool.ts';
import type { SettingsElsewhere } from '../spool/worker-fleet.ts';
import type { HostUnreachable } from './host-unreachable.ts';
import { LastingRelay } from './lasting-relay.ts';
import type { RelayConnection } from './relay-connection.ts';
import { type RelayedSite, RelayedSeat } from './relayed-seat.ts';

/** A study whose runs are trained from a host. */
export interface RelayedStudy {
  /** By name. */
  readonly executor: string;
  /** What a person said, with the host. */
  readonly settings: unknown;
  readonly there: SettingsElsewhere<unknown>;
  readonly plan: (request: JobsWanted) => JobPlan;
}

/**
 * Opens the spool of a study on a host: what follows it there is a relay, which tells of it here, over a connection that may be lost.
 * @throws HostUnreachable; what opening the spool there throws; an error of the file system; the signal's reason
 */
export async function openRelayed(site: ExecutorSite, study: RelayedStudy): Promise<Executor> {
  const executor = new RelayedExecutor(site, study);
  await executor.open(site.signal);
  return executor;
}

class RelayedExecutor implements Executor, RelayedSite {
  readonly isElsewhere = true;
  readonly stopMs = 20_000;
  readonly host: string;
  readonly relay: LastingRelay;
  readonly #site: ExecutorSite;
  readonly #study: RelayedStudy;
  /** By their numbers. */
  readonly #seats = new Map<number, RelayedSeat>();
  #spool = '';
  #wanted: JobsWanted | null = null;
  #nextSeat = 0;
  #workers: Workers | null = null;
  /** Why there is no connection. */
  #trouble: string | null = null;
  #goesOnAlone = false;

  constructor(site: ExecutorSite, study: RelayedStudy) {
    this.host = study.there.at.host;
    this.#site = site;
    this.#study = study;
    this.relay = new LastingRelay(study.there.at, {
      prepare: (connection) => this.#prepare(connection),
      onWorkers: (workers) => (this.#workers = workers),
      onTrouble: (failure) => this.#noteTrouble(failure),
    });
  }

  async open(signal?: AbortSignal): Promise<void> {
    // of a host that does not answer, only after a while
    this.#site.onPreparing?.({ what: `connecting to ${this.host}`, secondsLeft: null });
    await this.relay.open(signal);
    // nobody may ever take a seat
    signal?.addEventListener('abort', () => {
      if (this.#seats.size === 0) this.relay.close();
    });
    await noteSpool(this.#site.home, this.#note);
  }

  get notes(): readonly string[] {
    return [`Its runs wait in ${this.host}:${this.#spool} for workers.`];
  }

  workers(): Workers | null {
    if (this.#trouble === null) return this.#workers;
    return { running: 0, waiting: 0, ...this.#workers, note: this.#trouble };
  }

  plan(request: JobsWanted): JobPlan {
    const plan = this.#study.plan(request);
    this.#wanted = request;
    return plan;
  }

  async startTrainer(threads: number, signal: AbortSignal): Promise<Trainer> {
    const number = this.#nextSeat++;
    const seat = new RelayedSeat(this, number, threads);
    this.#seats.set(number, seat);
    try {
      await this.relay.do((connection) => this.#announce(connection, seat), signal);
      signal.throwIfAborted();
      return seat;
    } catch (error) {
      await seat.leave();
      throw error;
    }
  }

  goOnAlone(): void {
    this.#goesOnAlone = true;
  }

  async leave(seat: RelayedSeat, signal: AbortSignal): Promise<void> {
    if (!this.#seats.has(seat.number)) return;
    const parameters = { seat: seat.number, goesOnAlone: this.#goesOnAlone };
    const isGone = await this.relay
      .do((connection) => connection.ask('leave', parameters), signal)
      .catch(
        // what is left of the spool is looked after by whoever finds its note
        () => false,
      );
    this.#seats.delete(seat.number);
    if (this.#seats.size > 0) return;
    this.relay.close();
    if (isGone) await forgetSpool(this.#site.home, this.#note);
  }

  /** Each connection has a relay of its own, which knows nothing of those before. */
  async #prepare(connection: RelayConnection): Promise<void> {
    const { executor, there } = this.#study;
    const parameters = { study: this.#site.study, executor, settings: there.settings };
    this.#spool = await connection.ask('open', parameters);
    for (const seat of this.#seats.values()) await this.#announce(connection, seat);
  }

  async #announce(connection: RelayConnection, { number: seat, threads }: RelayedSeat): Promise<void> {
    await connection.ask('seat', { seat, threads, wanted: this.#wanted });
  }

  get #note(): Parameters<typeof noteSpool>[1] {
    const { executor, settings, there } = this.#study;
    const { name: study, store } = this.#site.study;
    return { spool: this.#spool, on: { at: there.at, study, store, executor, settings } };
  }

  /** Told once, not for each run. */
  #noteTrouble(failure: HostUnreachable | null): void {
    const isNew = failure !== null && this.#trouble === null;
    this.#trouble = failure && `${failure.what}; it is tried again and again, and its runs go on meanwhile`;
    if (this.#trouble === null || !isNew) return;
    for (const seat of this.#seats.values()) if (seat.tellTrouble(this.#trouble)) return;
  }
}
