import { z } from 'zod';
import type { MachineSample } from '../../machine/machine-sample.ts';
import type { Offer } from '../../mistakes/problem.ts';
import type { AnyMetric } from '../../metrics/imported-metric.ts';
import type { LeftOutReason } from '../../runs/account.ts';
import type { StoredCell } from '../../studies/cell.ts';
import type { KnownStudy } from '../../studies/imported-study.ts';
import type { OpenedFrom } from '../../studies/opened-from.ts';
import type { JobPlan } from '../../studies/plan-jobs.ts';
import type { RunState } from '../../studies/run-state.ts';
import type { TrainedBefore } from '../../runs/trained-before.ts';
import { howToGoOnSchema } from '../../studies/how-to-go-on.ts';
import { trainersAtOnceSchema } from '../../studies/trainers-at-once.ts';
import { nothing, request } from './request.ts';

/**
 * What is going on with a study.
 *
 * - idle: nothing; runs may be missing or all done
 * - queued: waits for the study that runs
 * - running
 * - pausing: the trainers end after their present step, from which their runs go on
 * - paused: keeps its place, waits for `studies.resume`
 * - stopping: the trainers end after their present step
 */
export type StudyActivity = 'idle' | 'queued' | 'running' | 'pausing' | 'paused' | 'stopping';

export interface StudyProgress {
  readonly total: number;
  /** If a rule adds as many seeds as it may; the total where none may be added. */
  readonly mostTotal: number;
  readonly done: number;
  readonly failed: number;
  readonly running: number;
  readonly waiting: number;
  /** Trainers that are not ready yet. */
  readonly starting: number;
  /** Null where this machine trains, and until it is known. */
  readonly workers: Workers | null;
  /** Null while too little has been measured to reckon from. */
  readonly secondsLeft: number | null;
  /** The same with the most runs. */
  readonly mostSecondsLeft: number | null;
}

/** Who trains runs elsewhere. */
export interface Workers {
  readonly running: number;
  /** That have not begun, as the place has no room. */
  readonly waiting: number;
  /** Why, or that nobody answers; for people. Null where there is nothing to say. */
  readonly note: string | null;
}

/** Runs of a study that wait in a spool for workers, or are trained by them. */
export interface SubmittedRuns {
  /** Of the executor. */
  readonly title: string;
  /** The spool. */
  readonly folder: string;
  readonly runs: number;
  /** Of these, those that a worker trains. */
  readonly running: number;
  /** Machines of these workers, in alphabetical order. */
  readonly hosts: readonly string[];
  /** Of these, those that have ended and have not been collected. */
  readonly ended: number;
  /** When the first of them was submitted; ISO 8601, UTC. */
  readonly since: string;
  /** What will collect them by itself, or why nothing will; for people. Null where nobody asked for it. */
  readonly collector: string | null;
}

/** What is done to the engine before a study's first trainer is started, e.g. once on each machine. */
export interface Preparation {
  /** Words for people, e.g. `compiling kernels`. */
  readonly what: string;
  /** Null where it is not known. */
  readonly secondsLeft: number | null;
}

