import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonsText, type RunAction, whyNot } from '../../../src-renderer/stores/why-not.ts';
import type { CellRow, RunRow } from '../../../src-shared/runs/run-row.ts';

const cell = { asked: [0, 1] } as unknown as CellRow;
const run = (state: RunRow['state'], more: Partial<RunRow> = {}): RunRow =>
  ({ state, seed: 0, importedFrom: null, ...more }) as RunRow;
const why = (action: RunAction, of: RunRow, isLast = true): string | null =>
  whyNot(action, of, { cell, isLast: () => isLast });

test('what has ended without a result is repeated, once, where the study file names it', () => {
  assert.equal(why('repeat', run('failed')), null);
  assert.equal(why('repeat', run('complete')), 'complete (the same seed has the same result)');
  assert.equal(why('repeat', run('running')), 'running');
  assert.equal(why('repeat', run('interrupted'), false), 'repeated already');
  assert.equal(why('repeat', run('failed', { seed: 2 })), 'no longer in the study file');
  assert.equal(why('repeat', run('failed', { importedFrom: 'a.csv' })), 'imported (not trained here)');
});

test('only what was interrupted, or failed from outside, goes on', () => {
  const failed = (code: string): RunRow =>
    run('failed', { failure: { code } as RunRow['failure'], openedFrom: null });
  const interrupted = run('interrupted', { failure: null, openedFrom: null });
  assert.deepEqual([why('goOn', interrupted), why('goOn', failed('trainer-died'))], [null, null]);
  assert.equal(why('goOn', failed('loss-not-finite')), 'not interrupted');
  assert.equal(why('goOn', interrupted, false), 'repeated already');
  assert.equal(why('goOn', run('complete')), 'complete (the same seed has the same result)');
});

test('only what has ended is deleted, imported or not', () => {
  assert.deepEqual(
    (['complete', 'failed', 'cancelled', 'interrupted'] as const).map((state) => why('delete', run(state))),
    [null, null, null, null],
  );
  assert.deepEqual([why('delete', run('waiting')), why('delete', run('running'))], ['waiting', 'running']);
  assert.equal(why('delete', run('complete', { importedFrom: 'a.csv' })), null);
});

test('one that waits is put first, one that trains cancelled, and what has no result skipped once', () => {
  assert.deepEqual([why('first', run('waiting')), why('cancel', run('running'))], [null, null]);
  assert.deepEqual([why('first', run('running')), why('cancel', run('failed'))], ['running', 'failed']);
  assert.deepEqual(
    [why('skip', run('failed')), why('skip', run('failed', { skipped: true })), why('skip', run('complete'))],
    [null, 'skipped already', 'complete'],
  );
});

test('reasons are counted, most first', () => {
  assert.equal(reasonsText(['running', 'complete', 'complete']), '2 complete, 1 running');
});
