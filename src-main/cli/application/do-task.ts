import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import { roughDuration } from '../../../src-shared/numbers.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { type Step, stepDisplay } from '../step-progress.ts';
import type { Client } from './client.ts';
import { openClient } from './open-client.ts';
import { refused } from './refused.ts';

export interface TaskOptions<Result> {
  /** Who asks, for others who want the store meanwhile: `store backup`. */
  readonly command: string;
  readonly start: (client: Client) => Promise<Task<Result>>;
  /** What is said of it when it was cancelled. */
  readonly stopped: string;
}

export interface DoneTask<Result> {
  /** What came of it, for people. */
  readonly message: string;
  readonly result: Result;
}

/**
 * Has the application that holds a store, or else one of its own, do a task, and shows on the error output how far it is;
 * Ctrl-C cancels it.
 *
 * @throws Problem of the task; Interrupted
 */
export async function doTask<Result>(
  storeFile: string,
  { command, start, stopped }: TaskOptions<Result>,
): Promise<DoneTask<Result>> {
  const client = await openClient(storeFile, `\`kindling ${command}\``);
  const display = stepDisplay(process.stderr);
  try {
    const { state, message, failure, result } = await interruptible((signal) =>
      follow(
        client,
        () => start(client),
        signal,
        (step) => display.show(step),
      ),
    );
    if (state === 'cancelled') throw new Interrupted(stopped);
    if (failure !== null) throw refused(failure);
    return { message, result: result as Result };
  } finally {
    display.end();
    await client.close();
  }
}

/** Resolves with its last state. */
async function follow<Result>(
  client: Client,
  start: () => Promise<Task<Result>>,
  signal: AbortSignal,
  show: (step: Step) => void,
): Promise<Task<Result>> {
  const { promise, resolve } = Promise.withResolvers<Task<Result>>();
  // what is told before the answer says which task it is
  const early: Task[] = [];
  let hear = (task: Task): void => void early.push(task);
  const unsubscribe = client.subscribe(({ event }) => {
    if (event.type === 'task') hear(event.task);
  });
  try {
    const { id, phase } = await Promise.race([start(), client.gone]);
    hear = (task) => {
      if (task.id !== id) return;
      if (task.state !== 'running') resolve(task as Task<Result>);
      // it has something to say once it has begun
      else if (task.phase !== phase) show(stepOf(task));
    };
    early.forEach(hear);
    const cancel = (): void => void client.request('tasks.cancel', { task: id }).catch(() => undefined);
    if (signal.aborted) cancel();
    else signal.addEventListener('abort', cancel, { once: true });
    return await Promise.race([promise, client.gone]);
  } finally {
    unsubscribe();
  }
}

function stepOf({ phase, share, secondsLeft, detail }: Task): Step {
  const left = secondsLeft === null ? '' : `${roughDuration(secondsLeft)} left`;
  const note = [detail, left].filter((part) => part !== '').join(', ');
  return { title: phase, done: share, total: share === null ? null : 1, note };
}
