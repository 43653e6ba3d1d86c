import { createHash } from 'node:crypto';
import { type AskTold, RELAY_ASKS, type ToldMark } from './relay-protocol.ts';

/** What is told of a run, and would be told in the same order by the next relay. */
export type CourseOfRun = Extract<AskTold<'work'>, { type: 'begun' | 'progress' }>;

/** Counts what has been told of a run: both ends of a connection do so alike, so that the next one goes on where the last one was lost. */
export class ToldSoFar {
  readonly #hash = createHash('sha256');
  #count = 0;

  add(told: CourseOfRun): void {
    this.#count++;
    // who has begun it is the same, whether it is told for the first time or again
    const same = told.type === 'begun' ? { ...told, by: { ...told.by, repeats: null } } : told;
    this.#hash.update(JSON.stringify(RELAY_ASKS.work.told.parse(same)));
  }

  get mark(): ToldMark {
    return { count: this.#count, sha256: this.#hash.copy().digest('hex') };
  }
}
