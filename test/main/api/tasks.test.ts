import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import { createTasks, type TaskControl, type Tasks } from '../../../src-main/api/tasks.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';

interface Watched {
  readonly tasks: Tasks;
  readonly told: readonly Task[];
  /** The last state of a task. */
  readonly end: (id: string) => Promise<Task>;
}

function watched(): Watched {
  const told: Task[] = [];
  const waiting = new Set<() => void>();
  const tasks = createTasks((task) => {
    told.push(task);
    for (const look of waiting) look();
  });
  const end = (id: string): Promise<Task> =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = told.find((task) => task.id === id && task.state !== 'running');
        if (found) resolve(found);
      };
      waiting.add(look);
      look();
    });
  return { tasks, told, end };
}

/** Work that ends when it is cancelled only. */
function endless({ signal }: TaskControl): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}

test('a task tells its beginning, each phase and its end', async () => {
  const { tasks, told, end } = watched();
  const first = tasks.start({
    title: 'Add cifar10',
    subject: 'dataset cifar10',
    work: ({ report }) => {
      report({ phase: 'downloading', share: 0 });
      report({ phase: 'downloading', share: 0.5 });
      report({ phase: 'writing', share: null });
      return Promise.resolve({ message: '60,000 images', result: 60_000 });
    },
  });
  assert.deepEqual([first.title, first.state, first.message], ['Add cifar10', 'running', '']);
  const last = await end(first.id);
  assert.deepEqual([last.state, last.share, last.message, last.result], ['done', 1, '60,000 images', 60_000]);
  // of mere progress not everything is told, of phases all
  assert.deepEqual(
    told.map(({ phase, state }) => `${phase} ${state}`),
    ['starting running', 'downloading running', 'writing running', 'writing done'],
  );
  assert.deepEqual(tasks.list(), [last]);
});

test('what is left is estimated by the speed of the phase', async () => {
  const { tasks, told, end } = watched();
  const { id } = tasks.start({
    title: 'Install',
    subject: 'engine',
    work: async ({ report }) => {
      report({ phase: 'downloading', share: 0.2 });
      await setTimeout(1100);
      report({ phase: 'downloading', share: 0.6 });
      return { message: 'installed', result: null };
    },
  });
  await end(id);
  const estimates = told.map(({ secondsLeft }) => secondsLeft).filter((seconds) => seconds !== null);
  // 0.4 took 1.1 s or, on a busy machine, more: as long for the 0.4 that are left
  assert.equal(estimates.length, 1);
  assert.ok((estimates[0] ?? 0) >= 1.09, String(estimates[0]));
});

test('a problem is the message of a failed task, a bug is not', async (context) => {
  const log = context.mock.method(console, 'error', () => undefined);
  const { tasks, end } = watched();
  const failed = tasks.start({
    title: 'a',
    subject: 'a',
    work: () => Promise.reject(new Problem('disk-full', 'The disk is full.')),
  });
  const bug = tasks.start({
    title: 'b',
    subject: 'b',
    work: () => {
      throw new TypeError('undefined is not a function');
    },
  });
  const problem = { code: 'disk-full', message: 'The disk is full.', mistakes: [] };
  const { message } = problem;
  assert.deepEqual(await end(failed.id), { ...failed, state: 'failed', message, failure: problem });
  const ended = await end(bug.id);
  assert.match(ended.message, /^This is a bug in Kindling/);
  assert.deepEqual(ended.failure, { code: 'bug', message: ended.message });
  assert.equal(log.mock.callCount(), 1);
});

test('of one subject only one task runs; a cancelled one makes room', async () => {
  const { tasks, end } = watched();
  const first = tasks.start({ title: 'Install cpu', subject: 'engine', work: endless });
  assert.throws(() => tasks.start({ title: 'Install gpu', subject: 'engine', work: endless }), {
    code: 'usage',
    message: '"Install cpu" is in progress; wait for it to finish, or cancel it.',
  });
  const other = tasks.start({ title: 'Add kmnist', subject: 'dataset kmnist', work: endless });
  tasks.cancel(first.id);
  assert.equal((await end(first.id)).state, 'cancelled');
  const next = tasks.start({
    title: 'Install gpu',
    subject: 'engine',
    work: () => Promise.resolve({ message: '', result: null }),
  });
  assert.equal((await end(next.id)).state, 'done');
  tasks.cancel(next.id);
  assert.throws(() => tasks.cancel('task-9'), { code: 'not-found' });
  await tasks.close();
  assert.deepEqual(
    tasks.list().map(({ id, state }) => [id, state]),
    [
      [first.id, 'cancelled'],
      [other.id, 'cancelled'],
      [next.id, 'done'],
    ],
  );
});
