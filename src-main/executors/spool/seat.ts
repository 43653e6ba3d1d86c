import { writeFileSync } from 'node:fs';
import type { RunSpecification, TrainingOutcome } from '../../../src-shared/studies/trainer-protocol.ts';
import { type RunNews, RunReader } from '../../spool/follow-run.ts';
import { setAside } from '../../spool/set-aside.ts';
import { DamagedFile } from '../../spool/spool-files.ts';
import { attemptNumbers, attemptPlace, type SpooledRun, spoolPlaces } from '../../spool/spool-places.ts';
import { mendTask, OtherTask, submitRun } from '../../spool/submit-run.ts';
import { removeRun, withdrawRun } from '../../spool/withdraw-run.ts';
import { WorkerDied } from '../../work/worker-died.ts';
import { LeftBehind, type TrainedBefore, type Trainer, type TrainingControl } from '../executor.ts';
import { spoolProblem } from './spool-problem.ts';
import type { SpoolSite } from './spool-site.ts';

/** Looks at a run that nobody trains between two looks at whether its task is whole. */
const TASK_LOOKS = 50;

/** A run in a spool that is followed to its end. */
interface Followed {
  readonly specification: RunSpecification;
  readonly control: TrainingControl;
  readonly spooled: SpooledRun;
  readonly reader: RunReader;
  /** What comes of it is told here once more; null from when that was said, and where all is new. */
  repeats: TrainedBefore | null;
  /** Looks at it since somebody was last known to train it. */
  looks: number;
  readonly resolve: (outcome: TrainingOutcome) => void;
  readonly reject: (error: unknown) => void;
}

/** A place at which a run waits for a worker, is followed while one trains it, and from which its result is taken. */
export class Seat implements Trainer {
  readonly pid = null;
  readonly about = null;
  readonly #site: SpoolSite;
  readonly #threads: number;
  #death: WorkerDied | null = null;
  #followed: Followed | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(site: SpoolSite, threads: number) {
    this.#site = site;
    this.#threads = threads;
  }

  death(): WorkerDied | null {
    return this.#death;
  }

  async work(specification: RunSpecification, control: TrainingControl = {}): Promise<TrainingOutcome> {
    try {
      return await this.#work(specification, control);
    } catch (error) {
      throw spoolProblem(this.#site.spool, error);
    }
  }

  async #work(specification: RunSpecification, control: TrainingControl): Promise<TrainingOutcome> {
    control.signal?.throwIfAborted();
    if (this.#death) throw this.#death;
    const { run } = specification;
    const { spooled, wasThere, before } = await this.#site.whileSubmitting(this.#submit(specification));
    const { promise, resolve, reject } = Promise.withResolvers<TrainingOutcome>();
    const reader = new RunReader(this.#site.spool, run, before.step);
    const followed: Followed = {
      ...{ specification, control, spooled, reader, looks: 0, resolve, reject },
      repeats: wasThere ? before : null,
    };
    this.#followed = followed;
    const stop = (): void => void this.#withdraw(followed).catch(reject);
    control.signal?.addEventListener('abort', stop);
    const forget = this.#site.follow({ look: () => this.#look(followed), fail: reject });
    try {
      if (control.signal?.aborted) stop();
      return await promise;
    } finally {
      forget();
      this.#followed = null;
      control.signal?.removeEventListener('abort', stop);
    }
  }

  async recorded(run: string): Promise<void> {
    const spooled = this.#site.taskOf(run);
    if (spooled) await removeRun(this.#site.spool, spooled);
    this.#site.forget(run);
  }

  leaveBehind(): void {
    this.#site.goOnAlone();
    this.#followed?.reject(new LeftBehind());
  }

  async leave(): Promise<void> {
    await this.#site.leave(this);
  }

  kill(): void {
    const followed = this.#followed;
    this.#death ??= new WorkerDied('process-died', 'The run was given up.');
    if (!followed) return;
    try {
      writeFileSync(spoolPlaces.cancel(this.#site.spool, followed.spooled.run), '');
    } catch {
      // whoever starts the study again sees the run, and goes on with it
    }
    followed.reject(this.#death);
  }

  async #submit(specification: RunSpecification): ReturnType<typeof submitRun> {
    const site = this.#site;
    const { run } = specification;
    const known = site.taskOf(run);
    try {
      const given = { known, place: known?.place ?? site.nextPlace(), threads: this.#threads };
      const submitted = await submitRun(site.spool, specification, given);
      site.remember(submitted.spooled);
      return submitted;
    } catch (error) {
      if (!(error instanceof OtherTask) || !known) throw error;
      await withdrawRun(site.spool, run, site.rhythm);
      await removeRun(site.spool, known);
      site.forget(run);
      return this.#submit(specification);
    }
  }

  /** Takes what has come of a run; one look after the other. */
  #look(followed: Followed): Promise<void> {
    this.#looking = this.#looking.then(() =>
      this.#followed === followed ? this.#lookNow(followed) : undefined,
    );
    return this.#looking;
  }

  async #lookNow(followed: Followed): Promise<void> {
    const { control, reader, reject } = followed;
    try {
      const news = await reader.read();
      if (news.length > 0) this.#site.noteNews();
      for (const item of news) await this.#hear(followed, item);
      if (news.at(-1)?.type === 'done') return;
      if (news.length > 0) followed.looks = 0;
      else if (reader.attempt === null && ++followed.looks % TASK_LOOKS === 0) await this.#mend(followed);
      if (this.#site.hasWorkers()) control.onHandedOver?.();
    } catch (error) {
      if (!(error instanceof DamagedFile)) return reject(error);
      control.onTrouble?.(`${error.message}; the run is trained again from before that`);
      if (reader.attempt) await setAside(reader.attempt, error.message).catch(reject);
    }
  }

  async #hear(followed: Followed, news: RunNews): Promise<void> {
    const { control, specification } = followed;
    switch (news.type) {
      case 'begun': {
        control.onBegun?.({ ...news.lease, repeats: followed.repeats });
        followed.repeats = null;
        break;
      }
      case 'progress':
        control.onProgress?.(news.progress);
        break;
      case 'done': {
        const { outcome, attempt } = news;
        if (outcome.state === 'complete')
          await this.#site.bringHome.artifacts(attempt.artifacts, specification, outcome.result.artifacts);
        followed.resolve(outcome);
      }
    }
  }

  async #mend({ spooled, specification, control }: Followed): Promise<void> {
    if (await mendTask(spooled, this.#site.spool, specification, this.#threads))
      control.onTrouble?.(`${spooled.file} was damaged and has been written again`);
  }

  /** Has it stopped after the current step, and brings back from where it can go on. */
  async #withdraw(followed: Followed): Promise<void> {
    const { control, specification, spooled, reject } = followed;
    const { spool, rhythm, bringHome } = this.#site;
    const withdrawn = await withdrawRun(spool, spooled.run, rhythm);
    // its last points, or its result
    await this.#look(followed);
    if (withdrawn.state === 'stopped') {
      for (const number of (await attemptNumbers(spool, spooled.run)) ?? []) {
        await bringHome.resumeCheckpoints(attemptPlace(spool, spooled.run, number).artifacts, specification);
      }
      await removeRun(spool, spooled);
      this.#site.forget(spooled.run);
    }
    reject(control.signal?.reason);
  }
}
