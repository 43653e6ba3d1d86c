import { EventEmitter } from 'node:events';
import { WebContents } from './contents.ts';
import { machine } from './machine.ts';
import { preloadFile } from './page-world.ts';

interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface WindowOptions extends Partial<Bounds> {
  readonly webPreferences: { readonly preload?: string; readonly sandbox?: boolean };
}

let windows: BrowserWindow[] = [];
let focused: BrowserWindow | null = null;

/** Electron's BrowserWindow around a page of Chromium. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  /** For the test: everything that was shown on dock or taskbar. */
  readonly progress: (readonly [share: number, mode: string])[] = [];
  readonly #bounds: Bounds;
  #isVisible = false;
  #isDestroyed = false;
  #isMinimized = false;
  #isMaximized = false;

  constructor({ x = 0, y = 0, width = 1280, height = 800, webPreferences }: WindowOptions) {
    super();
    this.#bounds = { x, y, width, height };
    this.webContents = new WebContents(preloadFile(webPreferences));
    windows.push(this);
    machine().app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  static fromWebContents(contents: unknown): BrowserWindow | null {
    return windows.find(({ webContents }) => webContents === contents) ?? null;
  }

  async loadURL(address: string): Promise<void> {
    await this.webContents.load(address);
    this.emit('ready-to-show');
  }

  show(): void {
    this.#isVisible = true;
    this.emit('show');
    this.focus();
  }

  hide(): void {
    this.#isVisible = false;
    this.blur();
    this.emit('hide');
  }

  isVisible(): boolean {
    return this.#isVisible;
  }

  focus(): void {
    if (focused === this) return;
    focused?.emit('blur');
    focus(this);
    this.emit('focus');
    machine().app.emit('browser-window-focus', {}, this);
  }

  /** The user looks elsewhere. */
  blur(): void {
    if (focused !== this) return;
    focused = null;
    this.emit('blur');
  }

  isFocused(): boolean {
    return focused === this;
  }

  isMinimized(): boolean {
    return this.#isMinimized;
  }

  minimize(): void {
    this.#isMinimized = true;
    this.blur();
  }

  restore(): void {
    this.#isMinimized = false;
  }

  maximize(): void {
    this.#isMaximized = true;
  }

  isMaximized(): boolean {
    return this.#isMaximized;
  }

  getNormalBounds(): Bounds {
    return this.#bounds;
  }

  flashFrame(): void {}

  setProgressBar(share: number, { mode = 'normal' }: { readonly mode?: string } = {}): void {
    this.progress.push([share, mode]);
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  close(): void {
    if (this.#isDestroyed) return;
    let isPrevented = false;
    this.emit('close', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.blur();
    windows = windows.filter((window) => window !== this);
    // the browser of the test may be gone before
    void this.webContents.close().catch(() => undefined);
    this.emit('closed');
    if (windows.length > 0) return;
    const { app } = machine();
    if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed');
    else quit();
  }
}

function focus(window: BrowserWindow): void {
  focused = window;
}

/** As `app.quit`: windows may refuse to close, and so may the application. */
export function quit(): void {
  const { app, status } = machine();
  if (status !== null) return;
  let isPrevented = false;
  const event = { preventDefault: () => (isPrevented = true) };
  app.emit('before-quit', event);
  if (isPrevented) return;
  for (const window of BrowserWindow.getAllWindows()) {
    window.close();
    if (!window.isDestroyed()) return;
  }
  app.emit('will-quit', event);
  if (isPrevented) return;
  machine().status ??= 0;
  app.emit('quit');
}
