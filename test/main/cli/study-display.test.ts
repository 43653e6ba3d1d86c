import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Client } from '../../../src-main/cli/application/client.ts';
import { studyDisplay } from '../../../src-main/cli/study/display.ts';
import { followToEnd } from '../../../src-main/cli/study/follow-to-end.ts';
import type { SavedStudy, StudyListing } from '../../../src-shared/contract/api/studies.ts';

const MAIN = join(import.meta.dirname, '../../../src-main/cli/main.ts');
const hasTerminals = spawnSync('script', ['--version']).status === 0;

test('on a terminal, what is said last is shown and the cursor comes back', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  const display = studyDisplay(stream as unknown as NodeJS.WriteStream);
  display.run({ id: 'a', label: 'sr 0.5', steps: { done: 1, total: 2 }, detail: '' });
  display.runEnded('a', 'FAILED: sr 0.5: for a reason');
  display.line('and so it ends');
  display.end();
  display.end();
  const shown = String(stream.read());
  assert.match(shown, /FAILED: sr 0\.5: for a reason\n.*and so it ends\n/s);
  assert.ok(shown.lastIndexOf('\x1B[?25h') > shown.lastIndexOf('\x1B[?25l'));
});

test('on a terminal, what goes on before the first step is shown, and then the time left', async (context) => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const display = studyDisplay(stream as unknown as NodeJS.WriteStream);
  context.after(() => display.end());
  const totals = { study: 'sample', done: 0, best: null, workers: 'at work:\n  `squeue` failed\n' };
  display.run({ id: 'a', label: 'sr 0.5', steps: null, detail: 'loading the data' });
  for (const [starting, least, said, mostTotal = 4] of [
    [1, null, /0 of 4 runs, at work:; `squeue` failed, starting 1 trainer.*sr 0\.5 {2}loading the data/s],
    [0, null, /0 of 4 runs, at work:; `squeue` failed, estimating the time left/],
    [0, 61, /0 of 4 runs, at work:; `squeue` failed, about 1 min 1 s left/],
    [0, 61, /0 of 4 to 6 runs, at work:; `squeue` failed, about 1 min 1 s to 2 min left/, 6],
  ] as const) {
    const remaining = { least, most: 120 };
    display.totals({ ...totals, total: 4, mostTotal, starting, remaining });
    // it is drawn five times a second
    await setTimeout(450);
    assert.match(String(stream.read()), said);
  }
});

test('what is done to the engine before is shown, on a terminal with its time, elsewhere in a line', async (context) => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const bars = studyDisplay(terminal as unknown as NodeJS.WriteStream);
  context.after(() => bars.end());
  bars.preparing('measuring this machine', 12);
  await setTimeout(450);
  assert.match(String(terminal.read()), /about 12 s left {2}measuring this machine/);
  const file = new PassThrough();
  const lines = studyDisplay(file as unknown as NodeJS.WriteStream);
  for (const left of [null, 12, 11]) lines.preparing('measuring this machine', left);
  assert.equal(String(file.read()), 'measuring this machine …\n');
});

test('a study that is stopped while its engine is measured says what was left as it was', async () => {
  const listing: SavedStudy = {
    ...{
      name: 'sample',
      dataset: 'shapes',
      importedFrom: null,
      openedFrom: null,
      trashedRuns: 0,
      cells: 1,
      wanted: 1,
      complete: 0,
      factors: [],
      bytes: 0,
      noteChangedAt: null,
      tags: [],
      metric: 'testAccuracy',
    },
    ...{
      createdAt: '2026-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      problem: null,
      offer: null,
      place: null,
    },
    leftOut: {
      failed: 0,
      running: 0,
      interrupted: 0,
      skipped: 0,
      diverged: 0,
      'not begun': 1,
      'without a value': 0,
    },
    runs: { waiting: 1, running: 0, complete: 0, failed: 0, interrupted: 0, cancelled: 0 },
    ...{ activity: 'running', progress: null, preparation: null, trainers: null, change: null, sequence: 0 },
    ...{ elsewhere: null, submitted: null },
  };
  const preparation = { what: 'measuring this machine', secondsLeft: 12 };
  const course: StudyListing[] = [
    { ...listing, preparation },
    { ...listing, activity: 'idle' },
  ];
  const client: Pick<Client, 'host' | 'subscribe' | 'gone' | 'request'> = {
    host: null,
    gone: new Promise(() => undefined),
    request: () => assert.fail('nothing is asked'),
    subscribe: (listener) => {
      for (const [index, study] of course.entries())
        listener({ sequence: index + 1, event: { type: 'study', study } });
      return () => undefined;
    },
  };
  const display = studyDisplay(new PassThrough() as unknown as NodeJS.WriteStream);
  await assert.rejects(
    followToEnd(client, display, () => Promise.resolve(listing)),
    { message: 'stopped before it started: no run was begun, and the engine computes as before.' },
  );
});

test(
  'on a terminal, a study file that cannot be read ends the program',
  { skip: hasTerminals ? false : 'no `script` to make a terminal with' },
  () => {
    const line = `'${process.execPath}' '${MAIN}' study run /nowhere/study.yaml`;
    const { status, stdout } = spawnSync('script', ['-qec', line, '/dev/null'], {
      encoding: 'utf8',
      timeout: 20_000,
    });
    assert.equal(status, 1);
    assert.match(stdout, /nowhere\/study\.yaml cannot be read/);
  },
);
