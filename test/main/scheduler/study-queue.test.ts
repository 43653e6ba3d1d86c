import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { saveStudy } from '../../../src-main/scheduler/prepare-study.ts';
import { type Launch, StudyQueue, USUAL_LAUNCH } from '../../../src-main/scheduler/study-queue.ts';
import { type Offer, Problem } from '../../../src-shared/mistakes/problem.ts';
import { bench, sampleStudy, sampleSurroundings, STUDY } from './sample-execution.ts';
import { costedCells, requireTrained } from '../../../src-shared/studies/imported-study.ts';

/** What a page offers where there is no engine. */
const NO_ENGINE = {
  fact: 'No engine is installed.',
  offer: { action: 'install-engine', subject: 'cpu' },
} as const;

/** A queue with saved studies of these names. */
function start(
  context: TestContext,
  names: readonly string[],
  meanwhile: () => Promise<void> = () => Promise.resolve(),
) {
  const here = bench(context);
  const { store, folder } = here;
  const surroundings = sampleSurroundings();
  for (const name of names) {
    const text = STUDY.replace('sample', name);
    saveStudy(store, sampleStudy(text));
  }
  const told: string[] = [];
  const bugs: unknown[] = [];
  const launches: Launch[] = [];
  const waiting = new Set<() => void>();
  const look = (): void => {
    for (const each of waiting) each();
  };
  const queue = new StudyQueue({
    store: () => store,
    gather: async (study, launch, { signal, onPreparing }) => {
      launches.push(launch);
      const { retryDiverged } = launch;
      if (study === 'measured') {
        onPreparing({ what: 'measuring', secondsLeft: 12 });
        await new Promise((_, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
        );
      }
      if (study === 'unable') throw new Problem('engine-missing', `${NO_ENGINE.fact} Type this.`, NO_ENGINE);
      if (study === 'broken') throw new TypeError('a bug');
      const { definition, text } = store.study(study);
      await meanwhile();
      const cells = costedCells(store.cells(study));
      return { ...surroundings, definition: requireTrained(definition), text, cells, retryDiverged };
    },
    onChange: look,
    onEvent: look,
    onEnd: (_study, { message, well }) => {
      told.push(`${well ? '' : 'NOT WELL '}${message}`);
      look();
    },
    onBug: (error) => bugs.push(error),
  });
  context.after(() => queue.close());
  /** Looks at every change until it is so. */
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const each = (): void => {
        if (!isSo()) return;
        waiting.delete(each);
        resolve();
      };
      waiting.add(each);
      each();
    });
  const hold = join(folder, 'hold');
  /** No step begins before the answer is called; for trainers that start from now on. */
  const holdSteps = (): (() => void) => {
    writeFileSync(hold, '');
    here.script({ hold });
    return () => rmSync(hold);
  };
  const activities = (): string[] => names.map((name) => queue.status(name).activity);
  const begun = (): string[] => [...new Set(here.begun().map(({ run }) => store.run(run).study))];
  return { ...here, queue, told, bugs, launches, until, holdSteps, activities, begun };
}

test('studies run one at a time, in the order in which they were added', async (context) => {
  const { queue, told, until, activities, begun, holdSteps, store } = start(context, ['a', 'b', 'c']);
  const release = holdSteps();
  for (const study of ['b', 'c', 'a']) queue.add(study);
  assert.deepEqual(activities(), ['queued', 'running', 'queued']);
  assert.deepEqual([queue.status('c').place, queue.status('a').place, queue.status('b').place], [1, 2, null]);
  await until(() => store.runs({ states: ['running'] }).length === 2);
  assert(store.runs().every(({ study }) => study === 'b'));
  queue.cancel('c');
  assert.equal(queue.status('a').place, 1);
  release();
  await until(() => told.length === 2);
  assert.deepEqual(begun(), ['b', 'a']);
  assert.deepEqual(told, ['b is done: 4 of 4 runs complete', 'a is done: 4 of 4 runs complete']);
  assert.deepEqual(queue.status('a').progress?.done, 4);
});

