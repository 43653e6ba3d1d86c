import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CHANNELS } from '../../../src-main/desktop/channels.ts';
import type { PageBridge } from '../../../src-shared/contract/page-bridge.ts';
import { runPreload } from './run-preload.ts';

/** Electron's side of the bridge, which notes what goes over it. */
function notedPreload() {
  const sent: unknown[][] = [];
  const listeners = new Map<string, (event: object, content: unknown) => void>();
  const bridge = runPreload({
    invoke: (...all) => Promise.resolve(sent.push(all)),
    send: (...all) => sent.push(all),
    on: (channel, listener) => listeners.set(channel, listener),
    removeListener: (channel) => listeners.delete(channel),
  });
  return { bridge, sent, listeners };
}

test('the bridge has what the contract says and uses the channels of this process', async () => {
  const { bridge, sent } = notedPreload();
  const asked: Record<keyof PageBridge, () => unknown> = {
    platform: () => assert.equal(bridge.platform, 'linux'),
    request: () => bridge.request('runs.list', {}),
    connect: () => bridge.connect(() => undefined),
    onCommand: () => bridge.onCommand(() => undefined),
    saveFile: () => bridge.saveFile({ fileName: 'a.csv', mediaType: 'text/csv', bytes: new Uint8Array() }),
    openTextFile: () => bridge.openTextFile(),
    offer: () => bridge.offer({ save: true }),
    pathOf: () => assert.equal(bridge.pathOf({ path: '/home/me/pets' }), '/home/me/pets'),
  };
  assert.deepEqual(Object.keys(bridge).sort(), Object.keys(asked).sort());
  for (const ask of Object.values(asked)) await ask();
  const toPage: readonly string[] = [CHANNELS.message, CHANNELS.command];
  const fromPage = Object.values(CHANNELS).filter((channel) => !toPage.includes(channel));
  assert.deepEqual(sent.map(([channel]) => channel).sort(), fromPage.sort());
  assert.deepEqual(sent[0], [CHANNELS.request, 'runs.list', {}]);
});

test('the page gets messages without the event, until it ends them', () => {
  const { bridge, listeners } = notedPreload();
  const heard: unknown[][] = [];
  const end = bridge.connect((...all) => heard.push(all));
  const hello = { type: 'hello', host: 'a', sequence: 1 };
  listeners.get(CHANNELS.message)?.({ sender: 'ipcRenderer' }, hello);
  assert.deepEqual(heard, [[hello]]);
  end();
  assert.equal(listeners.size, 0);
});
