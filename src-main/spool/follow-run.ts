import type { TrainingOutcome, TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import { type AttemptEnd, readEnd } from './attempt-end.ts';
import { type Lease, readLease } from './lease.ts';
import { ProgressTail } from './progress-file.ts';
import { DamagedFile } from './spool-files.ts';
import { type AttemptPlace, attemptNumbers, attemptPlace } from './spool-places.ts';

/** What has come of a run in a spool. */
export type RunNews =
  /** An attempt trains it. Where it is not the first, its first progress is `going on`. */
  | { readonly type: 'begun'; readonly attempt: AttemptPlace; readonly lease: Lease }
  | { readonly type: 'progress'; readonly progress: TrainingProgress }
  /** The last. */
  | { readonly type: 'done'; readonly attempt: AttemptPlace; readonly outcome: TrainingOutcome };

interface Present {
  readonly attempt: AttemptPlace;
  readonly tail: ProgressTail;
}

/** Milliseconds in which what one file says that another has must have come. */
const LATE_MS = 60_000;

/**
 * Reads what a run's attempts have told, from the beginning and in the order in which it is true: of an attempt that was taken over,
 * until the next one tells from which step it goes on. What a worker writes that was taken for dead comes before that or never.
 */
export class RunReader {
  readonly #spool: string;
  readonly #run: string;
  #present: Present | null = null;
  #lastStep: number;
  /** The last step that ended an epoch whose point was told. */
  #lastEpoch: number;
  #stepsPerEpoch: number | null = null;
  #lateSince: number | null = null;
  /** What was read and not returned yet, as what came after it could not be read. */
  readonly #news: RunNews[] = [];

  /** @param lastStep that was known of the run before it came into the spool */
  constructor(spool: string, run: string, lastStep = 0) {
    this.#spool = spool;
    this.#run = run;
    this.#lastStep = lastStep;
    this.#lastEpoch = lastStep;
  }

  /** The last step of which all was told, and is still true: its point, and where it ends an epoch that of the epoch. */
  get lastStep(): number {
    const endsEpoch = this.#stepsPerEpoch !== null && this.#lastStep % this.#stepsPerEpoch === 0;
    return endsEpoch && this.#lastEpoch < this.#lastStep ? this.#lastStep - 1 : this.#lastStep;
  }

  /** The attempt that is read, whether it lasts or not. */
  get attempt(): AttemptPlace | null {
    return this.#present?.attempt ?? null;
  }

  /**
   * What has come since. What comes before an error is returned by the next read.
   * @throws DamagedFile where what has come is not what was written; an error of the file system
   */
  async read(): Promise<RunNews[]> {
    await this.#readOn(this.#news);
    return this.#news.splice(0);
  }

  async #readOn(news: RunNews[]): Promise<void> {
    for (;;) {
      if (this.#present === null && !(await this.#turnToNext(news, 0))) return;
      const { attempt, tail } = this.#present ?? never();
      // before its lines: whatever it told, it told before it ended
      const end = await readEnd(attempt);
      for (const progress of await tail.read()) news.push(this.#heard(progress));
      if (end === null) return;
      if (end.state === 'done') {
        if (this.#isAllThere(tail, end)) news.push({ type: 'done', attempt, outcome: end.outcome });
        return;
      }
      if (!(await this.#turnToNext(news, attempt.number))) return;
    }
  }

  #heard(progress: TrainingProgress): RunNews {
    if (progress.type === 'going on') {
      this.#lastStep = progress.step;
      this.#lastEpoch = Math.min(this.#lastEpoch, progress.step);
    } else if (progress.type === 'started') this.#stepsPerEpoch = progress.stepsPerEpoch;
    else if (progress.type === 'steps') this.#lastStep = progress.points.at(-1)?.step ?? this.#lastStep;
    else if (progress.type === 'epoch') this.#lastEpoch = progress.point.step;
    return { type: 'progress', progress };
  }

  /** @returns whether an attempt has begun after this one, and all that it rests on has been read */
  async #turnToNext(news: RunNews[], number: number): Promise<boolean> {
    for (const next of await this.#attemptsAfter(number)) {
      const lease = await readLease(next);
      if (lease === null) continue;
      const tail = new ProgressTail(next.progress);
      const [first] = await new ProgressTail(next.progress).read();
      if (first === undefined && number > 0) {
        if ((await readEnd(next)) !== null) continue;
        return false;
      }
      const restsOn = first?.type === 'going on' ? first.step : 0;
      if (this.lastStep < restsOn) {
        return this.#isLate(
          `${next.progress} goes on at step ${restsOn}, there are points until ${this.lastStep}`,
        );
      }
      this.#lateSince = null;
      this.#present = { attempt: next, tail };
      news.push({ type: 'begun', attempt: next, lease });
      return true;
    }
    return false;
  }

  async #attemptsAfter(number: number): Promise<AttemptPlace[]> {
    const numbers = (await attemptNumbers(this.#spool, this.#run)) ?? [];
    return numbers.filter((each) => each > number).map((each) => attemptPlace(this.#spool, this.#run, each));
  }

  #isAllThere(tail: ProgressTail, { progress }: AttemptEnd & { state: 'done' }): boolean {
    const file = this.#present?.attempt.progress ?? '';
    if (tail.bytes < progress.bytes)
      return this.#isLate(`${file} has ${tail.bytes} bytes instead of ${progress.bytes}`);
    if (tail.sha256 !== progress.sha256) throw new DamagedFile(file, 'its checksum is another');
    return true;
  }

  /** @throws DamagedFile where it has been so for too long */
  #isLate(what: string): false {
    this.#lateSince ??= performance.now();
    if (performance.now() - this.#lateSince > LATE_MS) {
      this.#lateSince = null;
      throw new DamagedFile(this.#run, what);
    }
    return false;
  }
}

function never(): never {
  throw new Error('an attempt is present');
}
