import { EventEmitter } from 'node:events';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { machine } from './machine.ts';
import { bridgeScript, type Preload, runPreload } from './page-world.ts';

/** Chromium knows no scheme of an application: the page is served at an address of the same host instead. */
const ORIGIN = 'https://kindling';

function inside(address: string): string {
  return address.replace(/^https:\/\/kindling(?=\/|$)/, 'app://kindling');
}

function outside(address: string): string {
  return address.replace(/^app:\/\/kindling(?=\/|$)/, ORIGIN);
}

/** What of a menu that the user opens by the right button Electron tells. */
interface ContextMenuParameters {
  readonly x: number;
  readonly y: number;
  readonly isEditable: boolean;
  readonly selectionText: string;
  readonly linkURL: string;
}

/** Electron's WebContents over a page of Chromium. */
export class WebContents extends EventEmitter {
  readonly #preloadFile: string;
  readonly #context: Promise<BrowserContext>;
  #page: Page | null = null;
  #preload: Preload;
  #ends = new Map<number, () => void>();
  #isGone = false;
  #address = '';
  #isCrashed = false;
  #open: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  constructor(preloadFile: string) {
    super();
    this.#preloadFile = preloadFile;
    this.#preload = this.#runPreload();
    this.#context = this.#makeContext();
  }

  /** For the test: the page as Playwright drives it. */
  get page(): Page {
    if (!this.#page) throw new Error('nothing was loaded');
    return this.#page;
  }

  isDestroyed(): boolean {
    return this.#isGone;
  }

  getURL(): string {
    return this.#address;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#open = handler;
  }

  send(channel: string, content: unknown): void {
    this.#preload.hear(channel, structuredClone(content));
  }

  async load(address: string): Promise<void> {
    const context = await this.#context;
    this.#page = await context.newPage();
    this.#follow(this.#page);
    await this.#page.goto(outside(address));
    this.emit('did-finish-load');
  }

  reload(): void {
    const page = this.page;
    if (!this.#isCrashed) return void page.reload();
    // a page of Playwright whose process died is of no more use
    this.#isCrashed = false;
    void page.close().catch(() => undefined);
    void this.load(this.#address).catch(() => undefined);
  }

  forcefullyCrashRenderer(): void {
    void this.page.goto('chrome://crash').catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#isGone = true;
    await (await this.#context).close();
  }

  async #makeContext(): Promise<BrowserContext> {
    const context = await machine().browser.newContext({ viewport: { width: 1280, height: 800 } });
    await context.route('**/*', (route) => this.#answer(route));
    await context.exposeBinding('__bridge', ({ frame }, name: string, key: string, parameters: unknown[]) =>
      this.#call(frame.parentFrame() === null, frame.url(), name, key, parameters),
    );
    await context.exposeBinding('__end', (_source, id: number) => this.#ends.get(id)?.());
    await context.exposeBinding('__menu', (_source, parameters: ContextMenuParameters) => {
      this.emit('context-menu', {}, parameters);
    });
    await context.addInitScript({ content: bridgeScript(ORIGIN, this.#preload) });
    await context.addInitScript(tellContextMenus);
    return context;
  }

  #follow(page: Page): void {
    page.on('request', (request) => {
      if (!request.isNavigationRequest() || request.frame().parentFrame() !== null) return;
      this.#preload = this.#runPreload();
      this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
    });
    page.on('framenavigated', (frame) => {
      const isPage = frame.parentFrame() === null && frame.url().startsWith(ORIGIN);
      if (isPage) this.#address = inside(frame.url());
    });
    page.on('crash', () => {
      this.#isCrashed = true;
      const details = { reason: 'crashed', exitCode: 5 };
      this.emit('render-process-gone', {}, details);
      machine().app.emit('render-process-gone', {}, this, details);
    });
    page.on('popup', (popup) => {
      void popup.close();
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) machine().errors.push(message.text());
    });
    page.on('pageerror', (error) => machine().errors.push(error.stack ?? error.message));
  }

  /** Serves the page by the handler of its scheme, and lets the shell decide about the rest. */
  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const address = inside(request.url());
    const frame = request.isNavigationRequest() ? request.frame() : null;
    if (frame && frame.page() !== this.#page) {
      this.#open({ url: address });
      return route.abort('aborted');
    }
    if (frame) {
      let isPrevented = false;
      this.emit('will-frame-navigate', { url: address, preventDefault: () => (isPrevented = true) });
      if (isPrevented) return route.abort('aborted');
    }
    const { protocolHandler, errors } = machine();
    if (!address.startsWith('app://') || !protocolHandler) {
      errors.push(`requested ${address}`);
      return route.abort('blockedbyclient');
    }
    const answer = await protocolHandler(new Request(address, { method: request.method() }));
    const body = Buffer.from(await answer.arrayBuffer());
    await route.fulfill({ status: answer.status, headers: Object.fromEntries(answer.headers), body });
  }

  #runPreload(): Preload {
    this.#ends = new Map();
    return runPreload(this.#preloadFile, {
      invoke: async (channel, parameters) => {
        const handler = machine().ipcHandlers.get(channel);
        if (!handler) throw new Error(`nobody handles ${channel}`);
        return structuredClone(await handler(this.#event(), ...structuredClone(parameters)));
      },
      send: (channel, parameters) =>
        void machine().ipcListeners.emit(channel, this.#event(), ...structuredClone(parameters)),
    });
  }

  #event(): object {
    return { sender: this, senderFrame: { parent: null, url: this.getURL() } };
  }

  /** A function of the bridge, called by the page. */
  async #call(
    isMainFrame: boolean,
    address: string,
    name: string,
    key: string,
    sent: unknown[],
  ): Promise<unknown> {
    if (!isMainFrame || !address.startsWith(ORIGIN)) throw new Error(`no bridge at ${address}`);
    const exposed = this.#preload.exposed.get(name)?.[key] as (...parameters: unknown[]) => unknown;
    const page = this.page;
    let listener = 0;
    const parameters = (sent as ({ value?: unknown } | { listener: number })[]).map((each) => {
      if (!('listener' in each)) return each.value;
      listener = each.listener;
      return (content: unknown) => void hear(page, each.listener, content);
    });
    const answer = await exposed(...parameters);
    if (listener === 0) return answer;
    this.#ends.set(listener, answer as () => void);
    return null;
  }
}

/** Tells a listener of the page; one whose page is being loaded anew or closed hears nothing. */
async function hear(page: Page, listener: number, content: unknown): Promise<void> {
  const call = ([id, told]: readonly [number, unknown]): void =>
    (globalThis as unknown as { __hear(id: number, content: unknown): void }).__hear(id, told);
  await page.evaluate(call, [listener, content] as const).catch(() => undefined);
}

/** Runs in the page: what Chromium's browser process finds out about a click of the right button. */
function tellContextMenus(): void {
  interface Element {
    readonly isContentEditable: boolean;
    closest(selector: string): { readonly href: string } | null;
    matches(selector: string): boolean;
  }
  const page = globalThis as unknown as {
    addEventListener(
      type: string,
      listener: (event: {
        target: Element;
        clientX: number;
        clientY: number;
        defaultPrevented: boolean;
      }) => void,
    ): void;
    getSelection(): { toString(): string } | null;
    __menu(parameters: ContextMenuParameters): void;
  };
  page.addEventListener('contextmenu', ({ target, clientX, clientY, defaultPrevented }) => {
    if (defaultPrevented) return;
    page.__menu({
      x: clientX,
      y: clientY,
      isEditable: target.matches('input, textarea') || target.isContentEditable,
      selectionText: page.getSelection()?.toString() ?? '',
      linkURL: target.closest('a[href]')?.href.replace('https://kindling', 'app://kindling') ?? '',
    });
  });
}
