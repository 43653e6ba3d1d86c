import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ImportAccount } from '../../../src-shared/contract/api/imports.ts';
import type { Task } from '../../../src-shared/contract/api/tasks.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { type ScriptedApplication, scriptedApplication } from './scripted-application.ts';
import { taskEnd } from './task-end.ts';

const RUNS = 3000;

/** A table of runs with a curve of three points each. */
function sweep(home: string, name: string, length = RUNS): string {
  const runs = Array.from({ length }, (_, run) => ({
    ...{ name: `run-${run}`, width: run % 10, seed: Math.floor(run / 10), test_acc: (run % 97) / 100 },
    history: [1, 2, 3].map((step) => ({ step, val_acc: step / 10 })),
  }));
  const file = join(home, `${name}.json`);
  writeFileSync(file, JSON.stringify(runs));
  return file;
}

const begin = ({ application }: ScriptedApplication, file: string): Promise<Task<ImportAccount>> =>
  application.request('runs.import', { files: [file], settings: {}, dryRun: false });

const isWriting = ({ phase }: Task): boolean => phase === 'writing the runs';

test('an import is written beside what trains, and seen by nobody before it is whole', async (context) => {
  const here = scriptedApplication(context);
  const { application, home, event, script, bugs } = here;
  const hold = join(home, 'hold');
  writeFileSync(hold, '');
  script({ hold });
  await application.request('studies.save', { text: STUDY, launch: true });
  await event((each) => each.type === 'study' && each.study.runs.running === 2);
  const task = await begin(here, sweep(home, 'widths'));
  await event((each) => each.type === 'task' && each.task.id === task.id && isWriting(each.task));
  // from now on the trainers' points come into the midst of what is written
  rmSync(hold);
  const names = async (): Promise<string[]> =>
    (await application.request('studies.list', {})).map(({ name }) => name);
  const seen = new Set<string>();
  const unsubscribe = application.subscribe(({ event: told }) => {
    if (told.type === 'study') seen.add(told.study.name);
  });
  assert.deepEqual(await names(), ['sample']);
  const [end, ended] = await Promise.all([taskEnd(here, task), event(({ type }) => type === 'study ended')]);
  unsubscribe();
  assert.deepEqual([end.state, end.message], ['done', 'widths: 3,000 runs of 10 cells, from JSON.']);
  assert(ended.type === 'study ended');
  assert.deepEqual([ended.well, [...seen], bugs], [true, ['sample'], []]);
  assert.deepEqual((await names()).toSorted(), ['sample', 'widths']);
  const { runs } = await application.request('runs.table', {});
  const imported = runs.filter(({ study }) => study === 'widths');
  assert.deepEqual(
    [imported.length, imported[1234]?.note, imported[1234]?.metrics.testAccuracy, imported[1234]?.state],
    [RUNS, 'run-1234', (1234 % 97) / 100, 'complete'],
  );

  // exported again with more runs, by another name
  const grown = sweep(home, 'later', RUNS + 100);
  const added = await taskEnd(here, await begin(here, grown));
  assert.deepEqual(
    [added.state, added.message],
    ['done', 'widths: 100 runs added, from JSON; 3,000 were there already.'],
  );
  const known = await taskEnd(here, await begin(here, grown));
  assert.equal(known.message, 'This was imported before, as the study widths; nothing was imported.');
  const now = (await application.request('runs.table', {})).runs.filter(({ study }) => study === 'widths');
  assert.deepEqual(now.slice(0, RUNS), imported);
  assert.deepEqual([now.length, now.at(-1)?.note, now.at(-1)?.state], [RUNS + 100, 'run-3099', 'complete']);
  assert.deepEqual((await names()).toSorted(), ['sample', 'widths']);
});

test('of an import that is cancelled while it is written nothing is left', async (context) => {
  const here = scriptedApplication(context);
  const { application, home, event, bugs } = here;
  const file = sweep(home, 'widths');
  const task = await begin(here, file);
  await event((each) => each.type === 'task' && each.task.id === task.id && isWriting(each.task));
  await application.request('tasks.cancel', { task: task.id });
  const { state, message } = await taskEnd(here, task);
  assert.deepEqual([state, message], ['cancelled', 'cancelled; nothing was changed.']);
  const { runs, cells } = await application.request('runs.table', {});
  assert.deepEqual([runs, cells, await application.request('studies.trashed', {}), bugs], [[], [], [], []]);
  const again = await taskEnd(here, await begin(here, file));
  assert.deepEqual([again.state, again.message], ['done', 'widths: 3,000 runs of 10 cells, from JSON.']);
});
