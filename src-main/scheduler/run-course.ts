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
function passesOf({ training, validation, test }: PartSizes, epochs: number): number {
  return (PASSES_OF_STEP * training + validation) * epochs + test;
}

/**
 * What a pass of an image costs besides its multiply-accumulates, in these: batch norm, activations, pooling, and the calls
 * themselves. Measured on two cores with cells of 0.5 to 5 million; of a large network it is next to nothing.
 */
const BESIDES = 2e6;

/**
 * What a run computes, so that runs of unlike cells can be compared.
 * @param macs of one image
 */
export function workOf(macs: number, parts: PartSizes, epochs: number): number {
  return (macs + BESIDES) * passesOf(parts, epochs);
}

/** How far a run has come that a trainer was given. */
export class RunCourse {
  readonly work: Work;
  readonly #parts: PartSizes;
  readonly #passes: number;
  readonly #begunAt = performance.now();
  #started: { readonly at: number; readonly stepsPerEpoch: number } | null = null;
  #step = 1;
  #epochs = 0;

  constructor(work: Work, parts: PartSizes, epochs: number) {
    this.work = work;
    this.#parts = parts;
    this.#passes = passesOf(parts, epochs);
  }

  /** Its first step is over. */
  start(stepsPerEpoch: number): void {
    this.#started = { at: performance.now(), stepsPerEpoch };
  }

  reachStep(step: number): void {
    this.#step = step;
  }

  /** So many epochs are over, with their validation. */
  reachEpoch(epochs: number): void {
    this.#epochs = epochs;
  }

  now(): ActiveWork {
    const now = performance.now();
    if (this.#started === null)
      return { ...this.work, startSeconds: (now - this.#begunAt) / 1000, since: null };
    const { at, stepsPerEpoch } = this.#started;
    const { training, validation } = this.#parts;
    const first = (PASSES_OF_STEP * training) / stepsPerEpoch;
    const done = first * (this.#step - 1) + validation * this.#epochs;
    // the test part is never empty, so that there is something after the first step
    const share = done / (this.#passes - first);
    const startSeconds = (at - this.#begunAt) / 1000;
    return { ...this.work, startSeconds, since: { seconds: (now - at) / 1000, share } };
  }
}
