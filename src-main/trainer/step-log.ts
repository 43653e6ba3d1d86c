import type { TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import type { StepPoint } from '../../src-shared/metrics/measured-values.ts';
import type { StepResult } from '../engine/engine.ts';

/** Points are told together, at most this many milliseconds after they were measured. */
const TELL_EVERY_MS = 250;

/** Collects points and tells them now and then, since a message a step would cost more than it tells. */
export class StepLog {
  readonly #tell: (progress: TrainingProgress) => void;
  #points: StepPoint[] = [];
  #first: StepPoint | null = null;
  #last: StepPoint | null = null;
  #toldAt = performance.now();

  constructor(tell: (progress: TrainingProgress) => void) {
    this.#tell = tell;
  }

  get first(): StepPoint | null {
    return this.#first;
  }

  get last(): StepPoint | null {
    return this.#last;
  }

  add(point: StepPoint): void {
    this.#first ??= point;
    this.#last = point;
    this.#points.push(point);
    if (performance.now() - this.#toldAt >= TELL_EVERY_MS) this.flush();
  }

  flush(): void {
    if (this.#points.length > 0) this.#tell({ type: 'steps', points: this.#points });
    this.#points = [];
    this.#toldAt = performance.now();
  }
}

/** Means over the images of an epoch. */
export class EpochMeans {
  #loss = 0;
  #correct = 0;
  #correctTop5 = 0;
  #images = 0;

  add({ loss, correct, correctTop5 }: StepResult, images: number): void {
    this.#loss += loss * images;
    this.#correct += correct;
    this.#correctTop5 += correctTop5;
    this.#images += images;
  }

  get loss(): number {
    return this.#loss / this.#images;
  }

  get accuracy(): number {
    return this.#correct / this.#images;
  }

  get top5(): number {
    return this.#correctTop5 / this.#images;
  }
}