test('a study that is trained elsewhere waits for none and keeps none waiting; paused, it goes on there', async (context) => {
  const { queue, told, until, activities, holdSteps, store, launches } = start(context, ['a', 'far', 'b']);
  const release = holdSteps();
  const there = { retryDiverged: false, jobs: null, folder: null, executor: 'background' };
  queue.add('a');
  queue.add('b');
  queue.add('far', there);
  assert.deepEqual(activities(), ['running', 'running', 'queued']);
  await until(() => store.runs({ states: ['running'] }).length === 4);
  queue.pause('far');
  release();
  await until(() => told.length === 2);
  assert.deepEqual(activities(), ['idle', 'paused', 'idle']);
  queue.add('far');
  await until(() => told.length === 3);
  assert.deepEqual(
    launches.map(({ executor }) => executor),
    [null, 'background', null, 'background'],
  );
  assert(store.runs().every(({ state }) => state === 'complete'));
});

test('what is said of the trainers of this machine is taken by a study that is paused, and else stays', async (context) => {
  const { queue, until, launches } = start(context, ['a']);
  for (const settings of [{ fuse: 3 }, { fuse: 2 }, undefined]) {
    queue.add('a', { ...USUAL_LAUNCH, settings });
    // before it has trainers
    queue.pause('a');
    await until(() => queue.status('a').activity === 'paused');
    while (queue.busy) await setImmediate();
  }
  assert.deepEqual(
    launches.map(({ settings }) => settings),
    [{ fuse: 3 }, { fuse: 2 }, { fuse: 2 }],
  );
});

test('a paused study keeps its place while the others go on', async (context) => {
  const { queue, told, until, activities, holdSteps, store, launches } = start(context, ['a', 'b']);
  const release = holdSteps();
  const place = {
    jobs: 2,
    folder: '/work',
    executor: 'cluster',
    settings: { partition: 'long' },
    leaves: false,
  };
  queue.add('a', { ...place, retryDiverged: true, goOn: 'any' });
  queue.add('b');
  await until(() => store.runs({ states: ['running'] }).length === 2);
  queue.pause('a');
  assert.equal(queue.status('a').activity, 'pausing');
  release();
  await until(() => told.length === 1);
  assert.deepEqual([...activities(), queue.status('a').place], ['paused', 'idle', 1]);
  assert.deepEqual([store.study('a').runs.interrupted, store.study('b').runs.complete], [2, 4]);
  queue.add('a');
  await until(() => told.length === 2);
  assert.equal(store.study('a').runs.complete, 4);
  assert.equal(store.runs().length, 8, 'no run was repeated');
  assert.equal(
    store.runs({ study: 'a' }).filter(({ interruptions }) => interruptions.length === 1).length,
    2,
  );
  assert.deepEqual(
    launches.at(-1),
    { ...place, retryDiverged: false, goOn: 'any', only: null, first: [] },
    'it goes on where and as it was launched',
  );
});

test('single runs of a study that was paused are all that is trained when it goes on', async (context) => {
  const { queue, told, until, holdSteps, store } = start(context, ['a']);
  const pauseAt = async (runs: number, release: () => void): Promise<void> => {
    await until(() => store.runs({ states: ['running'] }).length === runs);
    queue.pause('a');
    release();
    await until(() => queue.status('a').activity === 'paused');
  };
  const release = holdSteps();
  queue.add('a');
  await pauseAt(2, release);
  queue.cancel('a');
  const [run] = store.runs({ states: ['interrupted'] });
  const again = holdSteps();
  queue.add('a', { retryDiverged: false, jobs: null, folder: null, executor: null, only: [run?.id ?? ''] });
  await pauseAt(1, again);
  queue.add('a');
  await until(() => told.length === 1);
  assert.deepEqual(
    store.runs({ states: ['complete'] }).map(({ id }) => id),
    [run?.id],
  );
});

test('a study that was changed while it ran is run again', async (context) => {
  const { queue, told, until, holdSteps, store } = start(context, ['a']);
  const release = holdSteps();
  queue.add('a');
  await until(() => store.runs({ states: ['running'] }).length === 2);
  const text = STUDY.replace('sample', 'a').replace('seeds: 2', 'seeds: 3');
  saveStudy(store, sampleStudy(text));
  queue.add('a');
  release();
  await until(() => told.length === 1);
  assert.deepEqual(told, ['a is done: 6 of 6 runs complete']);
});

