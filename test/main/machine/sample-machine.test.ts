import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { watchCpu } from '../../../src-main/machine/cpu-time.ts';
import { MachineSampler } from '../../../src-main/machine/sample-machine.ts';
import { watchCards } from '../../../src-main/machine/watch-cards.ts';
import type { MachineSample } from '../../../src-shared/machine/machine-sample.ts';
import { TRAINER } from '../../fixtures/machine-samples.ts';

const WINDOWS = process.platform === 'win32' ? 'a program of a shell' : false;

/** Puts a program called nvidia-smi before all others. */
function install(context: TestContext, script: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-cards-'));
  const file = join(folder, 'nvidia-smi');
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  const path = process.env['PATH'];
  process.env['PATH'] = `${folder}${delimiter}${path ?? ''}`;
  context.after(() => {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true, force: true });
  });
}

test('machine, trainers and cards are measured together, by place', { skip: WINDOWS }, async (context) => {
  // fields that were not asked for in this order would be read wrongly
  install(
    context,
    `[ "$1" = --query-gpu=name,utilization.gpu,memory.used,memory.total,temperature.gpu,power.draw ] || exit 2
     echo 'NVIDIA A10, 93, 1024, 23028, 57, 148.20'`,
  );
  const { promise, resolve } = Promise.withResolvers<MachineSample>();
  const sampler = new MachineSampler((sample) => {
    if (sample.cards.length > 0) resolve(sample);
  }, 20);
  context.after(() => sampler.stop(false));
  const { run, ...usage } = TRAINER;
  sampler.noteTrainer(1, run, usage);
  const sample = await promise;
  assert.deepEqual(sample.trainers, [null, TRAINER]);
  assert.deepEqual(
    sample.cards.map(({ name, use, watts }) => [name, use, watts]),
    [['NVIDIA A10', 0.93, 148.2]],
  );
  const { busyCores, cores, usedBytes, totalBytes } = sample;
  assert.ok(busyCores !== null && busyCores >= 0 && busyCores <= cores);
  assert.ok(usedBytes !== null && usedBytes > 0 && usedBytes < totalBytes);
  assert.ok(Math.abs(Date.now() - sample.at) < 10_000 && sample.seconds > 0);
});

test(
  'cards that fail are given up, and one that hangs is no longer waited for at the end',
  { skip: WINDOWS },
  async (context) => {
    install(context, 'exit 9');
    let asked = 0;
    const failing = watchCards(() => {
      asked += 1;
      return Promise.resolve({ status: 9, signal: null, stdout: '', stderr: 'no driver' });
    }, 1);
    context.after(() => failing.stop());
    while (asked < 3) await setTimeout(1);
    await setTimeout(20);
    assert.deepEqual([asked, failing.now()], [3, []]);

    const { promise, resolve } = Promise.withResolvers<string>();
    const hanging = watchCards((signal) => {
      signal.addEventListener('abort', () => resolve('ended'));
      return new Promise(() => undefined);
    });
    hanging.stop();
    assert.equal(await promise, 'ended');
  },
);

test('the share of busy cores is that of the time since the look before; counters that went back tell nothing', () => {
  const times = [
    ...[
      { busy: 100, all: 1000 },
      { busy: 150, all: 1100 },
      { busy: 150, all: 1100 },
      { busy: 20, all: 1200 },
      { busy: 30, all: 1210 },
    ],
  ];
  const look = watchCpu(() => times.shift() ?? { busy: 0, all: 0 });
  assert.deepEqual([look(), look(), look(), look()], [0.5, null, null, 1]);
});
