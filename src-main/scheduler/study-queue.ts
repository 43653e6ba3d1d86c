import type { Preparation, StudyActivity, StudyProgress } from '../../src-shared/contract/api/studies.ts';
import { studyEnding } from '../../src-shared/contract/study-ending.ts';
import { counted } from '../../src-shared/counted.ts';
import { Problem, type Offer } from '../../src-shared/mistakes/problem.ts';
import type { ExecutorDescription, ExecutorSite } from '../executors/executor.ts';
import { EXECUTORS } from '../executors/registry.ts';
import type { Store } from '../store/store.ts';
import type { GoOn } from '../../src-shared/studies/trainer-protocol.ts';
import type { StudyOutcome } from '../../src-shared/contract/api/execution.ts';
import type { JobPlan } from '../../src-shared/studies/plan-jobs.ts';
import type { TrainersAtOnce } from '../../src-shared/studies/trainers-at-once.ts';
import type { SchedulerEvent } from './events.ts';
import { failedText } from '../../src-shared/runs/failed-text.ts';
import { runStudy, type RunningStudy, type StudyOptions } from './run-study.ts';
import type { RepeatedRun, SingleRuns } from './single-runs.ts';

/** What the queue knows of a study. */
export interface QueueStatus {
  readonly activity: StudyActivity;
  /** Where it is trained, as people call it; null for processes of this machine, and an idle one. */
  readonly elsewhere: string | null;
  /** Place among those that wait or are paused, from 1; null for any other. */
  readonly place: number | null;
  /** Null unless it has run since the queue was made, and while what it needs is gathered. */
  readonly progress: StudyProgress | null;
  /** Null unless its engine is being made ready. */
  readonly preparation: Preparation | null;
  /** How many trainers it was given and why; null unless it runs. */
  readonly trainers: Pick<JobPlan, 'reason' | 'warning'> | null;
  /** Why it ended without being done; null where all is well. */
  readonly problem: string | null;
  /** What mends that; null where nothing is known to. */
  readonly offer: Offer | null;
}

/** What a study needs to run, but for what its launch says. */
export type Gathered = Omit<StudyOptions, 'store' | 'onEvent' | 'goOn'>;

export interface QueueOptions {
  /** Opened for scheduling. */
  readonly store: () => Store;
  /**
   * All that the study of this name needs to run. Its Problems end this study and not the queue. The signal fires when that
   * is not needed any more: the study was cancelled, has ended, or is gathered for anew.
   */
  readonly gather: (
    study: string,
    launch: Launch,
    control: Required<Pick<ExecutorSite, 'onPreparing' | 'signal'>>,
  ) => Promise<Gathered>;
  /** Something of a study's status has changed. */
  readonly onChange: (study: string) => void;
  readonly onEvent: (study: string, event: SchedulerEvent) => void;
  /** A study has ended: done, stopped or with an error. Not called for a pause. */
  readonly onEnd: (study: string, end: StudyEnd) => void;
  /** An error that is no Problem. */
  readonly onBug: (error: unknown) => void;
}

/** How a study is to be run. */
export interface Launch {
  readonly retryDiverged: boolean;
  /** Null for as many as the settings say. */
  readonly jobs: TrainersAtOnce | null;
  /** Where the user is at work, whose git state is recorded with the runs; null for that of this process. */
  readonly folder: string | null;
  /** Where its trainings run; null for the usual place. */
  readonly executor: string | null;
  /** What a person said of that place, or, where none is named, of this machine; absent for what is usual, or was said before. */
  readonly settings?: unknown;
  /** As in `StudyOptions`. */
  readonly leaves?: boolean;
  /** How interrupted runs go on; null for `exact`, or as before. */
  readonly goOn?: GoOn['how'] | null;
  /** Ids of waiting runs, where only these are wanted; null for all that is missing, absent for what a paused study was to do. */
  readonly only?: readonly string[] | null;
  /** Ids of runs that begin before all others, in this order. */
  readonly first?: readonly string[];
}

/** Whatever is missing, where it is usual. */
export const USUAL_LAUNCH: Launch = { retryDiverged: false, jobs: null, folder: null, executor: null };

export interface StudyEnd {
  /** For people. */
  readonly message: string;
  /** Not where runs failed. */
  readonly well: boolean;
  /** Null where it ended by an error. */
  readonly outcome: StudyOutcome | null;
  readonly error: unknown;
}

