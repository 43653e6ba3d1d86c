import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { runStudy } from '../../../src-main/scheduler/run-study.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { STEPS, stepOf } from '../../fixtures/scripted-numbers.ts';
import { results } from '../executors/killed-workers.ts';
import { writeNoise } from '../executors/write-noise.ts';
import { allEnd } from './all-end.ts';
import { readLog, sampleOptions } from './sample-execution.ts';

const HOST = fileURLToPath(new URL('../../fixtures/study-host.ts', import.meta.url));

const TRAINING_HOST = fileURLToPath(new URL('../../fixtures/training-host.ts', import.meta.url));

const TRAINED = `study: killed
dataset: noise
network: { family: squeezenet, stem: small, stemFilters: 8, baseE: 8, incrE: 8, dropout: 0.2 }
seeds: 1
data: { validationShare: 0.25 }
training: { epochs: 160, batch: 16, learningRate: 0.01 }
`;

interface Application {
  readonly host: ChildProcess;
  /** Resolves with the first number after a word that fits, printed already or to come. */
  readonly told: (word: string, fits?: (number: number) => boolean) => Promise<number>;
  readonly end: Promise<unknown>;
}

function startApplication(args: readonly string[]): Application {
  const host = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  createInterface({ input: host.stdout }).on('line', (line) => lines.push(line));
  const told: Application['told'] = async (word, fits = () => true) => {
    for (;;) {
      const numbers = lines.flatMap((line) => (line.startsWith(word) ? Number(line.slice(word.length)) : []));
      const found = numbers.find(fits);
      if (found !== undefined) return found;
      assert.equal(host.exitCode, null, `it has ended and told no such \`${word}\``);
      await setTimeout(5);
    }
  };
  return { host, told, end: once(host, 'close') };
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
  await allEnd(trainers);

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

test('kill -9 of the application, then of the trainer: the run goes on each time and ends with the bits of one that was not', async (context) => {
  const root = mkdtempSync(join(tmpdir(), 'kindling-kill-'));
  context.after(() => rmSync(root, { recursive: true, force: true, maxRetries: 10 }));
  writeNoise(join(root, 'data'));
  const studyFile = join(root, 'study.yaml');
  writeFileSync(studyFile, TRAINED);
  const fileOf = (name: string): string => join(root, name, 'kindling.sqlite');
  const start = (name: string): Application =>
    startApplication([TRAINING_HOST, fileOf(name), join(root, 'data', 'noise'), studyFile]);
  const opened = (name: string): Store => {
    const store = openStore(fileOf(name), { purpose: 'schedule' });
    context.after(() => store.close());
    return store;
  };

  const whole = start('whole');
  const first = start('killed');
  await first.told('kept', (step) => step > 0);
  first.host.kill('SIGKILL');
  await first.end;
  const second = start('killed');
  const trainer = await second.told('trainer');
  const from = await second.told('goes on');
  // it trains again; perhaps it has made no resume checkpoint of its own yet
  await second.told('kept', (step) => step >= from);
  process.kill(trainer, 'SIGKILL');
  await second.end;
  await start('killed').end;
  await whole.end;

  const killed = opened('killed');
  assert.deepEqual(results(killed), results(opened('whole')));
  const [run] = killed.runs();
  assert.equal(run?.interruptions.length, 2);
  const steps = run.interruptions.map(({ step }) => step ?? 0);
  assert(
    steps.every((step) => step > 0),
    `a checkpoint is there whose points are recorded, also of who was killed: ${steps.join(', ')}`,
  );
  assert.match(run.interruptions[1]?.cause ?? '', /SIGKILL/);
});
