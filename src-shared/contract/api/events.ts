import type { ArrivingAnalysis } from '../../analysis/arriving.ts';
import type { CellRow, RunRow } from '../../runs/run-row.ts';
import type { EpochPoint, StepPoint } from '../../metrics/measured-values.ts';
import type { StudyDraft } from './drafts.ts';
import type { ExecutionEvent, StudyOutcome } from './execution.ts';
import type { Refusal } from './refusal.ts';
import type { StudyListing } from './studies.ts';
import type { Task } from './tasks.ts';

/**
 * What the host tells without being asked. Events are numbered without a gap from the start of the host (`host`
 * tells two of them apart). A page that connects gets `hello` first and then loads what it shows; if a number is
 * missing or the host is another one, it loads again: a reload, a lost connection and a first load are one path.
 * Every event carries the whole of what it is about, so that one which arrives twice does no harm.
 */
export type ApplicationEvent =
  /** New or changed runs. Those of a new cell come after it. */
  | { readonly type: 'runs'; readonly runs: readonly RunRow[] }
  /** All cells of a study that was saved, as the table of runs has them: its file may ask for others than before. */
  | { readonly type: 'cells'; readonly study: string; readonly cells: readonly CellRow[] }
  /** A new or changed study. */
  | { readonly type: 'study'; readonly study: StudyListing }
  /**
   * A study ended, for a notification and for who waits for it: with an outcome, or by a failure. One that is cancelled
   * before it began, or paused, has no end: its listing tells.
   */
  | {
      readonly type: 'study ended';
      readonly study: string;
      readonly message: string;
      readonly well: boolean;
      readonly outcome: StudyOutcome | null;
      readonly failure: Refusal | null;
    }
  /** What a study tells while it runs; for who follows it. */
  | { readonly type: 'execution'; readonly study: string; readonly event: ExecutionEvent }
  /** New points of a running run, at most a few times a second. */
  | {
      readonly type: 'points';
      readonly run: string;
      readonly steps: readonly StepPoint[];
      readonly epochs: readonly EpochPoint[];
      /** The steps whose histograms are there from now on, to be loaded. */
      readonly histograms: readonly number[];
    }
  /** A new or changed draft of a study. */
  | { readonly type: 'draft'; readonly draft: StudyDraft }
  | { readonly type: 'draft removed'; readonly id: string }
  | { readonly type: 'task'; readonly task: Task }
  /** What an analysis that is being computed has found so far, at most once a second, and what becomes of it. */
  | { readonly type: 'analysis'; readonly analysis: ArrivingAnalysis }
  /** So much has changed (trash, restore) that all should be loaded again. */
  | { readonly type: 'reload' };

export interface NumberedEvent {
  readonly sequence: number;
  readonly event: ApplicationEvent;
}

/** What a page receives over its socket or IPC channel. */
export type PageMessage =
  | { readonly type: 'hello'; readonly host: string; readonly sequence: number }
  | ({ readonly type: 'event' } & NumberedEvent);
