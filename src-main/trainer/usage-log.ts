import type { TrainerUsage, TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import type { TimeMetric } from '../../src-shared/metrics/metrics.ts';
import type { Stopwatch } from './stopwatch.ts';

/** Milliseconds that are summed up; what is told of shorter ones would be noise. */
const EVERY_MS = 2000;

/** Tells every two seconds what the trainer has used and got done in them; of several runs that it trains together, the share of one. */
export class UsageLog {
  readonly #tell: (progress: TrainingProgress) => void;
  readonly #time: Stopwatch<TimeMetric>;
  readonly #runs: () => number;
  readonly #everyMs: number;
  #images = 0;
  #last: UsedSoFar;

  /** @param runs that share what the process uses */
  constructor(
    tell: (progress: TrainingProgress) => void,
    time: Stopwatch<TimeMetric>,
    runs: () => number = () => 1,
    everyMs: number = EVERY_MS,
  ) {
    this.#everyMs = everyMs;
    this.#tell = tell;
    this.#time = time;
    this.#runs = runs;
    this.#last = this.#now();
  }

  /** These were trained on. */
  addImages(count: number): void {
    this.#images += count;
  }

  /** To be called often: nothing is measured until it is time. */
  tellNowAndThen(): void {
    if (performance.now() - this.#last.at < this.#everyMs) return;
    const before = this.#last;
    const now = this.#now();
    this.#last = now;
    const seconds = (now.at - before.at) / 1000;
    const runs = this.#runs();
    const usage: TrainerUsage = {
      cores: (now.cpuSeconds - before.cpuSeconds) / seconds / runs,
      memoryBytes: process.memoryUsage.rss() / runs,
      imagesPerSecond: (now.images - before.images) / seconds,
      waitingShare: (now.waitingSeconds - before.waitingSeconds) / seconds,
    };
    this.#tell({ type: 'usage', usage });
  }

  #now(): UsedSoFar {
    const { user, system } = process.cpuUsage();
    return {
      at: performance.now(),
      cpuSeconds: (user + system) / 1e6,
      images: this.#images,
      waitingSeconds: this.#time.seconds().waitingSeconds,
    };
  }
}

interface UsedSoFar {
  /** Milliseconds. */
  readonly at: number;
  readonly cpuSeconds: number;
  readonly images: number;
  readonly waitingSeconds: number;
}
