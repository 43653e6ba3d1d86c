import type { ReachedStep } from '../../src-shared/studies/reached-step.ts';
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

/** What a run has left of its work, as a share of all. @param reached null where it begins */
export function shareLeft(parts: PartSizes, epochs: number, reached: ReachedStep | null): number {
  if (reached === null) return 1;
  const trained = (reached.step / reached.totalSteps) * epochs;
  const passes = PASSES_OF_STEP * parts.training * trained + parts.validation * Math.floor(trained);
  return 1 - passes / passesOf(parts, epochs);
}

/** Of what comes before the next sign of progress, so much at most is taken for done. */
const MOST_UNTOLD = 0.95;

/** Whether a run is the first of its trainer, and with which it is trained in one step. */
export type CourseSeat = Pick<ActiveWork, 'isCold' | 'group'>;

/** How far a run has come that a trainer was given. */
export class RunCourse {
  readonly #whole: Work;
  readonly #seat: CourseSeat;
  readonly #parts: PartSizes;
  readonly #epochs: number;
  readonly #clock: () => number;
  readonly #begunAt: number;
  #started: { readonly at: number; readonly stepsPerEpoch: number } | null = null;
  /** From which it goes on; 0 where it begins. */
  #from = 0;
  #left = 1;
  #step = 1;
  #epoch = 0;
  /** When the last sign of progress came. */
  #toldAt = 0;

  /**
   * @param whole of a run from its beginning
   * @param clock milliseconds
   */
  constructor(
    whole: Work,
    parts: PartSizes,
    epochs: number,
    seat: CourseSeat,
    clock: () => number = () => performance.now(),
  ) {
    this.#whole = whole;
    this.#seat = seat;
    this.#parts = parts;
    this.#epochs = epochs;
    this.#clock = clock;
    this.#begunAt = clock();
  }

  /** It goes on from where it was; told before its start. */
  goOn(reached: ReachedStep): void {
    this.#from = reached.step;
    this.#left = shareLeft(this.#parts, this.#epochs, reached);
  }

  /** Its first step is over, or that from which it goes on is found. */
  start(stepsPerEpoch: number): void {
    this.#toldAt = this.#clock();
    this.#step = Math.max(1, this.#from);
    this.#epoch = Math.floor(this.#from / stepsPerEpoch);
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
    const { kind, amount } = this.#whole;
    const about = { ...this.#seat, kind, amount: amount * this.#left };
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
    const before = step * Math.max(1, this.#from) + validation * Math.floor(this.#from / stepsPerEpoch);
    // the test part is never empty, so that there is something after the first step
    const all = passesOf(this.#parts, this.#epochs) - before;
    const told = step * this.#step + validation * this.#epoch - before;
    const isMeasured = this.#step >= stepsPerEpoch * (this.#epoch + 1);
    const next = this.#epoch >= this.#epochs ? test : isMeasured ? validation : step;
    const until = this.#toldAt - startedAt;
    const since = until > 0 ? (told * (now - this.#toldAt)) / until : 0;
    return (told + Math.min(since, MOST_UNTOLD * next)) / all;
  }
}
