import type { ActiveWork, Work } from './estimate-remaining.ts';

/** How many images the parts have that a run trains on and is measured on. */
export interface PartSizes {
  readonly training: number;
  readonly validation: number;
  readonly test: number;
}

/** A training step computes as much as three passes: one forward, and backward the gradients of inputs and of weights. */
const PASSES_OF_STEP = 3;

/** Images times passes through the network: training and validation in each epoch, the test part at the end. */
export function passesOf({ training, validation, test }: PartSizes, epochs: number): number {
  return (PASSES_OF_STEP * training + validation) * epochs + test;
}

/** Of what comes before the next sign of progress, so much at most is taken for done. */
const MOST_UNTOLD = 0.95;

/** How far a run has come that a trainer was given. */
export class RunCourse {
  readonly work: Work;
  readonly #isCold: boolean;
  readonly #parts: PartSizes;
  readonly #epochs: number;
  readonly #clock: () => number;
  readonly #begunAt: number;
  #started: { readonly at: number; readonly stepsPerEpoch: number } | null = null;
  #step = 1;
  #epoch = 0;
  /** When the last sign of progress came. */
  #toldAt = 0;

  /**
   * @param isCold the first of its trainer
   * @param clock milliseconds
   */
  constructor(
    work: Work,
    parts: PartSizes,
    epochs: number,
    isCold: boolean,
    clock: () => number = () => performance.now(),
  ) {
    this.work = work;
    this.#isCold = isCold;
    this.#parts = parts;
    this.#epochs = epochs;
    this.#clock = clock;
    this.#begunAt = clock();
  }

  /** Its first step is over. */
  start(stepsPerEpoch: number): void {
    this.#toldAt = this.#clock();
    this.#started = { at: this.#toldAt, stepsPerEpoch };
  }

  reachStep(step: number): void {
    this.#step = step;
    this.#toldAt = this.#clock();
  }

  /** So many epochs are over, with their validation. */
  reachEpoch(epochs: number): void {
    this.#epoch = epochs;
    this.#toldAt = this.#clock();
  }

  now(): ActiveWork {
    const now = this.#clock();
    const about = { ...this.work, isCold: this.#isCold };
    if (this.#started === null) return { ...about, startSeconds: (now - this.#begunAt) / 1000, since: null };
    const { at, stepsPerEpoch } = this.#started;
    const startSeconds = (at - this.#begunAt) / 1000;
    const share = this.#shareNow(now, at, stepsPerEpoch);
    return { ...about, startSeconds, since: { seconds: (now - at) / 1000, share } };
  }

  /**
   * Since the last sign of progress it has gone on at its pace so far: validation and test tell nothing of themselves, and the
   * time that they take is none in which nothing is done.
   */
  #shareNow(now: number, startedAt: number, stepsPerEpoch: number): number {
    const { training, validation, test } = this.#parts;
    const step = (PASSES_OF_STEP * training) / stepsPerEpoch;
    // the test part is never empty, so that there is something after the first step
    const all = passesOf(this.#parts, this.#epochs) - step;
    const told = step * (this.#step - 1) + validation * this.#epoch;
    const isMeasured = this.#step >= stepsPerEpoch * (this.#epoch + 1);
    const next = this.#epoch >= this.#epochs ? test : isMeasured ? validation : step;
    const until = this.#toldAt - startedAt;
    const since = until > 0 ? (told * (now - this.#toldAt)) / until : 0;
    return (told + Math.min(since, MOST_UNTOLD * next)) / all;
  }
}
