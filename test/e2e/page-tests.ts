import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { enginesFolder } from '../../src-main/home.ts';
import { PATIENCE } from './eventually.ts';
import { type KindlingServer, startKindling } from './kindling-server.ts';
import { launchBrowser, SKIP } from './launch-browser.ts';
import { type SharedContext, shareContext } from './shared-context.ts';

export interface PageTestOptions extends BrowserContextOptions {
  /** What the browser may log as an error because the test makes it happen. */
  readonly expectedErrors?: RegExp;
}

/** The tests of one file: one home, one server and one browser; a page with nothing remembered for each test. */
export interface PageTests {
  /** A new folder with the engine of this machine and else what `fill` made. */
  readonly home: string;
  /** The server that answers now. */
  readonly server: () => KindlingServer;
  /** Ends the server at once and starts another one at the same port. */
  readonly restart: () => Promise<void>;
  /**
   * A test with a page at this address (behind the `#`). Fails if the page logs an error, and then leaves a picture of
   * the page and tells where.
   */
  readonly test: (
    name: string,
    path: string,
    body: (page: Page) => Promise<void>,
    options?: PageTestOptions,
  ) => void;
}

/** A refusal by the API is an answer like others, which the browser logs nevertheless. */
const REFUSAL = /Failed to load resource: the server responded with a status of 4\d\d/;

/** @param fill puts what the tests need into the home before the server starts */
export function pageTests(fill: (home: string) => void | Promise<void> = () => undefined): PageTests {
  const home = mkdtempSync(join(tmpdir(), 'kindling-page-test-'));
  let server: KindlingServer | undefined;
  let browser: Browser | undefined;
  let shared: SharedContext | undefined;
  const serverNow = (): KindlingServer => server ?? assert.fail('the server does not run');

  before(async () => {
    if (SKIP !== false) return;
    symlinkSync(enginesFolder(), enginesFolder(home));
    await fill(home);
    server = await startKindling(home);
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  return {
    home,
    server: serverNow,
    async restart() {
      const before = serverNow();
      await before.kill();
      server = await startKindling(home, before.port);
    },
    test(name, path, body, { expectedErrors, ...options } = {}) {
      test(name, { skip: SKIP, timeout: 3 * PATIENCE }, async () => {
        assert.ok(browser);
        const isUsual = Object.keys(options).length === 0;
        const context = isUsual
          ? (shared ??= await shareContext(await newContext(browser), serverNow().url)).context
          : await newContext(browser, options);
        const page = await context.newPage();
        const errors = logErrors(page, expectedErrors);
        try {
          await page.goto(`${serverNow().url}#${path}`);
          // until the first page is there the router may still write its own address over one that the test gives
          await page.getByRole('main').getByRole('heading').first().waitFor();
          await body(page);
          assert.deepEqual(errors, [], 'the page logged errors');
          if (isUsual) await shared?.forget();
          else await context.close();
        } catch (error) {
          await tell(name, page, errors, serverNow().complaints());
          await context.close();
          if (isUsual) shared = undefined;
          throw error;
        }
      });
    },
  };
}

async function newContext(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(PATIENCE);
  return context;
}

/** What goes wrong in the page from now on, for people. */
function logErrors(page: Page, expected: RegExp = /^$/): readonly string[] {
  const errors: string[] = [];
  const note = (text: string): void => {
    if (!REFUSAL.test(text) && !expected.test(text)) errors.push(text);
  };
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') note(message.text());
  });
  page.on('pageerror', (error) => note(error.stack ?? error.message));
  return errors;
}

/** Says what is needed to understand a failure on another machine. */
async function tell(name: string, page: Page, errors: readonly string[], complaints: string): Promise<void> {
  const picture = join(tmpdir(), `kindling-${name.replace(/\W+/g, '-').slice(0, 60)}.png`);
  const isTaken = await page.screenshot({ path: picture, timeout: 10_000 }).then(
    () => true,
    () => false,
  );
  console.error(`${name}: the page was at ${page.url()}${isTaken ? `; a picture of it: ${picture}` : ''}`);
  for (const error of errors) console.error(`the page logged: ${error}`);
  if (complaints !== '') console.error(`the server said: ${complaints}`);
}
