import type { TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import type { StepPoint } from '../../src-shared/metrics/measured-values.ts';

/** Points are told together, at most this many milliseconds after they were measured. */
const TELL_EVERY_MS = 250;

/** Collects points and tells them now and then, since a message a step would cost more than it tells. */
export class StepLog {
  readonly #tell: (progress: TrainingProgress) => void;
  #points: StepPoint[] = [];
  #toldAt = performance.now();

  constructor(tell: (progress: TrainingProgress) => void) {
    this.#tell = tell;
  }

  add(point: StepPoint): void {
    this.#points.push(point);
    if (performance.now() - this.#toldAt >= TELL_EVERY_MS) this.flush();
  }

  flush(): void {
    if (this.#points.length > 0) this.#tell({ type: 'steps', points: this.#points });
    this.#points = [];
    this.#toldAt = performance.now();
  }
}