export interface StudyListing {
  readonly name: string;
  /** Empty where it is unknown. */
  readonly dataset: string;
  /** What its runs were imported from, e.g. `CSV`; null for a study that is trained here. */
  readonly importedFrom: string | null;
  /** The report that it was read from; null for any other study. */
  readonly openedFrom: OpenedFrom | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly cells: number;
  /** Runs that the present definition asks for: cells x seeds, and the extra seeds of some cells. */
  readonly wanted: number;
  /** Of these, those that are complete. */
  readonly complete: number;
  /** The others by what became of their last attempt. */
  readonly leftOut: Readonly<Record<LeftOutReason, number>>;
  /** Runs by state; runs that were repeated and those of former definitions count too. */
  readonly runs: Readonly<Record<RunState, number>>;
  readonly activity: StudyActivity;
  /** Where it is trained, as people call it: `Slurm`. Null for processes of this machine, and where nothing is going on. */
  readonly elsewhere: string | null;
  /** Runs that nobody here follows; null where there are none. */
  readonly submitted: SubmittedRuns | null;
  /** Place in the queue, from 1; null unless queued or paused. */
  readonly place: number | null;
  /** Null unless it has run since this program started, and while its data are checked before it runs. */
  readonly progress: StudyProgress | null;
  /** Null unless its engine is being made ready. */
  readonly preparation: Preparation | null;
  /** How many trainers it was given and why; null unless it runs. */
  readonly trainers: Pick<JobPlan, 'reason' | 'warning'> | null;
  /** Why it ended without being done, e.g. no engine; for people. Null where all is well. */
  readonly problem: string | null;
  /** What a page offers to do about it; null where nothing is known to help. */
  readonly offer: Offer | null;
  /** What it is about: the test accuracy, or the first metric of imported runs. */
  readonly metric: AnyMetric;
  /** Paths of the factors that vary. */
  readonly factors: readonly string[];
  /** What its complete runs left on disk. */
  readonly bytes: number;
  /** In alphabetical order. */
  readonly tags: readonly string[];
  /** Its runs in the trash, which count nowhere. */
  readonly trashedRuns: number;
  /** When its note was last changed; null without one. */
  readonly noteChangedAt: string | null;
}

/** What a person writes about a study. */
export interface StudyNote {
  /** In Markdown. */
  readonly text: string;
  /** ISO 8601, UTC. */
  readonly changedAt: string;
}

export interface SavedNote {
  /** Whether it was saved: it is not where the note had changed meanwhile. */
  readonly isSaved: boolean;
  /** As it is now; null where there is none. */
  readonly note: StudyNote | null;
}

/** Characters of a note: some thirty pages. */
export const LONGEST_NOTE = 100_000;

export interface SavedStudy extends StudyListing {
  /** What of its definition has changed, for people; null where nothing has. */
  readonly change: string | null;
  /** Number of the last event before it was launched: what is told of it later is of this launch. */
  readonly sequence: number;
}

export interface CollectedStudy extends SavedStudy {
  /** Whether all that workers have finished has been taken already, as by who follows it. */
  readonly isUpToDate: boolean;
}

export interface StudyDetail {
  readonly listing: StudyListing;
  readonly definition: KnownStudy;
  /** The study file as it was last read; of an imported study what was imported as what. */
  readonly text: string;
  readonly note: StudyNote | null;
  /** In the study's order. */
  readonly cells: readonly StoredCell[];
}

export interface TrashedStudy {
  readonly name: string;
  readonly runs: number;
  readonly bytes: number;
  readonly trashedAt: string;
}

export interface EmptiedTrash {
  /** Of the runs' folders of checkpoints. */
  readonly freedBytes: number;
  /** Folders that were not removed: in a copy of a store they are the original's. */
  readonly left: readonly { readonly folder: string; readonly reason: string }[];
}

const study = z.strictObject({ study: z.string() });

/** Of a study or a run. */
export const tagSchema = z.string().min(1).max(60);

const launch = {
  /** Repeats the runs whose loss was not finite, too. */
  retryDiverged: z.boolean().default(false),
  /** How interrupted runs go on: `exact` and otherwise from their beginning, on `any` engine, or `never`; null: `exact`, or as before a pause. */
  goOn: howToGoOnSchema.nullable().default(null),
  /** Trainers at once; null: as before a pause, else as the settings say. */
  jobs: trainersAtOnceSchema.nullable().default(null),
  /** Where the user is at work, whose git state is recorded with the runs; null: where the program was started. */
  folder: z.string().nullable().default(null),
  /** Where its trainings run, by name; null: as before a pause, else where its runs are, else in processes of the application's machine. */
  executor: z.string().max(100).nullable().default(null),
  /** What a person says of that place, which checks it; absent for what is usual, or what was said when its runs were submitted. */
  settings: z.unknown().optional(),
  /** Parts with the runs once all are handed over to workers that go on without the application. */
  leaves: z.boolean().default(false),
};

/** What a start of a study would do, for people. */
export interface ExpectedStart {
  /** How long it would train, and what that rests on; null where other machines compute. */
  readonly time: string | null;
  /** What it would do with runs that were interrupted, and with those of fewer epochs, in sentences; empty where there are none. */
  readonly goingOn: readonly string[];
}

