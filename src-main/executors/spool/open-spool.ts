import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { Workers } from '../../../src-shared/contract/api/studies.ts';
import type { JobPlan } from '../../../src-shared/studies/plan-jobs.ts';
import { kindlingVersion } from '../../kindling-version.ts';
import { collectArtifacts, collectResumeCheckpoints } from '../../spool/collect-files.ts';
import { type SpooledRun, spooledRuns, spoolPlaces } from '../../spool/spool-places.ts';
import { findSpool, makeSpool, type Rhythm, USUAL_RHYTHM } from '../../spool/spool-study.ts';
import type { BringHome, Executor, ExecutorSite, JobsWanted, Trainer } from '../executor.ts';
import { noteSpool, removeEmptySpool, spoolOf, spoolsFolder } from './find-spool.ts';
import { WorkerKeeper } from './keep-workers.ts';
import { Seat } from './seat.ts';
import { spoolProblem } from './spool-problem.ts';
import type { FollowedRun, SpoolSite } from './spool-site.ts';
import { type FleetDescription, fleetSettings, type WorkerFleet } from './worker-fleet.ts';

/** Milliseconds between two rounds of looks at all runs. */
const LOOK_MS = 300;

const moveHome: BringHome = {
  artifacts: (from, { artifacts: to }, artifacts) => collectArtifacts(from, to, artifacts),
  resumeCheckpoints: (from, { artifacts: to }) => collectResumeCheckpoints(from, to),
};

/** Looks at once. */
const MOST_LOOKS = 8;

/**
 * Opens the spool of a study, which is made where there is none.
 * @throws Problem of the settings and of the fleet: what is missing; `usage` for a spool of another version
 */
export async function openSpool<Settings>(
  fleet: FleetDescription<Settings>,
  site: ExecutorSite,
): Promise<Executor> {
  const { home, study, signal, bringHome = moveHome } = site;
  const asked = fleetSettings(fleet, site.settings ?? {});
  const spool = spoolOf(fleet.spoolsFolder?.(asked) ?? spoolsFolder(home), study);
  const before = await findSpool(spool);
  // who collects says nothing of how it was submitted
  const settings =
    site.settings === undefined && before?.executor === fleet.name
      ? fleetSettings(fleet, before.settings)
      : asked;
  const made = {
    ...{ study: study.name, store: study.store, executor: fleet.name, settings },
    ...{ kindlingVersion: kindlingVersion(), rhythm: before?.rhythm ?? fleet.rhythm ?? USUAL_RHYTHM },
  };
  try {
    await makeSpool(spool, made);
    await noteSpool(home, { spool });
  } catch (error) {
    throw spoolProblem(spool, error);
  }
  const opened = await fleet.open({ spool, home, study, settings, ...(signal && { signal }) });
  return new OpenSpool({
    ...{ spool, home, rhythm: made.rhythm, fleet: opened, tasks: await spooledRuns(spool), bringHome },
    planOf: (request) => opened.plan?.(request) ?? fleet.plan(request, { home, settings }),
  });
}

interface SpoolParts {
  readonly spool: string;
  readonly home: string;
  readonly rhythm: Rhythm;
  readonly bringHome: BringHome;
  readonly fleet: WorkerFleet;
  readonly tasks: readonly SpooledRun[];
  readonly planOf: (request: JobsWanted) => JobPlan;
}

class OpenSpool implements Executor, SpoolSite {
  readonly notes: readonly string[];
  readonly isElsewhere = true;
  readonly spool: string;
  readonly rhythm: Rhythm;
  readonly bringHome: BringHome;
  readonly #home: string;
  readonly #fleet: WorkerFleet;
  readonly #keeper: WorkerKeeper;
  readonly #planOf: SpoolParts['planOf'];
  readonly #tasks: Map<string, SpooledRun>;
  readonly #seats = new Set<object>();
  readonly #followed = new Set<FollowedRun>();
  #nextPlace: number;
  #submitting = 0;
  #jobs = 1;
  #isLooking = false;
  #goesOnAlone = false;
  #hasWorkers = false;

  constructor({ spool, home, rhythm, bringHome, fleet, tasks, planOf }: SpoolParts) {
    this.spool = spool;
    this.rhythm = rhythm;
    this.bringHome = bringHome;
    this.notes = [`Its runs wait in ${spool} for workers.`];
    this.#home = home;
    this.#fleet = fleet;
    this.#keeper = new WorkerKeeper(fleet, rhythm.beatSeconds * 1000);
    this.#planOf = planOf;
    this.#tasks = new Map(tasks.map((task) => [task.run, task]));
    this.#nextPlace = 1 + Math.max(-1, ...tasks.map(({ place }) => place));
  }

  workers(): Workers | null {
    return this.#keeper.seen;
  }

  plan(request: JobsWanted): JobPlan {
    const plan = this.#planOf(request);
    this.#jobs = plan.jobs;
    return plan;
  }

  async startTrainer(threads: number, signal: AbortSignal): Promise<Trainer> {
    await wait(0);
    signal.throwIfAborted();
    // workers stay for runs that are still to come
    if (this.#seats.size === 0) writeFileSync(spoolPlaces.open(this.spool), '');
    const seat = new Seat(this, threads);
    this.#seats.add(seat);
    return seat;
  }

  taskOf(run: string): SpooledRun | null {
    return this.#tasks.get(run) ?? null;
  }

  remember(spooled: SpooledRun): void {
    this.#tasks.set(spooled.run, spooled);
  }

  forget(run: string): void {
    this.#tasks.delete(run);
  }

  nextPlace(): number {
    return this.#nextPlace++;
  }

  async whileSubmitting<T>(submitting: Promise<T>): Promise<T> {
    this.#submitting++;
    try {
      return await submitting;
    } finally {
      this.#submitting--;
    }
  }

  follow(followed: FollowedRun): () => void {
    this.#followed.add(followed);
    if (!this.#isLooking) void this.#lookOn();
    return () => this.#followed.delete(followed);
  }

  hasWorkers(): boolean {
    return this.#hasWorkers;
  }

  noteNews(): void {
    this.#keeper.noteNews();
  }

  goOnAlone(): void {
    this.#goesOnAlone = true;
  }

  async leave(seat: object): Promise<void> {
    this.#seats.delete(seat);
    if (this.#seats.size > 0) return;
    rmSync(spoolPlaces.open(this.spool), { force: true });
    if (this.#goesOnAlone) return;
    const isEmpty = (await spooledRuns(this.spool)).length === 0;
    await this.#fleet.stop().catch((error: unknown) => {
      // without a spool workers end by themselves
      if (!isEmpty) throw error;
    });
    await removeEmptySpool(this.#home, this.spool);
  }

  /** Looks at all runs in turn, as long as there are any. */
  async #lookOn(): Promise<void> {
    this.#isLooking = true;
    while (this.#followed.size > 0) {
      const began = performance.now();
      try {
        await this.#lookAtAll();
        if (this.#submitting === 0 && this.#followed.size > 0)
          this.#hasWorkers = await this.#keeper.keep(Math.min(this.#jobs, this.#followed.size));
      } catch (error) {
        for (const { fail } of this.#followed) fail(error);
      }
      // a slow disk is not asked more and more
      await wait(Math.max(LOOK_MS, performance.now() - began));
    }
    this.#isLooking = false;
  }

  async #lookAtAll(): Promise<void> {
    const waiting = [...this.#followed].values();
    const next = async (): Promise<void> => {
      for (const { look } of waiting) await look();
    };
    await Promise.all(Array.from({ length: MOST_LOOKS }, next));
  }
}
