/** What decides which of the waiting runs is next. */
export interface WaitingRun {
  readonly seed: number;
  /** Id of the cell. */
  readonly cell: string;
  /** Of all that it computes, in any unit. */
  readonly work: number;
}

/** The runs that wait, seed by seed. */
export class RunQueue<Run extends WaitingRun> {
  #waiting: readonly Run[];
  readonly #trainers: number;

  /**
   * @param runs in the order of their seeds
   * @param trainers at once
   */
  constructor(runs: readonly Run[], trainers: number) {
    this.#waiting = runs;
    this.#trainers = trainers;
  }

  get length(): number {
    return this.#waiting.length;
  }

  /**
   * Takes a run of the first seed that waits: if there are, one of a cell that the trainer has trained, since it has compiled
   * that program; of several the largest. The last runs, one for each trainer, are taken the largest first, whatever was
   * trained: at the end no trainer is left alone with a large one.
   *
   * @param trained ids of the cells that the trainer has trained
   */
  take(trained: ReadonlySet<string>): Run | undefined {
    const ofSeed = this.#waiting.filter(({ seed }) => seed === this.#waiting[0]?.seed);
    const isLast = this.#waiting.length <= this.#trainers;
    const compiled = isLast ? [] : ofSeed.filter(({ cell }) => trained.has(cell));
    const candidates = compiled.length > 0 ? compiled : ofSeed;
    // sorting is stable, so that equally large ones keep their order
    const [next] = candidates.toSorted((one, other) => other.work - one.work);
    this.#waiting = this.#waiting.filter((run) => run !== next);
    return next;
  }
}