interface Entry {
  readonly study: string;
  activity: Exclude<StudyActivity, 'idle'>;
  launch: Launch;
  /** Asked for again while it was being run: it is queued anew when that ends. */
  again: boolean;
  /** Ends the gathering of what it needs, and what is left of it. */
  gathering: AbortController | null;
  preparation: Preparation | null;
  trainers: QueueStatus['trainers'];
  running: RunningStudy | null;
}

/** Why a study ended, as a page says it, and how it had been launched where it could go on so. */
interface EndedFor extends Pick<Problem, 'fact' | 'offer'> {
  readonly launch?: Launch;
}

/**
 * Studies that are to run: on this machine one at a time, in the order in which they were added; those whose runs are trained
 * elsewhere at once, beside them. A paused one keeps its place, the others go on; one that fails tells why in its status, and the
 * next begins.
 */
export class StudyQueue {
  readonly #options: QueueOptions;
  #entries: Entry[] = [];
  readonly #progress = new Map<string, StudyProgress>();
  readonly #problems = new Map<string, EndedFor>();
  /** Those that are being run, each until it has ended. */
  readonly #active = new Map<Entry, Promise<void>>();
  /** The one of them that this machine trains. */
  #here: Entry | null = null;
  #closing = false;

  constructor(options: QueueOptions) {
    this.#options = options;
  }

  /** Whether a study is being run; it may be about to end. */
  get busy(): boolean {
    return this.#active.size > 0;
  }

  status(study: string): QueueStatus {
    const places = this.#entries.filter(({ activity }) => activity === 'queued' || activity === 'paused');
    const place = places.findIndex((entry) => entry.study === study) + 1;
    const entry = this.#find(study);
    return {
      activity: entry?.activity ?? 'idle',
      preparation: entry?.preparation ?? null,
      trainers: entry?.trainers ?? null,
      elsewhere: (entry && elsewhere(entry)?.title) ?? null,
      place: place > 0 ? place : null,
      progress: this.#progress.get(study) ?? null,
      problem: this.#problems.get(study)?.fact ?? null,
      offer: this.#problems.get(study)?.offer ?? null,
    };
  }

