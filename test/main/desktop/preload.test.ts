import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { CHANNELS } from '../../../src-main/desktop/channels.ts';
import type { PageBridge } from '../../../src-shared/contract/page-bridge.ts';

const FILE = path.join(import.meta.dirname, '../../../src-main/desktop/preload.cjs');

/** Electron's side of the bridge, which notes what goes over it. */
function runPreload() {
  const sent: unknown[][] = [];
  const listeners = new Map<string, (event: object, content: unknown) => void>();
  const exposed = new Map<string, PageBridge>();
  const electron = {
    contextBridge: { exposeInMainWorld: (name: string, bridge: PageBridge) => exposed.set(name, bridge) },
    ipcRenderer: {
      invoke: (...all: unknown[]) => Promise.resolve(sent.push(all)),
      send: (...all: unknown[]) => sent.push(all),
      on: (channel: string, listener: (event: object, content: unknown) => void) =>
        listeners.set(channel, listener),
      removeListener: (channel: string) => listeners.delete(channel),
    },
  };
  const require = (name: string) => {
    assert.equal(name, 'electron', 'a sandboxed preload script can load nothing else');
    return electron;
  };
  runInNewContext(readFileSync(FILE, 'utf8'), { require, process: { platform: 'linux' } });
  const bridge = exposed.get('kindling');
  assert.ok(bridge);
  assert.deepEqual([...exposed.keys()], ['kindling']);
  return { bridge, sent, listeners };
}

test('the bridge has what the contract says and uses the channels of this process', async () => {
  const { bridge, sent } = runPreload();
  const asked: Record<keyof PageBridge, () => unknown> = {
    platform: () => assert.equal(bridge.platform, 'linux'),
    request: () => bridge.request('runs.list', {}),
    connect: () => bridge.connect(() => undefined),
    onCommand: () => bridge.onCommand(() => undefined),
    saveFile: () => bridge.saveFile({ fileName: 'a.csv', mediaType: 'text/csv', base64: '' }),
    openTextFile: () => bridge.openTextFile(),
    chooseFolder: () => bridge.chooseFolder(),
  };
  assert.deepEqual(Object.keys(bridge).sort(), Object.keys(asked).sort());
  for (const ask of Object.values(asked)) await ask();
  const toPage: readonly string[] = [CHANNELS.message, CHANNELS.command];
  const fromPage = Object.values(CHANNELS).filter((channel) => !toPage.includes(channel));
  assert.deepEqual(sent.map(([channel]) => channel).sort(), fromPage.sort());
  assert.deepEqual(sent[0], [CHANNELS.request, 'runs.list', {}]);
});

test('the page gets messages without the event, until it ends them', () => {
  const { bridge, listeners } = runPreload();
  const heard: unknown[][] = [];
  const end = bridge.connect((...all) => heard.push(all));
  const hello = { type: 'hello', host: 'a', sequence: 1 };
  listeners.get(CHANNELS.message)?.({ sender: 'ipcRenderer' }, hello);
  assert.deepEqual(heard, [[hello]]);
  end();
  assert.equal(listeners.size, 0);
});
