import type { FromTrainer, StepPoint } from '../../src-shared/contract/trainer-protocol.ts';
import type { StepResult } from '../engine/engine.ts';

/** Points are sent together, at most this many milliseconds after they were measured. */
const SEND_EVERY_MS = 250;

/** Collects points and sends them now and then, since a message a step would cost more than it tells. */
export class StepLog {
  readonly #run: string;
  readonly #send: (message: FromTrainer) => void;
  #points: StepPoint[] = [];
  #sentAt = performance.now();

  constructor(run: string, send: (message: FromTrainer) => void) {
    this.#run = run;
    this.#send = send;
  }

  add(point: StepPoint): void {
    this.#points.push(point);
    if (performance.now() - this.#sentAt >= SEND_EVERY_MS) this.flush();
  }

  flush(): void {
    if (this.#points.length > 0) this.#send({ type: 'steps', run: this.#run, points: this.#points });
    this.#points = [];
    this.#sentAt = performance.now();
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
