import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runStudy } from '../../../src-main/scheduler/run-study.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { STEPS, stepOf } from '../../fixtures/scripted-numbers.ts';
import { readLog, sampleOptions } from './sample-execution.ts';

const HOST = fileURLToPath(new URL('../../fixtures/study-host.ts', import.meta.url));

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('kill -9 of the application: its trainers leave, and a new start runs only what is missing', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-kill-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'kindling.sqlite');
  const log = join(folder, 'log');
  const env = { ...process.env, SCRIPTED_TRAINER: JSON.stringify({ log, stepMilliseconds: 10 }) };
  const host = spawn(process.execPath, [HOST, file], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const end = once(host, 'close');
  await once(createInterface({ input: host.stdout }), 'line');
  host.kill('SIGKILL');
  await end;

  const trainers = new Set(readLog(log).map(({ pid }) => pid));
  const deadline = Date.now() + 5000;
  while ([...trainers].some(lives)) {
    assert(Date.now() < deadline, 'a trainer outlives its application');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  const store = openStore(file, { purpose: 'schedule' });
  context.after(() => store.close());
  const before = store.runs();
  const complete = before.filter(({ state }) => state === 'complete');
  assert(complete.length >= 1 && complete.length < 4);
  assert(before.every(({ state }) => state !== 'running'));

  process.env['SCRIPTED_TRAINER'] = JSON.stringify({ log });
  const outcome = await runStudy(sampleOptions(store)).finished;
  assert.equal(outcome.done, 4);
  for (const run of complete) assert.deepEqual(store.run(run.id), run);
  const interrupted = before.filter(({ state }) => state === 'interrupted').map(({ id }) => id);
  assert.equal(store.runs().length, 4, 'no run is repeated');
  const wentOn = store.runs().filter(({ interruptions }) => interruptions.length === 1);
  assert.deepEqual(wentOn.map(({ id }) => id).sort(), interrupted.sort());
  for (const { id, seed } of store.runs())
    assert.deepEqual(
      store.series(id).steps,
      Array.from({ length: 2 * STEPS }, (_, index) => stepOf(index + 1, seed)),
    );
});
