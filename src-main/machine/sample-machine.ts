import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import type { MachineSample, TrainerSample } from '../../src-shared/machine/machine-sample.ts';
import type { TrainerUsage } from '../../src-shared/studies/trainer-protocol.ts';
import { watchCards } from './watch-cards.ts';
import { watchCpu } from './cpu-time.ts';

/** Milliseconds between two samples. */
const EVERY_MS = 2000;
/** Of so many times their period samples are at most: a machine that was suspended did nothing meanwhile. */
const LONGEST = 3;
/** Less says nothing. */
const SHORTEST_MS = 500;
/** What a trainer has told longer ago is of another time. */
const STALE_MS = 3 * EVERY_MS;

/** Measures what the machine and the trainers of a study do, until it is stopped. */
export class MachineSampler {
  readonly #onSample: (sample: MachineSample) => void;
  readonly #busyShare = watchCpu();
  readonly #cards = watchCards();
  /** By the place of the trainer. */
  readonly #told: { readonly at: number; readonly trainer: TrainerSample }[] = [];
  readonly #everyMs: number;
  readonly #timer: NodeJS.Timeout;
  #sampledAt = performance.now();

  constructor(onSample: (sample: MachineSample) => void, everyMs: number = EVERY_MS) {
    this.#everyMs = everyMs;
    this.#onSample = onSample;
    this.#timer = setInterval(() => this.#sample(), everyMs).unref();
  }

  /** @param place of the trainer, from 0 @param run that it trains */
  noteTrainer(place: number, run: string, usage: TrainerUsage): void {
    this.#told[place] = { at: performance.now(), trainer: { run, ...usage } };
  }

  /** @param isMeasured whether what is left of the time is told before */
  stop(isMeasured: boolean): void {
    if (isMeasured && performance.now() - this.#sampledAt >= SHORTEST_MS) this.#sample();
    clearInterval(this.#timer);
    this.#cards.stop();
  }

  #sample(): void {
    const now = performance.now();
    const share = this.#busyShare();
    const cores = cpus().length || availableParallelism();
    const told = Array.from(this.#told, (latest) =>
      latest !== undefined && now - latest.at <= STALE_MS ? latest.trainer : null,
    );
    this.#onSample({
      at: Date.now(),
      seconds: Math.min(now - this.#sampledAt, LONGEST * this.#everyMs) / 1000,
      cores,
      busyCores: share === null ? null : share * cores,
      totalBytes: totalmem(),
      usedBytes: totalmem() - freemem(),
      trainers: told,
      cards: this.#cards.now(),
    });
    this.#sampledAt = now;
  }
}
