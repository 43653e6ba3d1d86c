/**
 * The part of Electron that src-main/desktop calls, over a real Chromium: what `import … from 'electron'` gives in
 * test/e2e/desktop.test.ts. Everything it does can be seen on `machine()`.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { BrowserWindow, quit } from './browser-window.ts';
import { machine, type ShownDialog } from './machine.ts';

export { BrowserWindow };

type Listener = (...parameters: unknown[]) => void;

export const app = {
  isPackaged: false,
  on: (name: string, listener: Listener) => machine().app.on(name, listener),
  once: (name: string, listener: Listener) => machine().app.once(name, listener),
  setName: () => undefined,
  setAppUserModelId: () => undefined,
  setPath: () => undefined,
  getVersion: () => '0.0.0',
  requestSingleInstanceLock: () => true,
  setAsDefaultProtocolClient: () => true,
  addRecentDocument: (file: string) => void machine().recentDocuments.push(file),
  clearRecentDocuments: () => void machine().recentDocuments.splice(0),
  whenReady: () => Promise.resolve(),
  quit,
  exit: (status = 0) => void (machine().status = status),
};

export const protocol = {
  registerSchemesAsPrivileged: () => undefined,
  handle(_scheme: string, handler: (request: Request) => Promise<Response>) {
    machine().protocolHandler = handler;
  },
};

type IpcHandler = (event: unknown, ...parameters: unknown[]) => unknown;

export const ipcMain = {
  handle(channel: string, handler: IpcHandler) {
    if (machine().ipcHandlers.has(channel)) throw new Error(`${channel} is handled already`);
    machine().ipcHandlers.set(channel, handler);
  },
  on: (channel: string, listener: Listener) => machine().ipcListeners.on(channel, listener),
};

interface DialogOptions {
  readonly message?: string;
  readonly detail?: string;
  readonly buttons?: readonly string[];
  readonly cancelId?: number;
  readonly defaultPath?: string;
  readonly properties?: readonly string[];
  readonly filters?: readonly { readonly extensions: readonly string[] }[];
}

function show(kind: ShownDialog['kind'], options: DialogOptions): void {
  const { message = options.defaultPath ?? '', detail = '', buttons = [], properties = [] } = options;
  const extensions = options.filters?.flatMap((filter) => filter.extensions) ?? [];
  machine().dialogs.push({ kind, message, detail, buttons, properties, extensions });
}

/** The window comes first where there is one. */
function optionsOf(parameters: readonly unknown[]): DialogOptions {
  return parameters.at(-1) as DialogOptions;
}

function paths(): readonly string[] {
  const answer = machine().answers.shift() ?? [];
  if (typeof answer === 'string') throw new Error(`a dialog of files has no button ${answer}`);
  return answer;
}

export const dialog = {
  async showMessageBox(...parameters: unknown[]) {
    const options = optionsOf(parameters);
    show('message', options);
    const answer = machine().answers.shift();
    if (answer === undefined) return Promise.resolve({ response: options.cancelId ?? 0 });
    const response = options.buttons?.indexOf(String(answer)) ?? -1;
    if (response < 0) throw new Error(`"${options.message ?? ''}" has no button ${String(answer)}`);
    return Promise.resolve({ response });
  },
  async showOpenDialog(...parameters: unknown[]) {
    show('open', optionsOf(parameters));
    const filePaths = paths();
    return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
  },
  async showSaveDialog(...parameters: unknown[]) {
    const options = optionsOf(parameters);
    show('save', options);
    const [folder] = paths();
    const filePath = folder === undefined ? '' : path.join(folder, options.defaultPath ?? '');
    return Promise.resolve({ canceled: folder === undefined, filePath });
  },
  showErrorBox: (message: string, detail: string) => show('error', { message, detail }),
};

interface BuiltMenu {
  readonly items: readonly MenuItemConstructorOptions[];
  popup(): void;
}

export const Menu = {
  buildFromTemplate: (items: readonly MenuItemConstructorOptions[]): BuiltMenu => ({
    items,
    popup: () => void machine().contextMenus.push(items),
  }),
  setApplicationMenu: ({ items }: BuiltMenu) => void (machine().menu = items),
};

export class Notification extends EventEmitter {
  readonly title: string;
  readonly body: string;

  constructor({ title, body }: { readonly title: string; readonly body: string }) {
    super();
    this.title = title;
    this.body = body;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    machine().notices.push(this);
  }
}

export const nativeTheme = {
  set themeSource(source: string) {
    machine().theme.themeSource = source;
  },
  get shouldUseDarkColors() {
    return machine().theme.shouldUseDarkColors;
  },
};

const DISPLAY = { id: 1, workArea: { x: 0, y: 0, width: 1280, height: 800 } };
export const powerSaveBlocker = {
  start(kind: string) {
    if (kind !== 'prevent-app-suspension') throw new Error(`no blocker ${kind}`);
    const id = machine().blockers.size + 1;
    machine().blockers.add(id);
    return id;
  },
  stop: (id: number) => void machine().blockers.delete(id),
};

export const clipboard = { writeText: (text: string) => void machine().copied.push(text) };

export const crashReporter = { start: () => undefined };

export const nativeImage = { createFromPath: (file: string) => readFileSync(file) };

export class Tray extends EventEmitter {
  constructor(icon: Uint8Array) {
    super();
    if (icon.length === 0) throw new Error('the tray has an empty icon');
    machine().tray = { tooltip: '', menu: [] };
  }

  setToolTip(tooltip: string): void {
    machine().tray = { tooltip, menu: machine().tray?.menu ?? [] };
  }

  setContextMenu({ items }: BuiltMenu): void {
    machine().tray = { tooltip: machine().tray?.tooltip ?? '', menu: items };
  }

  destroy(): void {
    machine().tray = null;
  }
}

export const screen = { getPrimaryDisplay: () => DISPLAY, getAllDisplays: () => [DISPLAY] };

export const shell = {
  openPath: (file: string) => Promise.resolve(void machine().openedOutside.push(file)),
  openExternal: (address: string) => Promise.resolve(void machine().openedOutside.push(address)),
};

export const session = {
  defaultSession: {
    on: () => undefined,
    setPermissionRequestHandler: () => undefined,
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  },
};
