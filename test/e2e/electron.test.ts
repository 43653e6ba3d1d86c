import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { ensurePage } from '../../scripts/build-page.ts';
import { findElectron, whyNoWindow } from '../../scripts/electron-binary.ts';
import type { PageBridge } from '../../src-shared/contract/page-bridge.ts';

const root = path.join(import.meta.dirname, '../..');
const PATIENCE = 60_000;
const electron = findElectron(root);
// In a container everybody is root: there the test goes without Chromium's sandbox.
const reason =
  electron === null ? "Electron's binary is not downloaded" : whyNoWindow(process.platform, process.env, 1);
const skip = reason ?? false;

let home: string;
let application: ElectronApplication;
let page: Page;

before(async () => {
  if (electron === null || skip !== false) return;
  await ensurePage(root);
  home = mkdtempSync(path.join(tmpdir(), 'kindling-window-'));
  const study = path.join(home, 'asked.yaml');
  writeFileSync(study, 'study: asked\ndataset: shapes\nnetwork: { family: squeezenet, stem: small }\n');
  application = await _electron.launch({
    executablePath: electron,
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, study],
    env: { ...environment(), KINDLING_HOME: home, KINDLING_NODE: process.execPath },
    timeout: PATIENCE,
  });
  page = await application.firstWindow({ timeout: PATIENCE });
  await page.waitForSelector('#page > *', { timeout: PATIENCE });
});
after(async () => {
  if (skip !== false) return;
  await application.close();
  rmSync(home, { recursive: true });
});

function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(entries.filter(([name]) => name !== 'ELECTRON_RUN_AS_NODE'));
}

test('the window shows the page, which has the bridge and no Node', { skip, timeout: PATIENCE }, async () => {
  assert.match(page.url(), /^app:\/\/kindling\/(index\.html)?(#.*)?$/);
  const globals = await page.evaluate(() => [typeof require, typeof process].join());
  assert.equal(globals, 'undefined,undefined');
  const answers = await page.evaluate(async () => {
    const bridge = (globalThis as unknown as { kindling: PageBridge }).kindling;
    return [await bridge.request('application.state', {}), await bridge.request('no.such', {})] as const;
  });
  assert.equal(answers[0].ok, true);
  assert.equal(answers[1].ok, false);
});

test('the page can open nothing else', { skip, timeout: PATIENCE }, async () => {
  const address = page.url();
  const found = await page.evaluate(async () => {
    const place = globalThis as unknown as {
      open(url: string): unknown;
      fetch(url: string): Promise<{ status: number; headers: { get(name: string): string | null } }>;
    };
    const outside = await place.fetch('app://kindling/%2e%2e/%2e%2e/package.json');
    const self = await place.fetch('app://kindling/');
    const foreign = await place.fetch('https://example.org/').then(
      () => 'reached',
      () => 'refused',
    );
    return {
      opened: place.open('ftp://example.org/') !== null,
      outside: outside.status,
      policy: self.headers.get('Content-Security-Policy'),
      foreign,
    };
  });
  assert.deepEqual(
    { ...found, policy: null },
    { opened: false, outside: 404, policy: null, foreign: 'refused' },
  );
  assert.match(found.policy ?? '', /default-src 'none'/);
  await page.evaluate(() => {
    (globalThis as unknown as { location: { href: string } }).location.href = 'https://example.org/';
  });
  assert.equal(
    await page.evaluate(() => (globalThis as unknown as { location: URL }).location.href),
    address,
  );
});

test('a new study is evaluated beside the page', { skip, timeout: PATIENCE }, async () => {
  const address = page.url();
  await page.evaluate(() => {
    (globalThis as unknown as { location: { hash: string } }).location.hash = '#/new';
  });
  await page.getByLabel('Draw cell 1', { exact: true }).waitFor({ timeout: PATIENCE });
  await page.goto(address);
});

test(
  'a reload finds the application again; closing keeps the place',
  { skip, timeout: PATIENCE },
  async () => {
    await page.reload();
    await page.waitForSelector('#page > *', { timeout: PATIENCE });
    const labels = await application.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()?.items.map(({ label }) => label.replace('&', '')),
    );
    assert.ok(labels?.includes('File') && labels.includes('View'), labels?.join());
    const closed = application.waitForEvent('close', { timeout: PATIENCE });
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await closed;
    assert.ok(existsSync(path.join(home, 'window', 'window-state.json')));
  },
);
