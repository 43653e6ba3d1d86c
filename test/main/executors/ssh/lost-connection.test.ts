import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { RelayedStudy } from '../../../../src-main/executors/relay/relayed-study.ts';
import { ConnectionLost } from '../../../../src-main/executors/ssh/host-unreachable.ts';
import { LastingRelay } from '../../../../src-main/executors/ssh/lasting-relay.ts';
import { connectRelay } from '../../../../src-main/executors/ssh/relay-connection.ts';
import { RELAY_MARK } from '../../../../src-main/executors/ssh/relay-protocol.ts';
import { RelayedSeat } from '../../../../src-main/executors/ssh/relayed-seat.ts';
import { sendFiles } from '../../../../src-main/executors/ssh/send-files.ts';
import { enginesFolder, kindlingHome } from '../../../../src-main/home.ts';
import { kindlingVersion } from '../../../../src-main/kindling-version.ts';
import type { RunSpecification } from '../../../../src-shared/studies/trainer-protocol.ts';
import { quoted } from '../../../../src-main/work/quoted.ts';
import { temporaryFolder } from '../../store/sample-study.ts';

test('a connection that is lost while a file is sent is told as that', async (context) => {
  const folder = temporaryFolder(context);
  const said = JSON.stringify({ type: 'hello', version: kindlingVersion(), home: '/' });
  const wanted = JSON.stringify({ type: 'answer', id: 1, answer: ['epoch-1.safetensors'] });
  const lines = [
    `printf %s ${quoted(`${RELAY_MARK}${said}\n`)}`,
    `read -r line && printf '%s\\n' ${quoted(wanted)}`,
    // by then the other side waits for room
    'sleep 0.5; exit 255',
  ];
  writeFileSync(join(folder, 'ssh'), `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });
  const before = process.env['PATH'];
  process.env['PATH'] = `${folder}${delimiter}${before ?? ''}`;
  context.after(() => (process.env['PATH'] = before));
  const artifacts = join(folder, 'run');
  mkdirSync(artifacts);
  writeFileSync(join(artifacts, 'epoch-1.safetensors'), Buffer.alloc(8 << 20));
  const connection = await connectRelay({ host: 'cluster', program: null });
  context.after(() => connection.close());
  const goOn = { upTo: 1, how: 'exact' } as const;
  await assert.rejects(sendFiles(connection, { run: 'one', artifacts, goOn }), ConnectionLost);
});

test('without a connection a stop waits once for another, and not again to leave', async (context) => {
  const folder = temporaryFolder(context);
  const away = 'ssh: connect to host cluster port 22: Network is unreachable';
  writeFileSync(join(folder, 'ssh'), `#!/bin/sh\necho ${quoted(away)} >&2\nexit 255\n`, { mode: 0o755 });
  const before = process.env['PATH'];
  process.env['PATH'] = `${folder}${delimiter}${before ?? ''}`;
  context.after(() => (process.env['PATH'] = before));
  const nothing = () => undefined;
  const relay = new LastingRelay(
    { host: 'cluster', program: null },
    { prepare: () => Promise.resolve(), onWorkers: nothing, onTrouble: nothing },
  );
  context.after(() => relay.close());
  const waits: boolean[] = [];
  const leave = (_: unknown, signal: AbortSignal) => Promise.resolve(void waits.push(!signal.aborted));
  const seat = new RelayedSeat({ host: 'cluster', relay, stopMs: 100, goOnAlone: nothing, leave }, 0, 1);
  await seat.leave();
  const stop = new AbortController();
  const run = { artifacts: folder } as RunSpecification;
  const working = seat.work(run, { signal: stop.signal });
  const reason = new Error('enough');
  stop.abort(reason);
  await assert.rejects(working, reason);
  await seat.leave();
  assert.deepEqual(waits, [true, false]);
});

test('a seat that is announced again over a new connection is one seat', async (context) => {
  const home = temporaryFolder(context);
  symlinkSync(enginesFolder(kindlingHome()), join(home, 'engines'));
  const asked = { study: { name: 'sample', store: 'a store' }, executor: 'background', settings: {} };
  const study = await RelayedStudy.open(home, asked, () => undefined);
  for (let times = 0; times < 2; times++) await study.seat({ seat: 0, threads: 1, wanted: null });
  assert(await study.leave({ seat: 0, goesOnAlone: false }), 'nothing is left of the spool');
  await study.leaveBehind();
});
