import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import type { Browser } from 'playwright-core';

/** A dialog that was shown: the options that the shell gave. */
export interface ShownDialog {
  readonly kind: 'message' | 'open' | 'save' | 'error';
  readonly message: string;
  readonly detail: string;
  readonly buttons: readonly string[];
  readonly properties: readonly string[];
  readonly extensions: readonly string[];
}

/** What the user does to the next dialog of a kind: the label of a button, or paths (none: cancelled). */
export type DialogAnswer = string | readonly string[];

export interface Notice extends EventEmitter {
  readonly title: string;
  readonly body: string;
}

/** What Electron, the desktop and its user are to the shell in a test. One at a time; `beginMachine` makes the next one. */
export interface Machine {
  readonly browser: Browser;
  menu: readonly MenuItemConstructorOptions[];
  /** Every context menu that was opened, the newest last. */
  readonly contextMenus: (readonly MenuItemConstructorOptions[])[];
  readonly dialogs: ShownDialog[];
  /** Answers to come; a dialog without one is cancelled. */
  readonly answers: DialogAnswer[];
  readonly notices: Notice[];
  readonly openedOutside: string[];
  readonly recentDocuments: string[];
  /** Texts on the clipboard, the newest last. */
  readonly copied: string[];
  /** Ids of the blockers of sleep that are at work. */
  readonly blockers: Set<number>;
  tray: { readonly tooltip: string; readonly menu: readonly MenuItemConstructorOptions[] } | null;
  protocolHandler: ((request: Request) => Promise<Response>) | null;
  readonly ipcHandlers: Map<string, (event: unknown, ...parameters: unknown[]) => unknown>;
  readonly ipcListeners: EventEmitter;
  readonly app: EventEmitter;
  readonly theme: { themeSource: string; readonly shouldUseDarkColors: boolean };
  /** What a page logged as an error, and requests for anything but the page. */
  readonly errors: string[];
  status: number | null;
}

let current: Machine | undefined;

export function beginMachine(browser: Browser): Machine {
  current = {
    ...{ browser, menu: [], contextMenus: [], dialogs: [], answers: [] },
    ...{ notices: [], openedOutside: [], recentDocuments: [], copied: [], blockers: new Set(), tray: null },
    ...{ protocolHandler: null, ipcHandlers: new Map(), ipcListeners: new EventEmitter() },
    ...{ app: new EventEmitter(), theme: { themeSource: 'system', shouldUseDarkColors: false } },
    ...{ errors: [], status: null },
  };
  return current;
}

export function machine(): Machine {
  if (!current) throw new Error('no machine has begun');
  return current;
}