  /**
   * Has a study run what it lacks: puts it at the end of the queue, or goes on with it where it was paused. One that
   * is being run is run again afterwards, so that it sees a definition that was changed meanwhile.
   */
  add(study: string, launch: Launch = USUAL_LAUNCH): void {
    const entry = this.#find(study);
    this.#problems.delete(study);
    if (!entry) {
      this.#entries.push({
        study,
        activity: 'queued',
        launch,
        again: false,
        gathering: null,
        preparation: null,
        trainers: null,
        running: null,
      });
    } else {
      entry.launch = {
        retryDiverged: entry.launch.retryDiverged || launch.retryDiverged,
        jobs: launch.jobs ?? entry.launch.jobs,
        folder: launch.folder ?? entry.launch.folder,
        executor: launch.executor ?? entry.launch.executor,
        settings: launch.executor === null ? (launch.settings ?? entry.launch.settings) : launch.settings,
        leaves: launch.leaves ?? (launch.executor === null && (entry.launch.leaves ?? false)),
        goOn: launch.goOn ?? entry.launch.goOn ?? null,
        only: onlyOf(entry, launch),
        first: [...(launch.first ?? []), ...(entry.launch.first ?? [])],
      };
      if (entry.activity === 'paused') entry.activity = 'queued';
      else if (entry.activity !== 'queued') entry.again = true;
    }
    this.#changed(study);
    this.#advance();
  }

  /** What can be done to single runs of a study; null unless it runs. */
  runsOf(study: string): SingleRuns | null {
    return this.#find(study)?.running?.runs ?? null;
  }

  /** Has waiting runs begin before all others, now or when the study goes on. @returns false where the study is not under way */
  putFirst(study: string, runs: readonly string[]): boolean {
    const entry = this.#find(study);
    if (!entry) return false;
    entry.running?.runs.putFirst(runs);
    entry.launch = { ...entry.launch, first: [...runs, ...(entry.launch.first ?? [])] };
    return true;
  }

  /**
   * Has waiting runs of the store trained: beside what runs, or alone where nothing of their study is under way; of a study that is
   * paused or stopping they wait for the next start.
   */
  repeat(study: string, runs: readonly RepeatedRun[]): void {
    const entry = this.#find(study);
    if (entry?.running?.runs.add(runs)) return;
    if (entry && ['paused', 'pausing', 'stopping'].includes(entry.activity)) {
      const { only = null } = entry.launch;
      if (only !== null) entry.launch = { ...entry.launch, only: [...only, ...runs.map(({ id }) => id)] };
      return;
    }
    this.add(study, { ...USUAL_LAUNCH, only: runs.map(({ id }) => id) });
  }

  /** Ends the runs in progress after their present step, which go on where they were with the study. Does nothing to an idle study. */
  pause(study: string): void {
    const entry = this.#find(study);
    if (!entry) return;
    if (entry.activity === 'queued') entry.activity = 'paused';
    if (entry.activity === 'running') entry.activity = 'pausing';
    entry.again = false;
    entry.running?.pause();
    this.#changed(study);
  }

  /** Ends the runs in progress after their present step, or at once, and takes the study out of the queue. */
  cancel(study: string, now = false): void {
    const entry = this.#find(study);
    if (!entry) return;
    entry.again = false;
    if (entry.activity === 'queued' || entry.activity === 'paused') this.#remove(entry);
    else this.#stop(entry);
    if (now) entry.running?.kill();
    this.#changed(study);
  }

  /** Why a study that is idle cannot be gone on with, until it is asked for. */
  noteProblem(study: string, problem: string): void {
    if (this.#find(study)) return;
    this.#problems.set(study, { fact: problem, offer: null });
    this.#changed(study);
  }

  /**
   * What studies ended for the want of is there now: one of them goes on as it was launched, the others say that they can.
   * @param goOn the study for which it was got, wherever its page is by now; null for none
   */
  mended(isMended: (offer: Offer) => boolean, goOn: string | null): void {
    for (const [study, { offer, launch }] of [...this.#problems]) {
      if (offer === null || !isMended(offer)) continue;
      if (study === goOn) this.add(study, launch);
      else this.noteProblem(study, 'What it lacked is there now: run the missing runs.');
    }
  }

  /** Forgets what a study's last end was; for one that is gone. */
  forget(study: string): void {
    this.#progress.delete(study);
    this.#problems.delete(study);
  }

  /** Stops what runs, or parts with what goes on without this process, and begins nothing else. Resolves when the trainers are gone. */
  async close(): Promise<void> {
    this.#closing = true;
    this.#entries = [...this.#active.keys()];
    for (const entry of this.#entries) {
      entry.again = false;
      if (!entry.running?.leaveBehind()) this.#stop(entry);
    }
    await Promise.all(this.#active.values());
  }

  #find(study: string): Entry | undefined {
    return this.#entries.find((entry) => entry.study === study);
  }

  #remove(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
  }

  #stop(entry: Entry): void {
    entry.activity = 'stopping';
    entry.gathering?.abort();
    entry.running?.stop();
  }

  /** Tells of a study, and of the others in the queue, whose places may have changed. */
  #changed(study: string): void {
    const studies = new Set([study, ...this.#entries.map((entry) => entry.study)]);
    for (const each of studies) this.#options.onChange(each);
  }

  #advance(): void {
    if (this.#closing) return;
    for (const entry of this.#entries) {
      if (entry.activity === 'queued' && this.#hasRoom(entry)) this.#begin(entry);
    }
  }

  #hasRoom(entry: Entry): boolean {
    return !this.#active.has(entry) && (this.#here === null || elsewhere(entry) !== undefined);
  }

  #begin(entry: Entry): void {
    if (!elsewhere(entry)) this.#here = entry;
    const running = this.#run(entry).finally(() => {
      this.#active.delete(entry);
      if (this.#here === entry) this.#here = null;
      this.#advance();
    });
    this.#active.set(entry, running);
  }

  async #run(entry: Entry): Promise<void> {
    entry.activity = 'running';
    this.#progress.delete(entry.study);
    this.#changed(entry.study);
    try {
      this.#end(entry, await this.#execute(entry));
    } catch (error) {
      this.#fail(entry, error);
    }
    entry.gathering?.abort();
    entry.trainers = null;
    entry.running = null;
    this.#changed(entry.study);
  }

  /** Null if it was paused or cancelled before it began. */
  async #execute(entry: Entry): Promise<StudyOutcome | null> {
    const { store, onEvent } = this.#options;
    const { study } = entry;
    const gathered = await this.#gather(entry);
    // set anew by whoever pauses or cancels meanwhile
    if (gathered === null || (entry.activity as StudyActivity) !== 'running') return null;
    const { only = null, first = [], leaves = false, goOn } = entry.launch;
    entry.launch = nextLaunch(entry.launch);
    const { reason, warning } = gathered.jobs;
    entry.trainers = { reason, ...(warning && { warning }) };
    entry.running = runStudy({
      ...{ ...gathered, only, first, leaves, goOn: goOn ?? 'exact' },
      store: store(),
      onEvent: (event) => {
        this.#note(study, event);
        onEvent(study, event);
      },
    });
    return entry.running.finished;
  }

  /**
   * Anew where the study was saved with another file meanwhile: that file must not be undone. Null if it was cancelled
   * before it began.
   */
  async #gather(entry: Entry): Promise<Gathered | null> {
    const { store, gather, onEvent } = this.#options;
    const { study, launch } = entry;
    const onPreparing = (preparation: Preparation): void => {
      entry.preparation = preparation;
      onEvent(study, { type: 'study preparing', ...preparation });
      this.#options.onChange(study);
    };
    for (;;) {
      const gathering = new AbortController();
      entry.gathering = gathering;
      try {
        const gathered = await gather(study, launch, { signal: gathering.signal, onPreparing });
        if (gathering.signal.aborted) return null;
        if (store().study(study).text === gathered.text) return gathered;
        gathering.abort();
      } catch (error) {
        if (gathering.signal.aborted) return null;
        throw error;
      } finally {
        entry.preparation = null;
      }
    }
  }

  #note(study: string, event: SchedulerEvent): void {
    if (event.type !== 'study progress') return;
    this.#progress.set(study, progressOf(event));
    this.#options.onChange(study);
  }

  #end(entry: Entry, outcome: StudyOutcome | null): void {
    const { study, activity } = entry;
    if (entry.again) {
      entry.again = false;
      entry.activity = 'queued';
      return;
    }
    if (activity === 'pausing' && (outcome === null || outcome.waiting + outcome.interrupted > 0)) {
      entry.activity = 'paused';
      return;
    }
    this.#remove(entry);
    if (outcome === null) return;
    const { done, total, failed } = outcome;
    const failures = failedText(outcome);
    if (failed > 0) {
      const fact = `Of ${counted(total, 'run')} ${failures}; the pages of the runs say why.`;
      this.#problems.set(study, { fact, offer: null });
    }
    const complete = `${done} of ${counted(total, 'run')} complete`;
    this.#options.onEnd(study, {
      message: `${study} ${studyEnding(outcome)}: ${[complete, failures].filter((part) => part !== '').join(', ')}`,
      well: failed === 0,
      outcome,
      error: null,
    });
  }

  #fail(entry: Entry, error: unknown): void {
    this.#remove(entry);
    const expected = error instanceof Problem;
    if (!expected) this.#options.onBug(error);
    const fact = expected ? error.fact : `It ended with an unexpected error: ${String(error)}`;
    this.#problems.set(entry.study, { fact, offer: expected ? error.offer : null, launch: entry.launch });
    const end = { message: `${entry.study} ended: ${fact}`, well: false, outcome: null, error };
    this.#options.onEnd(entry.study, end);
  }
}

