import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import type { PageBridge } from '../../../src-shared/contract/page-bridge.ts';

const FILE = path.join(import.meta.dirname, '../../../src-main/desktop/preload.cjs');

/** What the preload script uses of Electron's `ipcRenderer`. */
export interface RendererChannel {
  invoke(channel: string, ...parameters: unknown[]): Promise<unknown>;
  send(channel: string, ...parameters: unknown[]): unknown;
  on(channel: string, listener: (event: object, content: unknown) => void): unknown;
  removeListener(channel: string): unknown;
}

/** Runs the real preload script on a channel, as Electron would, and gives what it exposes to the page. */
export function runPreload(ipcRenderer: RendererChannel): PageBridge {
  const exposed = new Map<string, PageBridge>();
  const contextBridge = {
    exposeInMainWorld: (name: string, bridge: PageBridge) => exposed.set(name, bridge),
  };
  const webUtils = { getPathForFile: (file: { readonly path?: string }) => file.path ?? '' };
  const require = (name: string): object => {
    assert.equal(name, 'electron', 'a sandboxed preload script can load nothing else');
    return { contextBridge, ipcRenderer, webUtils };
  };
  runInNewContext(readFileSync(FILE, 'utf8'), { require, process: { platform: 'linux' } });
  const bridge = exposed.get('kindling');
  assert.ok(bridge);
  assert.deepEqual([...exposed.keys()], ['kindling']);
  return bridge;
}
