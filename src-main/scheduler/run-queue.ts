import { largestPart } from '../../src-shared/studies/largest-part.ts';
import { type Lane, shareLastRuns } from './share-last-runs.ts';

/** What decides which of the waiting runs is next. */
export interface WaitingRun {
  /** Its id. */
  readonly run: string;
  readonly seed: number;
  /** Id of the cell. */
  readonly cell: string;
  /** As `stepKey` has it. */
  readonly step: string;
  /** Of all that it computes, in any unit. */
  readonly work: number;
}

/** What is expected of the runs of a study, in seconds. */
export interface RunForecast {
  /** Until a run in progress ends. */
  readonly restOf: (run: string) => number;
  /** Of a run that waits. @param isCompiled the trainer has trained its cell */
  readonly secondsOf: (run: Pick<WaitingRun, 'cell' | 'work'>, isCompiled: boolean) => number;
}

/** A trainer by what it has trained and is training. */
export interface TrainerState {
  /** Ids of the cells whose programs it has compiled. */
  readonly trained: ReadonlySet<string>;
  /** Id of the run in progress; null where it takes the next one now. */
  readonly run: string | null;
}

/** So many runs are shared among the trainers so that these end together. */
const LAST_RUNS = 10;

/** The runs that wait, seed by seed. */
export class RunQueue<Run extends WaitingRun> {
  #waiting: readonly Run[];
  /** Ids of runs that a person wants before all others, in this order. */
  #first: readonly string[] = [];

  /** @param runs in the order of their seeds */
  constructor(runs: readonly Run[]) {
    this.#waiting = runs;
  }

  /** Has these of the runs begin before all others. */
  putFirst(runs: readonly string[]): void {
    this.#first = [...runs, ...this.#first.filter((run) => !runs.includes(run))];
  }

  /** @returns those of these runs that waited, and do not any more */
  remove(runs: ReadonlySet<string>): readonly Run[] {
    const found = this.#waiting.filter(({ run }) => runs.has(run));
    if (found.length > 0) this.#waiting = this.#waiting.filter(({ run }) => !runs.has(run));
    return found;
  }

  /** Adds runs, which come after those of lower seeds. */
  add(runs: readonly Run[]): void {
    this.#waiting = [...this.#waiting, ...runs].sort((one, other) => one.seed - other.seed);
  }

  get length(): number {
    return this.#waiting.length;
  }

  /**
   * Takes what is to be first, or else a run of the first seed that waits: if there are, one of a cell that the trainer has trained, since it has compiled
   * that program; of several the largest. Of the last runs it takes those that it must so that no trainer is left alone with a
   * large one at the end.
   *
   * @param others the trainers that have a run in progress
   * @param forecast asked only of the last runs; null while too little has been measured
   */
  take(
    trainer: TrainerState,
    others: readonly TrainerState[],
    forecast: () => RunForecast | null,
  ): Run | undefined {
    for (const run of this.#first) {
      const [found] = this.remove(new Set([run]));
      if (found) return found;
    }
    const expected = this.#waiting.length > LAST_RUNS ? null : forecast();
    const share = expected === null ? [] : this.#shareOf(trainer, others, expected);
    const candidates = share.length > 0 ? share : this.#waiting;
    const ofSeed = candidates.filter(({ seed }) => seed === candidates[0]?.seed);
    const compiled = ofSeed.filter(({ cell }) => trainer.trained.has(cell));
    const [next] = largestFirst(compiled.length > 0 ? compiled : ofSeed);
    this.#waiting = this.#waiting.filter((run) => run !== next);
    return next;
  }

  /**
   * Takes further runs that can be trained in one step with one that has been taken: those of its cell first, then those of others, in
   * their order.
   * @param most that go together, the one included; what waits is parted evenly, so that none is left alone
   * @param fits which may go with it
   */
  takeBeside(taken: Run, most: number, fits: (run: Run) => boolean): readonly Run[] {
    const isOther = ({ cell }: Run): number => Number(cell !== taken.cell);
    const ofStep = this.#waiting.filter(({ step }) => step === taken.step);
    const alike: string[] = [];
    for (const run of ofStep.toSorted((one, other) => isOther(one) - isOther(other))) {
      // of so many each part has as many as may go together, whatever else waits; whether one fits is asked of the store
      if (alike.length >= most * most) break;
      if (fits(run)) alike.push(run.run);
    }
    return this.remove(new Set(alike.slice(0, largestPart(alike.length + 1, most) - 1)));
  }

  /** Those of these ids that wait, in their order. */
  waitingOf(ids: ReadonlySet<string>): readonly Run[] {
    return this.#waiting.filter(({ run }) => ids.has(run));
  }

  /** What a trainer trains of the last runs. */
  #shareOf(trainer: TrainerState, others: readonly TrainerState[], forecast: RunForecast): readonly Run[] {
    const lanes = [trainer, ...others].map(({ trained, run }): Lane<Run> => ({
      freeIn: run === null ? 0 : forecast.restOf(run),
      secondsOf: (waiting) => forecast.secondsOf(waiting, trained.has(waiting.cell)),
    }));
    const runs = largestFirst(this.#waiting);
    const places = shareLastRuns(runs, lanes);
    const own = new Set(runs.filter((_, place) => places[place] === 0));
    return this.#waiting.filter((run) => own.has(run));
  }
}

/** Sorting is stable, so that equally large ones keep their order. */
function largestFirst<Run extends WaitingRun>(runs: readonly Run[]): Run[] {
  return runs.toSorted((one, other) => other.work - one.work);
}
