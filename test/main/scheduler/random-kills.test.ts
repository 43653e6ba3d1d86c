import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Chance } from '../../../scripts/torture/chance.ts';
import { signal } from '../../../scripts/torture/marked-processes.ts';
import { lastTold, longestSleep, told } from '../../../scripts/torture/told-log.ts';
import { WatchedStore } from '../../../scripts/torture/watched-store.ts';
import { isProcessAlive } from '../../../src-main/is-process-alive.ts';
import { runStudy } from '../../../src-main/scheduler/run-study.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import { STEPS, stepOf } from '../../fixtures/scripted-numbers.ts';
import { allEnd } from './all-end.ts';
import { readLog, sampleOptions, STUDY } from './sample-execution.ts';

const HOST = fileURLToPath(new URL('../../fixtures/study-host.ts', import.meta.url));

const PRELOAD = new URL('../../../scripts/torture/preload.mjs', import.meta.url);
const KILLS = 20;
const EPOCHS = 60;
/** Four runs, each of which takes some lives of its application. */
const LONG = STUDY.replace('epochs: 2', `epochs: ${EPOCHS}`);

/** A study whose application, or first one of its trainers, is killed at random moments, until it is at its end or killed often enough. */
async function killTimeAndAgain(context: TestContext, chance: Chance, most: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-kills-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'kindling.sqlite');
  const log = join(folder, 'log');
  const watched = new WatchedStore(file, 'sample');
  let kills = 0;
  for (let life = 0; kills < most && watched.finished < 4; life++) {
    const notes = join(folder, String(life));
    mkdirSync(notes);
    const host = spawn(process.execPath, [HOST, file, LONG], {
      env: {
        ...process.env,
        ...{ KINDLING_TORTURE_LOG: notes, NODE_OPTIONS: `--import ${PRELOAD.href}` },
        SCRIPTED_TRAINER: JSON.stringify({ log, stepMilliseconds: 2 }),
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const end = once(host, 'close');
    while (host.exitCode === null && told(notes).length === 0) await chance.moment(20);
    // the application goes on without them
    for (let left = 2; left > 0; left--) {
      await chance.moment(200);
      const victim = readLog(log).findLast(({ pid }) => isProcessAlive(pid));
      if (victim && signal(victim.pid, 'SIGKILL')) kills += 1;
    }
    await chance.moment(200);
    if (host.kill('SIGKILL')) kills += 1;
    const now = Date.now();
    await end;
    await allEnd(new Set(readLog(log).map(({ pid }) => pid)));
    const inTime = now - 1000 - longestSleep(notes, now);
    assert.deepEqual(await watched.open(() => lastTold(notes, (at) => at <= inTime)), []);
  }
  const store = openStore(file, { purpose: 'schedule' });
  context.after(() => store.close());
  process.env['SCRIPTED_TRAINER'] = JSON.stringify({ log });
  assert.equal((await runStudy({ ...sampleOptions(store, LONG) }).finished).done, 4);
  assert.deepEqual(await watched.look(() => new Map()), []);
  for (const { id, seed } of store.runs())
    assert.deepEqual(
      store.series(id).steps,
      Array.from({ length: EPOCHS * STEPS }, (_, index) => stepOf(index + 1, seed)),
    );
  return kills;
}

test(`after each of ${KILLS} kills at random moments the store is whole and true, and the study ends as it would have`, async (context) => {
  const chance = new Chance(Date.now() % 100_000);
  context.diagnostic(`seed ${chance.seed}`);
  let kills = 0;
  while (kills < KILLS) kills += await killTimeAndAgain(context, chance, KILLS - kills);
});
