import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { enginesFolder, storeFile } from '../../../src-main/home.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { PageMessage } from '../../../src-shared/contract/api/events.ts';
import { kindling } from '../cli/command-line.ts';
import { ask, type Reply } from './ask.ts';

const MAIN = join(import.meta.dirname, '../../../src-main/cli/main.ts');
const home = mkdtempSync(join(tmpdir(), 'kindling-serve-'));

/** The engine is that of this machine, all else is new. */
before(() => symlinkSync(enginesFolder(), enginesFolder(home)));
after(() => rmSync(home, { recursive: true }));

const LONG = `study: long
dataset: shapes
network: { family: squeezenet, version: 1.1, stem: small, stemFilters: 8, baseE: 8, incrE: 8, dropout: 0 }
seeds: 1
data: { trainingLimit: 512 }
training: { epochs: 400, batch: 64, learningRate: 0.01 }
`;

interface Started {
  readonly url: string;
  readonly token: string;
  readonly pid: number;
}

function start(
  context: TestContext,
  parameters: readonly string[],
  environment: Record<string, string> = {},
): ChildProcess {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', ...parameters], {
    env: { ...process.env, KINDLING_HOME: home, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // only where the test has failed before its end
  context.after(() => child.kill('SIGKILL'));
  return child;
}

/** What the child has printed when something in it fits. */
async function printed(child: ChildProcess, line: RegExp): Promise<string> {
  let said = '';
  let complained = '';
  child.stderr?.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (line.test(said)) resolve(said);
    });
    child.on('exit', (status) => reject(new Error(`status ${status}: ${complained}`)));
  });
}

function post({ url, token }: Started, name: string, parameters: unknown): Promise<Reply> {
  return ask({
    ...{ port: Number(new URL(url).port), path: `/api/${name}`, method: 'POST' },
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: [JSON.stringify(parameters)],
  });
}

/** Resolves at the first points of a run that trains. */
async function firstPoints({ url, token }: Started): Promise<void> {
  const socket = new WebSocket(url.replace('http', 'ws').replace(/\/\?.*/, '/events'), {
    headers: { Authorization: `Bearer ${token}` },
  });
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const message = JSON.parse(data.toString()) as PageMessage;
      if (message.type === 'event' && message.event.type === 'points') resolve();
    });
  });
}

test('it serves page and API to who has the address, and stops in order what trains', async (context) => {
  const child = start(context, ['--json']);
  const started = JSON.parse(await printed(child, /^\{.*\}\n/)) as Started;
  assert.equal(started.pid, child.pid);
  assert.match(started.url, new RegExp(`^http://127\\.0\\.0\\.1:\\d+/\\?token=${started.token}$`));
  const page = await ask({
    ...{ port: Number(new URL(started.url).port), path: '/' },
    headers: { Authorization: `Bearer ${started.token}` },
  });
  assert.match(page.text, /<script type="module"[^>]* src="[^"]*assets\//);
  const training = firstPoints(started);
  const saved = await post(started, 'studies.save', { text: LONG, launch: true });
  assert.equal(saved.status, 200, saved.text);
  await training;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const [status] = (await ended) as [number | null];
  assert.equal(status, 130);
  const store = openStore(storeFile(home), { purpose: 'read' });
  const states = store.runs().map(({ state }) => state);
  store.close();
  assert.deepEqual(states, ['interrupted']);
});

test('beside one who trains, it shows the store with --read-only, and says so', async (context) => {
  const file = join(mkdtempSync(join(tmpdir(), 'kindling-busy-')), 'lab.sqlite');
  context.after(() => rmSync(dirname(file), { recursive: true }));
  const writer = openStore(file, { purpose: 'schedule' });
  context.after(() => writer.close());
  const child = start(context, ['--json', '--read-only', '--store', file]);
  let complained = '';
  child.stderr?.on('data', (chunk: Buffer) => (complained += chunk.toString()));
  const started = JSON.parse(await printed(child, /^\{.*\}\n/)) as Started;
  assert.match(complained, /lab\.sqlite is open read-only/);
  assert.equal((await post(started, 'studies.list', {})).status, 200);
  const refused = await post(started, 'studies.save', { text: LONG, launch: true });
  assert.deepEqual([refused.status, /read-only/.test(refused.text)], [400, true]);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await ended, [130, null]);
});

test('the address is on a line of its own; over SSH it says how to reach it', async (context) => {
  const child = start(context, [], { SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22' });
  const ended = once(child, 'exit');
  const said = await printed(child, /ssh -L .*\n/);
  const [, port] = /^http:\/\/127\.0\.0\.1:(\d+)\/\?token=[\w-]{43}$/m.exec(said) ?? assert.fail(said);
  assert.ok(said.includes(`ssh -L ${port}:127.0.0.1:${port} `), said);
  child.kill('SIGINT');
  assert.deepEqual(await ended, [130, null]);
});

test(
  '--open hands the address to the browser of this machine',
  { skip: process.platform !== 'linux' && 'elsewhere a browser would open' },
  async (context) => {
    const folder = join(home, 'programs');
    const opened = join(home, 'opened');
    mkdirSync(folder);
    // written beside and moved, so that it is there as a whole or not at all
    const script = `#!/bin/sh\nprintf %s "$1" > "${opened}.part" && mv "${opened}.part" "${opened}"\n`;
    writeFileSync(join(folder, 'xdg-open'), script, { mode: 0o755 });
    const search = `${folder}${delimiter}${process.env['PATH'] ?? ''}`;
    const child = start(context, ['--open', '--json'], { PATH: search });
    const { url } = JSON.parse(await printed(child, /^\{.*\}\n/)) as Started;
    while (!existsSync(opened)) await setTimeout(20);
    assert.equal(readFileSync(opened, 'utf8'), url);
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  },
);

test('a port that is taken is a problem, a number that is none a mistake', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const taken = kindling(['serve', '--port', String(port)], { KINDLING_HOME: home });
  other.close();
  assert.match(taken.stderr, /kindling: Port \d+ is in use by another program\. .*--port 0/);
  assert.equal(taken.status, 1);
  assert.equal(kindling(['serve', '--port', '70000'], { KINDLING_HOME: home }).status, 2);
});
