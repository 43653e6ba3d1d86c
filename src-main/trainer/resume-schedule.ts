/** Of the time of a training, resume checkpoints take no more than one part in so many. */
const LEAST_SHARE = 100;

/** One takes the CPU so many times as long in all as it holds the steps up: it is written beside them (docs/reliability.md). */
const ALL_OF_HELD = 4;

/** Milliseconds that one is taken to hold the steps up until it is known. */
const FIRST_GUESS = 2.5;

/** When a resume checkpoint is due. Times are milliseconds of one clock. */
export class ResumeSchedule {
  readonly #every: number;
  #at: number;
  #held = FIRST_GUESS;

  /** @param everySeconds so far apart at most; @param now when the training begins or goes on */
  constructor(everySeconds: number, now: number) {
    this.#every = everySeconds * 1000;
    this.#at = now;
  }

  /** @param isEpochEnd where one is due in any case, unless the last has just taken too much */
  isDue(now: number, isEpochEnd: boolean): boolean {
    const since = now - this.#at;
    return since >= LEAST_SHARE * ALL_OF_HELD * this.#held && (isEpochEnd || since >= this.#every);
  }

  /** @param held by how much one has held the steps up */
  made(now: number, held: number): void {
    this.#at = now;
    this.#held = held;
  }
}
