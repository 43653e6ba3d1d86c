import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Application } from '../../../src-main/api/application.ts';
import { attach } from '../../../src-main/attach/attach.ts';
import { listenForCommands } from '../../../src-main/attach/listen.ts';
import { kindlingVersion } from '../../../src-main/kindling-version.ts';
import { startHost } from '../work/started-host.ts';
import { temporaryFolder } from '../store/sample-study.ts';

/** Answers each request with its name. */
const echo: Pick<Application, 'answer' | 'subscribe'> = {
  answer: (name) => Promise.resolve({ ok: true, result: name }),
  subscribe: () => () => undefined,
};

function storeIn(context: TestContext, folder = ''): string {
  const place = join(temporaryFolder(context), folder);
  mkdirSync(place, { recursive: true });
  return join(place, 'kindling.sqlite');
}

interface Address {
  readonly socket: string;
  readonly token: string;
}

function addressOf(store: string): Address {
  return JSON.parse(readFileSync(`${store}.host`, 'utf8')) as Address;
}

/** What a connection that says this is told before it is ended. */
async function say(socket: string, ...lines: readonly string[]): Promise<string> {
  const connection = createConnection(socket);
  let said = '';
  connection.setEncoding('utf8').on('data', (text: string) => (said += text));
  connection.on('error', () => undefined);
  for (const line of lines) connection.write(`${line}\n`);
  await once(connection, 'close');
  return said;
}

test('where there is no application, there is none to attach to; one that was closed leaves nothing', async (context) => {
  const store = storeIn(context);
  assert.equal(await attach(store), null);
  const listening = await listenForCommands(echo, store);
  const attached = await attach(store);
  assert.deepEqual(await attached?.answer('a', {}), { ok: true, result: 'a' });
  listening.close();
  assert.match((await attached?.gone)?.message ?? '', /has ended/);
  await assert.rejects(attached?.answer('a', {}) ?? Promise.resolve(), { code: 'process-died' });
  assert.equal(await attach(store), null);
  assert.deepEqual(readdirSync(dirname(store)), []);
});

test('an application that was killed is not there, and the next one takes its place', async (context) => {
  const store = storeIn(context);
  const killed = startHost(context, [store], join(import.meta.dirname, 'listening-host.ts'));
  assert.equal(await killed.line(), 'listening');
  process.kill(killed.pid, 'SIGKILL');
  await killed.end;
  assert(existsSync(`${store}.host`));
  assert.equal(await attach(store), null);
  const next = await listenForCommands(echo, store);
  context.after(() => next.close());
  const attached = await attach(store);
  assert(attached);
  attached.close();
});

test('a store deep down has its socket elsewhere', async (context) => {
  const store = storeIn(context, 'a-folder-with-a-long-name/'.repeat(5));
  const listening = await listenForCommands(echo, store);
  const { socket } = addressOf(store);
  assert.notEqual(dirname(socket), dirname(store));
  const attached = await attach(store);
  assert.deepEqual(await attached?.answer('b', {}), { ok: true, result: 'b' });
  attached?.close();
  listening.close();
  assert(!existsSync(dirname(socket)));
});

test('socket and address are for their user alone, and nothing is told without the token', async (context) => {
  const store = storeIn(context);
  const listening = await listenForCommands(echo, store);
  context.after(() => listening.close());
  const { socket, token } = addressOf(store);
  for (const file of [socket, `${store}.host`]) assert.equal(statSync(file).mode & 0o077, 0, file);
  const version = kindlingVersion();
  const request = JSON.stringify({ type: 'request', id: 1, name: 'a', parameters: {} });
  const greet = (given: string) => JSON.stringify({ type: 'greet', token: given, version });
  assert.equal(await say(socket, request), '');
  assert.equal(await say(socket, greet(`${token}x`), request), '');
  assert.equal(await say(socket, greet(''), request), '');
  assert.equal(await say(socket, 'no JSON'), '');
  assert.equal(await say(socket, 'x'.repeat((8 << 20) + 1)), '');
  assert.equal(await say(socket, `${(8 << 20) + 1} ${greet(token)}`), '', 'bytes that would never be read');
  assert.match(await say(socket, greet(token), 'no JSON'), /^\{"type":"welcome"\}\n$/);
});

test('an application of another version is refused with words, and so is one that does not answer', async (context) => {
  const store = storeIn(context);
  const listening = await listenForCommands(echo, store);
  const { socket, token } = addressOf(store);
  const refusal = await say(socket, JSON.stringify({ type: 'greet', token, version: '0.0.1' }));
  assert.match(refusal, /"code":"store-busy"/);
  assert.match(
    refusal,
    new RegExp(`in use by Kindling ${kindlingVersion()}, and this is Kindling 0\\.0\\.1`),
  );
  listening.close();

  const other = createServer((connection) => {
    const problem = { code: 'store-busy', message: 'of another version', mistakes: [] };
    connection.once('data', () => connection.end(`${JSON.stringify({ type: 'refused', problem })}\n`));
  });
  other.listen(socket);
  await once(other, 'listening');
  writeFileSync(`${store}.host`, JSON.stringify({ socket, token }));
  await assert.rejects(attach(store), { code: 'store-busy', message: 'of another version' });
  other.close();

  const mute = createServer((connection) => void connection.once('data', () => connection.destroy()));
  mute.listen(socket);
  await once(mute, 'listening');
  await assert.rejects(attach(store), { code: 'store-busy', message: /which does not answer/ });
  mute.close();
});
