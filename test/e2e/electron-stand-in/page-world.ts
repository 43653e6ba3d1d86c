import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';

type Function = (...parameters: unknown[]) => unknown;

/** The way from a preload script to the main process. */
export interface Channel {
  invoke(channel: string, parameters: unknown[]): Promise<unknown>;
  send(channel: string, parameters: unknown[]): void;
}

/** A preload script at work for one document: what it exposes, and what it hears. */
export interface Preload {
  readonly exposed: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
  hear(channel: string, content: unknown): void;
}

/**
 * Runs a preload script in a world of its own, where it has of Electron what a sandboxed one has.
 * @throws where it loads anything else
 */
export function runPreload(file: string, channelToMain: Channel): Preload {
  const exposed = new Map<string, Readonly<Record<string, unknown>>>();
  const heard = new EventEmitter();
  const ipcRenderer = {
    invoke: (channel: string, ...parameters: unknown[]) => channelToMain.invoke(channel, parameters),
    send: (channel: string, ...parameters: unknown[]) => channelToMain.send(channel, parameters),
    on: (channel: string, listener: Function) => heard.on(channel, listener),
    removeListener: (channel: string, listener: Function) => heard.removeListener(channel, listener),
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, bridge: Readonly<Record<string, unknown>>) => exposed.set(name, bridge),
  };
  const require = (name: string): object => {
    if (name !== 'electron') throw new Error(`a sandboxed preload script cannot load ${name}`);
    return { contextBridge, ipcRenderer };
  };
  runInNewContext(readFileSync(file, 'utf8'), { require, process: { platform: process.platform } });
  return { exposed, hear: (channel, content) => void heard.emit(channel, {}, content) };
}

/**
 * The context bridge, as a script that runs in a document before its own: every function that the preload script exposed is
 * called through the binding `__bridge`, which copies what it carries; functions that the page gives are called by number.
 */
export function bridgeScript(origin: string, { exposed }: Preload): string {
  const shapes = [...exposed].map(([name, bridge]) => [
    name,
    Object.entries(bridge).map(([key, value]) =>
      typeof value === 'function' ? { key, isFunction: true } : { key, value },
    ),
  ]);
  return `(${exposeBridge.toString()})(${JSON.stringify(origin)}, ${JSON.stringify(shapes)});`;
}

/** Runs in the page, so it may use nothing of this file. */
function exposeBridge(
  origin: string,
  shapes: readonly [string, readonly { key: string; isFunction?: true; value?: unknown }[]][],
): void {
  const page = globalThis as unknown as Record<string, unknown> & {
    location: { origin: string };
    __bridge(name: string, key: string, parameters: unknown[]): Promise<unknown>;
    __end(id: number): Promise<unknown>;
  };
  if (page.location.origin !== origin) return;
  const listeners = new Map<number, (content: unknown) => void>();
  page['__hear'] = (id: number, content: unknown) => listeners.get(id)?.(content);
  for (const [name, entries] of shapes) {
    const bridge: Record<string, unknown> = {};
    for (const { key, isFunction, value } of entries) {
      bridge[key] = isFunction
        ? (...parameters: unknown[]) => {
            let listener = 0;
            const sent = parameters.map((each) => {
              if (typeof each !== 'function') return { value: each };
              listener = listeners.size + 1;
              listeners.set(listener, each as (content: unknown) => void);
              return { listener };
            });
            const answer = page.__bridge(name, key, sent);
            if (listener === 0) return answer;
            return () => void (listeners.set(listener, () => undefined) && page.__end(listener));
          }
        : value;
    }
    page[name] = Object.freeze(bridge);
  }
}

/** The file of the preload script that a window names. @throws where it is none */
export function preloadFile(preferences: { readonly preload?: string; readonly sandbox?: boolean }): string {
  const { preload, sandbox } = preferences;
  if (preload === undefined || !path.isAbsolute(preload) || sandbox !== true) {
    throw new Error('a window of this application has a sandboxed preload script');
  }
  return preload;
}