export const studyRequests = {
  /** Newest first; those in the trash are left out. */
  'studies.list': request<readonly StudyListing[]>()(nothing),
  'studies.get': request<StudyDetail>()(study),
  /** Checks and saves the study, and queues it (or only saves it, with `launch: false`). */
  'studies.save': request<SavedStudy>()(
    z.strictObject({
      text: z.string(),
      /** What its file is called in messages. */
      fileName: z.string().max(4096).default('The study'),
      launch: z.boolean(),
      ...launch,
    }),
  ),
  /** What a start of a study would do; nothing is changed. */
  'studies.expect': request<ExpectedStart>()(
    z.strictObject({
      study: z.string(),
      /** Of its file; null: as it is stored. */
      text: z.string().nullable().default(null),
      goOn: howToGoOnSchema,
      retryDiverged: launch.retryDiverged,
      /** Where it is to be trained, and what is said of that place. */
      executor: z.string().max(100),
      settings: z.unknown().optional(),
    }),
  ),
  /** Runs what is missing; goes on with a paused study. */
  'studies.resume': request<StudyListing>()(z.strictObject({ study: z.string(), ...launch })),
  /**
   * Takes what workers have finished of a study whose runs were submitted, and parts with the rest; with `follows` it goes on
   * with them to their end.
   */
  'studies.collect': request<CollectedStudy>()(
    z.strictObject({ study: z.string(), follows: z.boolean().default(false) }),
  ),
  /** The runs in progress end after their present step, from which they go on when the study does. */
  'studies.pause': request<StudyListing>()(study),
  /** The runs in progress end after their present step, or `now`, and become `interrupted`. */
  'studies.cancel': request<StudyListing>()(
    z.strictObject({ study: z.string(), now: z.boolean().default(false) }),
  ),
  /**
   * Adds seeds to all cells (`cells: null`) or to chosen ones (ids), and queues the study if `launch`. The study's
   * file is written anew where its seeds stand.
   */
  'studies.addSeeds': request<StudyListing>()(
    z.strictObject({
      study: z.string(),
      /** How many: the next numbers after those of `seeds` (all cells) or of each chosen cell. */
      count: z.int().min(1).max(1000),
      cells: z.array(z.string()).min(1).nullable(),
      launch: z.boolean(),
    }),
  ),
  /**
   * Sets the note; a text without words removes it. Whoever changed it since `base` loses nothing: then it is not saved, and the answer has
   * the note as it is.
   */
  'studies.annotate': request<SavedNote>()(
    z.strictObject({
      study: z.string(),
      text: z.string().max(LONGEST_NOTE),
      /** The text that it was made from, empty for none; null: whatever it is now. */
      base: z.string().nullable(),
    }),
  ),
  /** Adds and removes tags. */
  'studies.tag': request<StudyListing>()(
    z.strictObject({
      study: z.string(),
      addTags: z.array(tagSchema).default([]),
      removeTags: z.array(z.string()).default([]),
    }),
  ),
  'studies.trash': request<TrashedStudy>()(study),
  'studies.restore': request<StudyListing>()(study),
  'studies.trashed': request<readonly TrashedStudy[]>()(nothing),
  /** Deletes for good, with the folders of checkpoints that are this store's. Null: all that is in the trash, single runs and networks too. */
  'studies.emptyTrash': request<EmptiedTrash>()(z.strictObject({ studies: z.array(z.string()).nullable() })),
  /** What the machine did while it trained, in the order of time. */
  'studies.machine': request<readonly MachineSample[]>()(study),
  'studies.trainedBefore': request<TrainedBefore>()(nothing),
  /** The most memory that trainers of an engine have taken, by `peakKey`. */
  'studies.peaks': request<readonly (readonly [key: string, bytes: number])[]>()(
    z.strictObject({ engine: z.string().max(200) }),
  ),
  /** The studies that come with the program: name, text, and what they are for. */
  'studies.examples':
    request<readonly { readonly name: string; readonly text: string; readonly about: string }[]>()(nothing),
} as const;
