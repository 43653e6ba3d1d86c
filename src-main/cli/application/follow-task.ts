import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import { Interrupted, interruptible } from '../interrupt.ts';
import { duration } from '../output.ts';
import { type Step, stepDisplay } from '../step-progress.ts';
import type { Client } from './open-client.ts';
import { refused } from './refused.ts';

/**
 * Has an application do a task and shows on the error output how far it is; Ctrl-C cancels it.
 *
 * @param start asks for it
 * @param stopped what is said of it when it was cancelled
 * @returns what came of it, for people
 * @throws Problem of the task; Interrupted
 */
export async function followTask(
  client: Client,
  start: () => Promise<Task>,
  stopped: string,
): Promise<string> {
  const display = stepDisplay(process.stderr);
  try {
    const task = await interruptible((signal) => follow(client, start, signal, (step) => display.show(step)));
    if (task.state === 'cancelled') throw new Interrupted(stopped);
    if (task.failure !== null) throw refused(task.failure);
    return task.message;
  } finally {
    display.end();
  }
}

/** Resolves with its last state. */
async function follow(
  client: Client,
  start: () => Promise<Task>,
  signal: AbortSignal,
  show: (step: Step) => void,
): Promise<Task> {
  const { promise, resolve } = Promise.withResolvers<Task>();
  // what is told before the answer says which task it is
  const early: Task[] = [];
  let hear = (task: Task): void => void early.push(task);
  const unsubscribe = client.subscribe((event) => {
    if (event.type === 'task') hear(event.task);
  });
  try {
    const { id } = await Promise.race([start(), client.gone]);
    hear = (task) => {
      if (task.id !== id) return;
      if (task.state === 'running') show(stepOf(task));
      else resolve(task);
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
  const left = secondsLeft === null ? '' : `${duration(secondsLeft)} left`;
  const note = [detail, left].filter((part) => part !== '').join(', ');
  return { title: phase, done: share, total: share === null ? null : 1, amount: null, note };
}
