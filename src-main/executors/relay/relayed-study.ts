import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Workers } from '../../../src-shared/contract/api/studies.ts';
import type { TrainingOutcome } from '../../../src-shared/studies/trainer-protocol.ts';
import { type SpooledRun, spooledRuns, spoolPlaces } from '../../spool/spool-places.ts';
import type { Executor, Trainer } from '../executor.ts';
import { executorNamed } from '../registry.ts';
import type { AskParameters, NamedData } from '../ssh/relay-protocol.ts';
import { ArrivingFiles } from './arriving-files.ts';
import { datasetHere } from './datasets-here.ts';
import { LeavingFiles } from './leaving-files.ts';
import type { AnswerControl } from './serve-relay.ts';
import { TellOn } from './tell-on.ts';

/** Milliseconds between two looks at who is there to train. */
const WORKERS_MS = 1000;

/** A study whose spool is on this machine, and whose runs are recorded elsewhere. */
export class RelayedStudy {
  readonly spool: string;
  readonly arriving: ArrivingFiles;
  readonly leaving: LeavingFiles;
  readonly #home: string;
  readonly #executor: Executor;
  /** By the number of the seat there. */
  readonly #seats = new Map<number, Trainer>();
  /** Folders, by the hash of the data. */
  readonly #data = new Map<string, Promise<string>>();
  readonly #looking: NodeJS.Timeout;

  /** @throws as `open` of an executor */
  static async open(
    home: string,
    { study, executor, settings }: AskParameters<'open'>,
    onWorkers: (workers: Workers) => void,
  ): Promise<RelayedStudy> {
    const leaving = new LeavingFiles();
    const opened = await executorNamed(executor).open({ home, study, settings, bringHome: leaving });
    return new RelayedStudy(home, opened, leaving, onWorkers);
  }

  private constructor(
    home: string,
    executor: Executor,
    leaving: LeavingFiles,
    onWorkers: (workers: Workers) => void,
  ) {
    this.#home = home;
    this.#executor = executor;
    this.spool = executor.spool ?? '';
    this.leaving = leaving;
    this.arriving = new ArrivingFiles(join(this.spool, 'arriving'));
    let told = '';
    this.#looking = setInterval(() => {
      const workers = executor.workers?.();
      if (!workers || JSON.stringify(workers) === told) return;
      told = JSON.stringify(workers);
      onWorkers(workers);
    }, WORKERS_MS);
  }

  async seat({ seat, threads, wanted }: AskParameters<'seat'>): Promise<null> {
    if (wanted) this.#executor.plan(wanted);
    // a new connection announces all seats, and who waited for it its own once more
    if (!this.#seats.has(seat))
      this.#seats.set(seat, await this.#executor.startTrainer(threads, new AbortController().signal));
    return null;
  }

  /** Of the files from which a run goes on, the names of those that are to be sent. */
  async want({ run, files }: AskParameters<'want'>): Promise<string[]> {
    const isHere = (await spooledRuns(this.spool)).some((spooled: SpooledRun) => spooled.run === run);
    return isHere ? [] : this.arriving.missing(run, files);
  }

  async work(
    { seat, specification, dataset, told }: AskParameters<'work'>,
    { tell, signal }: AnswerControl<'work'>,
  ): Promise<TrainingOutcome> {
    const { run, goOn } = specification;
    const artifacts = this.arriving.of(run);
    const course = new TellOn(told, tell);
    this.leaving.follow(run, (files) => {
      course.tellHeld();
      tell({ type: 'files', files: [...files] });
    });
    const here = {
      ...specification,
      artifacts,
      dataset: await this.#dataOf(dataset),
      ...(goOn?.from && { goOn: { ...goOn, from: { ...goOn.from, folder: artifacts } } }),
    };
    try {
      const outcome = await this.#trainer(seat).work(here, {
        signal,
        onBegun: (by) => course.tell({ type: 'begun', by }),
        onProgress: (progress) => course.tell({ type: 'progress', progress }),
        onHandedOver: () => tell({ type: 'handed over' }),
        onTrouble: (what) => tell({ type: 'trouble', what }),
      });
      course.tellHeld();
      return outcome;
    } finally {
      await this.arriving.forget(run);
    }
  }

  async recorded({ seat, run }: AskParameters<'recorded'>): Promise<null> {
    await this.#trainer(seat).recorded?.(run);
    return null;
  }

  kill({ seat }: AskParameters<'kill'>): Promise<null> {
    this.#trainer(seat).kill();
    return Promise.resolve(null);
  }

  /** @returns whether nothing is left of the spool */
  async leave({ seat, goesOnAlone }: AskParameters<'leave'>): Promise<boolean> {
    const trainer = this.#trainer(seat);
    if (goesOnAlone) trainer.leaveBehind?.();
    this.#seats.delete(seat);
    await trainer.leave();
    return !existsSync(spoolPlaces.study(this.spool));
  }

  /** Nobody follows it any more. */
  async leaveBehind(): Promise<void> {
    clearInterval(this.#looking);
    for (const seat of [...this.#seats.keys()]) await this.leave({ seat, goesOnAlone: true });
  }

  #trainer(seat: number): Trainer {
    const trainer = this.#seats.get(seat);
    if (!trainer) throw new Error(`there is no seat ${seat}`);
    return trainer;
  }

  #dataOf(data: NamedData): Promise<string> {
    const known = this.#data.get(data.hash) ?? datasetHere(this.#home, data);
    this.#data.set(data.hash, known);
    return known;
  }
}
