import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test, type TestContext } from 'node:test';
import { WebSocket, type ClientOptions } from 'ws';
import type { PageMessage } from '../../../src-shared/contract/api/events.ts';
import { eventStream } from '../../../src-main/api/event-stream.ts';
import { startServer } from '../../../src-main/serve/start-server.ts';
import { STUDY } from '../scheduler/sample-execution.ts';
import { builtPage, type Served, served } from './served.ts';

interface Page {
  readonly socket: WebSocket;
  /** Everything that came, in order. */
  readonly messages: readonly PageMessage[];
  /** Resolves when so many have come. */
  came(count: number): Promise<void>;
}

function open({ server, bearer }: Pick<Served, 'server' | 'bearer'>, options: ClientOptions = {}): Page {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/events`, { headers: bearer, ...options });
  const messages: PageMessage[] = [];
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as PageMessage));
  const came = async (count: number): Promise<void> => {
    while (messages.length < count) await once(socket, 'message');
  };
  return { socket, messages, came };
}

test('a page is greeted and then told everything; one that comes back knows whether it missed something', async (context) => {
  const here = await served(context);
  const { application } = here.here;
  const first = open(here);
  await first.came(1);
  assert.deepEqual(first.messages, [{ type: 'hello', host: application.hello().host, sequence: 0 }]);
  await application.request('studies.save', { text: STUDY, launch: false });
  await first.came(2);
  first.socket.close();
  await once(first.socket, 'close');
  await application.request('studies.trash', { study: 'sample' });

  const again = open(here);
  await again.came(1);
  const { sequence } = application.hello();
  assert.ok(sequence >= 2);
  assert.deepEqual(again.messages[0], { type: 'hello', host: application.hello().host, sequence });
  await application.request('studies.restore', { study: 'sample' });
  await again.came(1 + application.hello().sequence - sequence);
  const numbers = again.messages.slice(1).map((each) => (each.type === 'event' ? each.sequence : null));
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => sequence + 1 + index),
  );
});

test('a page that answers no ping is gone; one that answers stays', async (context) => {
  const here = await served(context, { pingSeconds: 0.2 });
  const dead = open(here, { autoPong: false });
  const alive = open(here);
  await Promise.all([dead.came(1), alive.came(1)]);
  const [code] = (await once(dead.socket, 'close')) as [number];
  assert.equal(code, 1006);
  await once(alive.socket, 'ping');
  await once(alive.socket, 'ping');
  assert.equal(alive.socket.readyState, WebSocket.OPEN);
});

test('a page that reads too slowly is let go, and the others are told all', async (context) => {
  const { server, events } = await bareServer(context);
  const here = { server, bearer: { Authorization: `Bearer ${server.token}` } };
  const slow = open(here);
  const quick = open(here);
  await Promise.all([slow.came(1), quick.came(1)]);
  slow.socket.pause();
  const large = ' '.repeat(1 << 20);
  for (let told = 0; told < 40; told++) {
    events.emit({ type: 'study ended', study: large, message: '', well: true, outcome: null, failure: null });
    await quick.came(told + 2);
  }
  slow.socket.resume();
  const [code] = (await once(slow.socket, 'close')) as [number];
  assert.equal(code, 1013);
  assert.ok(slow.messages.length < 41);
  assert.equal(quick.messages.length, 41);
});

test('the end of the server is the end of its connections', async (context) => {
  const { server, events } = await bareServer(context);
  const page = open({ server, bearer: { Authorization: `Bearer ${server.token}` } });
  await page.came(1);
  const closed = once(page.socket, 'close');
  await server.close();
  await closed;
  events.emit({ type: 'reload' });
  assert.equal(page.messages.length, 1);
});

/** A server with events alone, which the test makes. */
async function bareServer(context: TestContext) {
  const events = eventStream((error) => assert.fail(String(error)));
  const answer = (): Promise<never> => assert.fail('nothing is asked');
  const server = await startServer({ application: { ...events, answer }, page: builtPage(context), port: 0 });
  context.after(() => server.close());
  return { server, events };
}
