import { basename } from 'node:path';
import type { RunSpecification, TrainingOutcome } from '../../../src-shared/studies/trainer-protocol.ts';
import { readDescription } from '../../datasets/description-file.ts';
import { WorkerDied } from '../../work/worker-died.ts';
import { LeftBehind, type Trainer, type TrainingControl } from '../executor.ts';
import { spoolProblem } from '../spool/spool-problem.ts';
import type { LastingRelay } from './lasting-relay.ts';
import { FetchedFiles } from './fetched-files.ts';
import type { RelayConnection } from './relay-connection.ts';
import type { AskTold } from './relay-protocol.ts';
import { sendFiles } from './send-files.ts';
import { ToldSoFar } from './told-so-far.ts';

/** What the seats at a relay share. */
export interface RelayedSite {
  readonly host: string;
  readonly relay: LastingRelay;
  /** Milliseconds in which a connection that is lost must be there again for a run to be stopped; else it goes on without this process. */
  readonly stopMs: number;
  /** Workers go on without this process. */
  goOnAlone(): void;
  /** @param signal ends the waiting for a connection */
  leave(seat: RelayedSeat, signal: AbortSignal): Promise<void>;
}

/** What has come of a run, over any connection. */
interface Arrived {
  readonly files: FetchedFiles;
  told: ToldSoFar | null;
}

interface Present {
  readonly control: TrainingControl;
  readonly reject: (error: unknown) => void;
}

/** A seat at a spool on a host, by the seat that the relay has there. */
export class RelayedSeat implements Trainer {
  readonly pid = null;
  readonly about = null;
  readonly number: number;
  readonly threads: number;
  readonly #site: RelayedSite;
  #death: WorkerDied | null = null;
  #present: Present | null = null;
  /** Fires when what was to be stopped has waited for a connection long enough. */
  #late: AbortSignal | null = null;

  constructor(site: RelayedSite, number: number, threads: number) {
    this.#site = site;
    this.number = number;
    this.threads = threads;
  }

  death(): WorkerDied | null {
    return this.#death;
  }

  async work(specification: RunSpecification, control: TrainingControl = {}): Promise<TrainingOutcome> {
    control.signal?.throwIfAborted();
    if (this.#death) throw this.#death;
    const { promise: ended, reject } = Promise.withResolvers<never>();
    this.#present = { control, reject };
    const arrived: Arrived = { files: new FetchedFiles(specification.artifacts), told: null };
    const late = control.signal && delayed(control.signal, this.#site.stopMs);
    this.#late = late ?? null;
    try {
      const working = this.#site.relay.do(
        (connection) => this.#workOver(connection, specification, control, arrived),
        late,
      );
      return await Promise.race([working, ended]);
    } catch (error) {
      throw spoolProblem(specification.artifacts, error);
    } finally {
      this.#present = null;
      await arrived.files.close();
    }
  }

  async recorded(run: string): Promise<void> {
    const parameters = { seat: this.number, run };
    await this.#site.relay
      .do((connection) => connection.ask('recorded', parameters), AbortSignal.timeout(this.#site.stopMs))
      // whoever looks after the spool the next time finds that it is in the store
      .catch(() => undefined);
  }

  leaveBehind(): void {
    this.#site.goOnAlone();
    this.#present?.reject(new LeftBehind());
  }

  leave(): Promise<void> {
    // the stop of its run has waited already
    const isLate = this.#late?.aborted === true && this.#site.relay.present === null;
    return this.#site.leave(this, isLate ? AbortSignal.abort() : AbortSignal.timeout(this.#site.stopMs));
  }

  kill(): void {
    this.#death ??= new WorkerDied('process-died', 'The run was given up.');
    // without a connection it goes on, and whoever starts the study again goes on with it
    this.#site.relay.present?.ask('kill', { seat: this.number }).catch(() => undefined);
    this.#present?.reject(this.#death);
  }

  /** @returns whether there was who hears it */
  tellTrouble(what: string): boolean {
    this.#present?.control.onTrouble?.(what);
    return this.#present?.control.onTrouble !== undefined;
  }

  async #workOver(
    connection: RelayConnection,
    specification: RunSpecification,
    control: TrainingControl,
    arrived: Arrived,
  ): Promise<TrainingOutcome> {
    await sendFiles(connection, specification);
    const { dataset: folder, run } = specification;
    const dataset = { name: basename(folder), hash: readDescription(folder).hash };
    const { promise: failed, reject } = Promise.withResolvers<never>();
    const bring = async (told: Extract<Told, { type: 'files' }>): Promise<void> => {
      for (const file of told.files) await arrived.files.fetch(connection, run, file);
      await connection.ask('brought', { run });
    };
    const before = arrived.told?.mark ?? null;
    arrived.told ??= new ToldSoFar();
    const onTold = (told: Told): void => {
      // all of it once more
      if (told.type === 'begun' && told.by.repeats) arrived.told = new ToldSoFar();
      if (told.type === 'begun' || told.type === 'progress') arrived.told?.add(told);
      if (told.type === 'files') void bring(told).catch(reject);
      else tell(control, told);
    };
    const { signal } = control;
    const asked = { seat: this.number, specification, dataset, told: before };
    return Promise.race([connection.ask('work', asked, { onTold, signal }), failed]);
  }
}

type Told = AskTold<'work'>;

function tell(control: TrainingControl, told: Exclude<Told, { type: 'files' }>): void {
  if (told.type === 'begun') control.onBegun?.(told.by);
  else if (told.type === 'progress') control.onProgress?.(told.progress);
  else if (told.type === 'trouble') control.onTrouble?.(told.what);
  else control.onHandedOver?.();
}

/** Fires so much later, for the same reason. */
function delayed(signal: AbortSignal, milliseconds: number): AbortSignal {
  const later = new AbortController();
  const fire = (): void => void setTimeout(() => later.abort(signal.reason), milliseconds).unref();
  if (signal.aborted) fire();
  else signal.addEventListener('abort', fire, { once: true });
  return later.signal;
}