test('a file that is saved while its study is being prepared is the one that runs, and stays', async (context) => {
  const edited = STUDY.replace('sample', 'a').replace('seeds: 2', 'seeds: 3');
  let saved = false;
  const { queue, told, until, store } = start(context, ['a'], () => {
    if (!saved) saveStudy(store, sampleStudy(edited));
    saved = true;
    return Promise.resolve();
  });
  queue.add('a');
  await until(() => told.length === 1);
  assert.deepEqual(told, ['a is done: 6 of 6 runs complete']);
  assert.equal(store.study('a').text, edited);
});

test('a study that cannot run says why, and the next one runs', async (context) => {
  const { queue, told, until, bugs } = start(context, ['unable', 'broken', 'a']);
  for (const study of ['unable', 'broken', 'a']) queue.add(study);
  await until(() => told.length === 3);
  assert.deepEqual(told, [
    'NOT WELL unable ended: No engine is installed.',
    'NOT WELL broken ended: It ended with an unexpected error: TypeError: a bug',
    'a is done: 4 of 4 runs complete',
  ]);
  const { problem, offer } = queue.status('unable');
  assert.deepEqual([problem, offer], [NO_ENGINE.fact, NO_ENGINE.offer]);
  assert.equal(bugs.length, 1);

  const isOfEngines = ({ action }: Offer): boolean => action === 'install-engine';
  queue.mended((one) => !isOfEngines(one), 'unable');
  assert.equal(queue.status('unable').problem, NO_ENGINE.fact);
  queue.mended(isOfEngines, 'unable');
  assert.equal(queue.status('unable').problem, null);
  await until(() => told.length === 4);
  queue.mended(isOfEngines, 'another');
  assert.match(queue.status('unable').problem ?? '', /is there now: run the missing runs/);
  assert.equal(queue.status('unable').offer, null);
  queue.add('unable');
  assert.equal(queue.status('unable').problem, null);
});

test('a study whose engine is being made ready says so, and can be cancelled', async (context) => {
  const { queue, until, told, bugs } = start(context, ['measured', 'next']);
  queue.add('measured');
  queue.add('next');
  await until(() => queue.status('measured').preparation !== null);
  assert.deepEqual(queue.status('measured').preparation, { what: 'measuring', secondsLeft: 12 });
  queue.cancel('measured');
  await until(() => told.length === 1);
  assert.match(told[0] ?? '', /^next is done/);
  assert.deepEqual([queue.status('measured').activity, queue.status('measured').preparation], ['idle', null]);
  assert.deepEqual(bugs, []);
});

test('closing stops the runs in progress and begins nothing more', async (context) => {
  const { queue, until, holdSteps, store } = start(context, ['a', 'b']);
  holdSteps();
  queue.add('a');
  queue.add('b');
  await until(() => store.runs({ states: ['running'] }).length === 2);
  await queue.close();
  assert.equal(queue.busy, false);
  const { running, interrupted, waiting } = store.study('a').runs;
  assert.deepEqual([running, interrupted, waiting], [0, 2, 2]);
  assert.equal(store.runs({ study: 'b' }).length, 0);
});

test('what diverged is no missing run: the study is done, says so, and repeats it only when asked', async (context) => {
  const here = start(context, ['a']);
  const { queue, told, until, activities, store, folder } = here;
  here.script({ trouble: { seed: 0, step: 3, kind: 'diverge', once: join(folder, 'once') } });
  queue.add('a');
  await until(() => told.length === 1);
  assert.deepEqual(told, ['NOT WELL a is done: 3 of 4 runs complete, 1 diverged']);
  assert.equal(queue.status('a').problem, 'Of 4 runs 1 diverged; the pages of the runs say why.');
  queue.add('a');
  await until(() => told.length === 2);
  assert.equal(told[1], told[0]);
  assert.equal(store.runs().length, 4);
  queue.add('a', { retryDiverged: true, jobs: null, folder: null, executor: null });
  await until(() => told.length === 3);
  assert.equal(told[2], 'a is done: 4 of 4 runs complete');
  await until(() => activities()[0] === 'idle');
  assert.deepEqual([store.runs().length, queue.status('a').problem], [5, null]);
});

test('a failure that may end otherwise leaves its run missing', async (context) => {
  const here = start(context, ['a']);
  const { queue, told, until, folder } = here;
  here.script({ trouble: { seed: 0, step: 3, kind: 'exit', once: join(folder, 'once') } });
  queue.add('a');
  await until(() => told.length === 1);
  assert.deepEqual(told, ['NOT WELL a has ended: 3 of 4 runs complete, 1 failed']);
});