/** By its executor; one that there is not ends the study when it is gathered. */
function elsewhere({ launch }: Entry): ExecutorDescription | undefined {
  return EXECUTORS.find(({ name, isElsewhere = false }) => name === launch.executor && isElsewhere);
}

/** Which runs a study is to train that is asked for once more: those of both, or all where either asks for all. */
function onlyOf({ activity, again, launch }: Entry, asked: Launch): readonly string[] | null {
  if (activity === 'paused' && asked.only === undefined) return launch.only ?? null;
  const former = activity === 'queued' || activity === 'paused' || again ? (launch.only ?? null) : [];
  return former === null || !asked.only ? null : [...former, ...asked.only];
}

/**
 * How a study goes on after a pause: where and as it was launched. What has been done with its runs by its start is not done again:
 * repeats of what had diverged wait from then on, and what was to begin anew has no resume checkpoints any more.
 */
function nextLaunch(launch: Launch): Launch {
  return { ...launch, retryDiverged: false, goOn: launch.goOn === 'never' ? null : (launch.goOn ?? null) };
}

function progressOf({
  total,
  mostTotal,
  done,
  failed,
  running,
  waiting,
  starting,
  workers,
  secondsLeft,
  mostSecondsLeft,
}: StudyProgress): StudyProgress {
  return {
    total,
    mostTotal,
    done,
    failed,
    running,
    waiting,
    starting,
    workers,
    secondsLeft,
    mostSecondsLeft,
  };
}
