import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { SchedulerEvent } from '../../../src-main/scheduler/events.ts';
import { type RunningStudy, runStudy } from '../../../src-main/scheduler/run-study.ts';
import { bench, sampleOptions, type Bench } from './sample-execution.ts';

interface Held extends RunningStudy {
  readonly here: Bench;
  readonly events: readonly SchedulerEvent[];
  /** Lets the trainer make its steps. */
  readonly release: () => void;
  /** Resolves with the id of the run that trains, not one that has ended. */
  readonly next: () => Promise<string>;
}

/** A study whose one trainer waits before each step. */
function held(context: TestContext): Held {
  const here = bench(context);
  const hold = join(here.folder, 'hold');
  writeFileSync(hold, '');
  here.script({ hold });
  const events: SchedulerEvent[] = [];
  const waiting: (() => void)[] = [];
  const study = runStudy({
    ...sampleOptions(here.store),
    jobs: { jobs: 1, threads: 1, reason: 'one after the other' },
    onEvent: (event) => {
      events.push(event);
      if (event.type === 'run started') for (const resolve of waiting.splice(0)) resolve();
    },
  });
  let told = '';
  const next = async (): Promise<string> => {
    const running = (): string => here.store.runs({ states: ['running'] })[0]?.id ?? '';
    while (running() === '' || running() === told)
      await new Promise<void>((resolve) => waiting.push(resolve));
    return (told = running());
  };
  return { ...study, here, events, next, release: () => rmSync(hold) };
}

const stateOf = ({ here }: Held, run: string): string => here.store.run(run).state;

test('a run that trains is cancelled alone; the others go on, and so does it in the same execution', async (context) => {
  const study = held(context);
  const first = await study.next();
  assert.equal(study.runs.cancel('nowhere'), false);
  assert.equal(study.runs.cancel(first), true);
  await study.next();
  assert.equal(stateOf(study, first), 'interrupted');
  const { cell, seed } = study.here.store.run(first);
  const id = first;
  study.here.store.resumeRuns([id]);
  assert.ok(study.runs.add([{ id, cell, seed, end: 'interrupted' }]));
  study.release();
  const { total, done, interrupted, waiting } = await study.finished;
  assert.deepEqual([total, done, interrupted, waiting], [4, 4, 0, 0]);
  assert.equal(stateOf(study, id), 'complete');
  assert.equal(study.runs.cancel(id), false, 'it has ended');
  assert.equal(study.runs.add([{ id, cell, seed, end: null }]), false, 'nothing trains any more');
});

test('skipped runs are passed over, by later starts, too; what is put first begins first', async (context) => {
  const study = held(context);
  const first = await study.next();
  const [waiting = '', other = '', last = ''] = study.here.store
    .runs({ states: ['waiting'] })
    .map(({ id }) => id);
  assert.deepEqual(study.runs.skip([waiting, first]), new Set([first]));
  study.here.store.skipRuns([waiting]);
  assert.deepEqual(study.runs.skip([waiting]), new Set());
  study.runs.putFirst([last]);
  assert.equal(await study.next(), last);
  study.release();
  const { total, done, interrupted } = await study.finished;
  assert.deepEqual([total, done, interrupted], [2, 2, 0]);
  const { store } = study.here;
  assert.deepEqual(
    [waiting, first, other, last].map((run) => [stateOf(study, run), store.run(run).skipped ?? false]),
    [
      ['cancelled', true],
      ['interrupted', true],
      ['complete', false],
      ['complete', false],
    ],
  );
  const again = await runStudy(sampleOptions(store)).finished;
  assert.deepEqual([again.total, again.done], [2, 2]);
  const [one = ''] = store.addRuns([{ study: 'sample', ...pick(store.run(first)), retryOf: first }]);
  const alone = await runStudy({ ...sampleOptions(store), only: [one] }).finished;
  assert.deepEqual([alone.total, alone.done, store.run(one).state], [3, 3, 'complete']);
});

function pick({ cell, seed }: { readonly cell: string; readonly seed: number }): {
  cell: string;
  seed: number;
} {
  return { cell, seed };
}
