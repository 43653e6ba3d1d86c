import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import type { MenuItemConstructorOptions } from 'electron';
import type { Browser, Page } from 'playwright-core';
import { ensurePage } from '../../scripts/build-page.ts';
import { settingsFile } from '../../src-main/api/settings-file.ts';
import { enginesFolder, storeFile } from '../../src-main/home.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import type { RunState } from '../../src-shared/studies/run-state.ts';
import { BrowserWindow } from './electron-stand-in/browser-window.ts';
import type { Machine } from './electron-stand-in/machine.ts';
import { runShell } from './electron-stand-in/run-shell.ts';
import { eventually } from './eventually.ts';
import { launchBrowser, SKIP } from './launch-browser.ts';

// The shell is the real one, and so are the page, the application and its trainers; only Electron is not (electron-stand-in).
// What nothing but Electron itself can show is listed in docs/desktop.md.

const folder = mkdtempSync(path.join(tmpdir(), 'kindling-desktop-'));
const home = path.join(folder, 'home');
const file = path.join(folder, 'paced.yaml');
let browser: Browser | undefined;

const STUDY = `# keeps its comments
study: paced
dataset: shapes
network: { family: squeezenet, stem: small, stemFilters: 4, baseE: 4, incrE: 0, dropout: 0 }
seeds: 2
data: { trainingLimit: 256 }
training: { epochs: 3000, batch: 32, learningRate: 0.01 }
`;

before(async () => {
  if (SKIP !== false) return;
  await ensurePage(path.join(import.meta.dirname, '../..'));
  const engines = enginesFolder();
  mkdirSync(home);
  symlinkSync(engines, enginesFolder(home));
  writeFileSync(settingsFile(home), JSON.stringify({ theme: 'dark', jobs: 1 }));
  writeFileSync(file, STUDY);
  browser = await launchBrowser();
});
after(async () => {
  // what a failed test has left
  process.emit('SIGTERM');
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(...parameters: string[]): Promise<Machine> {
  assert.ok(browser);
  return runShell(browser, home, parameters);
}

function lastWindow(): BrowserWindow {
  return BrowserWindow.getAllWindows().at(-1) ?? assert.fail('no window is open');
}

function lastPage(): Page {
  return lastWindow().webContents.page;
}

/** A click on an item of the application's menu, or of one that was opened. */
function choose(label: string, menu: readonly MenuItemConstructorOptions[]): void {
  const items = menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? item.submenu : [])]);
  const found = items.find((item) => item.label === label) ?? assert.fail(`no item ${label}`);
  assert.notEqual(found.enabled, false, `${label} is enabled`);
  (found.click as (() => void) | undefined)?.();
}

async function shows(page: Page, heading: string): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading }).waitFor();
}

/** Resolves when figures of a step are there. */
async function trains(page: Page): Promise<void> {
  await page
    .getByText(/step \d+ of \d+ · loss/)
    .first()
    .waitFor();
}

async function hasEnded(machine: Machine): Promise<void> {
  await eventually(() => Promise.resolve(assert.equal(machine.status, 0)));
  assert.deepEqual(machine.errors, [], 'no page logged an error, and none asked for anything outside');
}

function states(): RunState[] {
  const store = openStore(storeFile(home), { purpose: 'read' });
  try {
    return store.runs({ study: 'paced' }).map(({ state }) => state);
  } finally {
    store.close();
  }
}

test('a study is opened, launched, watched and stopped by closing', { skip: SKIP }, async () => {
  const machine = await start(file);
  assert.equal(machine.theme.themeSource, 'dark');
  const page = lastPage();
  await shows(page, 'New study');
  const saved = path.join(folder, 'saved');
  mkdirSync(saved);
  machine.answers.push([saved]);
  choose('Save…', machine.menu);
  await eventually(() =>
    Promise.resolve(assert.equal(readFileSync(path.join(saved, 'paced.yaml'), 'utf8'), STUDY)),
  );
  for (const label of ['Runs', 'Compare', 'Network', 'Figures', 'Settings…', 'New Study']) {
    choose(label, machine.menu);
    await shows(page, label === 'New Study' ? 'New study' : label.replace('…', ''));
  }
  await page.getByRole('button', { name: 'Launch' }).click();
  await trains(page);

  lastWindow().webContents.forcefullyCrashRenderer();
  await eventually(() => Promise.resolve(assert.ok(lastPage() !== page)));
  await trains(lastPage());
  assert.equal(machine.dialogs.at(-1)?.message, 'The page had to be loaded again.');

  lastWindow().blur();
  lastWindow().close();
  await eventually(() =>
    Promise.resolve(assert.equal(machine.dialogs.at(-1)?.message, 'paced is still running.')),
  );
  assert.equal(BrowserWindow.getAllWindows().length, 1, 'cancelled');
  machine.answers.push('Stop and Quit');
  lastWindow().close();
  await hasEnded(machine);
  assert.deepEqual(machine.notices, [], 'who quits is not told that the study has stopped');
  assert.deepEqual(new Set(states()), new Set(['interrupted', 'waiting']));
});

test('the same file continues its study without a question', { skip: SKIP }, async () => {
  const machine = await start(file);
  const page = lastPage();
  await shows(page, 'New study');
  await page.getByText('This study exists, with 0 of 2 runs complete.').waitFor();
  await page.getByRole('button', { name: 'Launch' }).click();
  await trains(page);
  machine.answers.push('Stop and Quit');
  lastWindow().close();
  await hasEnded(machine);
});
