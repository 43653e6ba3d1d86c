import type { Task, TaskChange, taskRequests } from '../../src-shared/contract/api/tasks.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { HandlersOf } from './handlers.ts';
import { refusalOf } from './refusal-of.ts';

/** What the work of a task says of itself. */
export interface TaskProgress {
  /** What it does now, e.g. `downloading cifar-10-binary.tar.gz`. */
  readonly phase: string;
  /** Of this phase, from 0 to 1; null where it cannot be known. */
  readonly share: number | null;
  /** How far it is in its own measure, e.g. `12 MB of 170 MB`. */
  readonly detail?: string;
  /** Estimated by the work itself; without it from the speed of the phase. */
  readonly secondsLeft?: number | null;
}

export interface TaskControl {
  /** Fires when the user cancels the task, or the program ends; the work then throws its reason. */
  readonly signal: AbortSignal;
  readonly report: (progress: TaskProgress) => void;
}

/** What came of a task. */
export interface TaskEnd<Result = null> {
  /** For people. */
  readonly message: string;
  /** For programs. */
  readonly result: Result;
}

export interface TaskDescription<Result> {
  readonly title: string;
  /** Of two tasks with the same one, the second is refused while the first runs: `engine`, `dataset cifar10`. */
  readonly subject: string;
  /** Absent for nothing that is not told of by other events. */
  readonly changes?: TaskChange;
  /** Whoever asks for the second gets the first, instead: what comes of it is the same whoever asked. */
  readonly isShared?: boolean;
  /** Nothing is left behind where it throws. */
  readonly work: (control: TaskControl) => Promise<TaskEnd<Result>>;
  /** What is said of it when it was cancelled, where something was changed. */
  readonly afterCancel?: string;
}

/** Everything that takes its time and is no study. */
export interface Tasks {
  /**
   * Begins a task, or joins one that is shared, and answers its state; how it ends is told by its later states.
   * @throws Problem `usage` if one of the same subject runs and is not shared
   */
  start<Result>(description: TaskDescription<Result>): Task<Result>;
  /** Those that run, and those that ended since the program started; newest last. */
  list(): readonly Task[];
  /** Asks a task to end; one that has ended already stays as it is. @throws Problem `not-found` */
  cancel(id: string): void;
  /** Cancels all that run and waits for their ends. */
  close(): Promise<void>;
}

/** Milliseconds between two states of a task that differ only in their progress. */
const PAUSE = 250;

interface Running {
  readonly subject: string;
  readonly controller: AbortController;
  readonly ended: Promise<void>;
}

/** @param onChange is told each new state of a task, of mere progress a few times a second */
export function createTasks(onChange: (task: Task) => void): Tasks {
  const states = new Map<string, Task>();
  const running = new Map<string, Running>();
  const change = (id: string, changes: Partial<Task>): Task => {
    const before = states.get(id);
    if (before === undefined) throw new Error(`there is no task ${id}`);
    const after = { ...before, ...changes };
    states.set(id, after);
    return after;
  };
  return {
    start: ({ title, subject, changes = null, work, ...how }) => {
      const { isShared = false, afterCancel = 'cancelled; nothing was changed.' } = how;
      const [underWay] = [...running].find(([, each]) => each.subject === subject) ?? [];
      const other = underWay === undefined ? undefined : states.get(underWay);
      // of one subject is one kind of result
      if (other && isShared) return other as Task<never>;
      if (other) {
        throw new Problem('usage', `"${other.title}" is in progress; wait for it to finish, or cancel it.`);
      }
      const id = `task-${states.size + 1}`;
      const first: Task<never> = {
        ...{ id, title, subject, changes, state: 'running', phase: 'starting', share: null },
        ...{ secondsLeft: null, detail: '', message: '', failure: null, result: null },
      };
      states.set(id, first);
      const controller = new AbortController();
      const report = reporter((progress, isWorthTelling) => {
        const task = change(id, progress);
        if (isWorthTelling) onChange(task);
      });
      const ended = outcome(work, { signal: controller.signal, report }, afterCancel).then((end) => {
        running.delete(id);
        onChange(
          change(id, { ...end, share: end.state === 'done' ? 1 : null, secondsLeft: null, detail: '' }),
        );
      });
      running.set(id, { subject, controller, ended });
      onChange(first);
      return first;
    },
    list: () => [...states.values()],
    cancel: (id) => {
      if (!states.has(id)) throw new Problem('not-found', `There is no task ${id}.`);
      running.get(id)?.controller.abort(new Cancelled());
    },
    close: async () => {
      const all = [...running.values()];
      for (const { controller } of all) controller.abort(new Cancelled());
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

/** The requests about tasks. */
export function taskHandlers(tasks: Tasks): HandlersOf<typeof taskRequests> {
  return {
    'tasks.list': () => tasks.list(),
    'tasks.cancel': ({ task }) => {
      tasks.cancel(task);
      return null;
    },
  };
}

class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** Runs the work, and says how it ended. Never rejects. */
async function outcome(
  work: TaskDescription<unknown>['work'],
  control: TaskControl,
  afterCancel: string,
): Promise<Pick<Task, 'state' | 'message' | 'failure' | 'result'>> {
  try {
    // after the caller has its answer, whatever the work does first
    await Promise.resolve();
    control.signal.throwIfAborted();
    return { state: 'done', ...(await work(control)), failure: null };
  } catch (error) {
    if (control.signal.aborted)
      return { state: 'cancelled', message: afterCancel, failure: null, result: null };
    if (!(error instanceof Problem)) console.error(error);
    const failure = refusalOf(error, 'This is a bug in Kindling; the log has the details.');
    const message = error instanceof Problem ? error.fact : failure.message;
    return { state: 'failed', message, failure, result: null };
  }
}

type Advance = Pick<Task, 'phase' | 'share' | 'secondsLeft' | 'detail'>;

/** Adds the estimate of a phase, from its own speed so far, and says which states are worth telling. */
function reporter(
  advance: (progress: Advance, isWorthTelling: boolean) => void,
): (progress: TaskProgress) => void {
  let phase = '';
  let began = 0;
  let first = 0;
  let told = -Infinity;
  return (progress) => {
    const now = performance.now();
    const isNew = progress.phase !== phase;
    if (isNew) {
      phase = progress.phase;
      began = now;
      first = progress.share ?? 0;
    }
    const isWorthTelling = isNew || now - told >= PAUSE;
    if (isWorthTelling) told = now;
    const gained = (progress.share ?? 0) - first;
    const seconds = (now - began) / 1000;
    const estimate =
      progress.share !== null && gained > 0 && seconds >= 1
        ? ((1 - progress.share) / gained) * seconds
        : null;
    const { share, secondsLeft = estimate, detail = '' } = progress;
    advance({ phase, share, secondsLeft, detail }, isWorthTelling);
  };
}
