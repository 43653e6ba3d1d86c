import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { MenuItemConstructorOptions } from 'electron';
import type { Browser, Page } from 'playwright-core';
import { ensurePage } from '../../scripts/build-page.ts';
import { settingsFile } from '../../src-main/api/settings-file.ts';
import { enginesFolder, storeFile } from '../../src-main/home.ts';
import type { PageBridge } from '../../src-shared/contract/page-bridge.ts';
import { crashTimes } from '../../src-main/files/crash-log.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import type { RunState } from '../../src-shared/studies/run-state.ts';
import { BrowserWindow, quit } from './electron-stand-in/browser-window.ts';
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

/** The loss of one of its runs is not finite. */
const SHORT = STUDY.replace('paced', 'short')
  .replace('seeds: 2', 'vary: { training.learningRate: [0.01, 1e9] }\nseeds: 1')
  .replace('epochs: 3000, batch: 32, learningRate: 0.01', 'epochs: 1, batch: 32');

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

/** The item and those below it. */
function itemsOf(item: MenuItemConstructorOptions): MenuItemConstructorOptions[] {
  return [item, ...(Array.isArray(item.submenu) ? item.submenu.flatMap(itemsOf) : [])];
}

function findItem(label: string, { menu }: Machine): MenuItemConstructorOptions {
  const found = menu.flatMap(itemsOf).find((item) => item.label === label);
  return found ?? assert.fail(`the menu has no item ${label}`);
}

function isEnabled(label: string, machine: Machine): boolean {
  return findItem(label, machine).enabled !== false;
}

/** A click on an item of the application's menu. */
function choose(label: string, machine: Machine): void {
  assert.ok(isEnabled(label, machine), `${label} is enabled`);
  (findItem(label, machine).click as (() => void) | undefined)?.();
}

/** Waits for what Playwright does not see. */
function soon(check: () => void): Promise<void> {
  return eventually(() => Promise.resolve(check()));
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
  await soon(() => assert.equal(machine.status, 0));
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

/** Resolves when a dialog with this message was shown and answered. */
async function asked(machine: Machine, message: RegExp): Promise<void> {
  await soon(() => assert.match(machine.dialogs.at(-1)?.message ?? '', message));
  await setImmediate();
}

test(
  'a study is opened, saved, launched, watched, kept in the background and stopped',
  { skip: SKIP },
  async () => {
    const machine = await start(file);
    assert.equal(machine.theme.themeSource, 'dark');
    const page = lastPage();
    await shows(page, 'New study');
    const saved = path.join(folder, 'saved');
    mkdirSync(saved);
    machine.answers.push([saved]);
    choose('Save…', machine);
    const savedFile = path.join(saved, 'paced.kindling');
    await soon(() => assert.equal(readFileSync(savedFile, 'utf8'), STUDY));
    await soon(() => assert.deepEqual(machine.recentDocuments, [file, savedFile]));

    for (const label of ['Runs', 'Compare', 'Network', 'Layers', 'Figures', 'Settings…', 'New Study']) {
      choose(label, machine);
      await shows(page, label === 'New Study' ? 'New study' : label.replace('…', ''));
      if (label === 'Runs') assert.equal(isEnabled('Save…', machine), false);
    }
    await page.getByLabel('Name', { exact: true }).click({ button: 'right' });
    await soon(() => assert.ok(machine.contextMenus.at(-1)?.some(({ role }) => role === 'paste')));

    await page.getByRole('button', { name: 'Launch' }).click();
    await trains(page);
    assert.equal(machine.blockers.size, 1, 'the machine stays awake');
    assert.equal(lastWindow().progress.at(-1)?.[1], 'normal');

    lastWindow().webContents.forcefullyCrashRenderer();
    await soon(() => assert.ok(lastPage() !== page));
    await trains(lastPage());
    assert.equal(machine.dialogs.at(-1)?.message, 'The page had to be loaded again.');
    assert.equal(crashTimes(home).length, 1);

    const first = lastPage();
    choose('New Window', machine);
    await soon(() => assert.ok(BrowserWindow.getAllWindows().length === 2 && lastWindow().isVisible()));
    await lastPage().getByRole('link', { name: 'paced' }).first().waitFor();
    // the menu is for the window in front; the other one stays where it is
    choose('Compare', machine);
    await shows(lastPage(), 'Compare');
    await trains(first);
    lastWindow().close();
    assert.equal(machine.dialogs.length, 2, 'the save dialog and the crash: another window is still open');

    lastWindow().close();
    await asked(machine, /^paced is still running\.$/);
    assert.ok(lastWindow().isVisible(), 'cancelled');
    machine.answers.push('Continue in Background');
    lastWindow().close();
    await soon(() => assert.match(machine.tray?.tooltip ?? '', /^Kindling: paced, \d+ %$/));
    assert.equal(lastWindow().isVisible(), false);
    machine.app.emit('second-instance', {}, ['kindling', 'kindling://runs'], folder);
    await shows(lastPage(), 'Runs');
    assert.equal(lastWindow().isFocused(), true);
    assert.equal(machine.tray, null);

    lastWindow().blur();
    machine.answers.push('Stop and Quit');
    lastWindow().close();
    await hasEnded(machine);
    assert.equal(machine.blockers.size, 0);
    assert.deepEqual(machine.notices, [], 'who quits is not told that the study has stopped');
    assert.deepEqual(new Set(states()), new Set(['interrupted', 'waiting']));
  },
);

test(
  'the same file continues its study without a question; a failure and an end are told, an analysis asked about',
  { skip: SKIP },
  async () => {
    writeFileSync(file, SHORT);
    const machine = await start();
    const page = lastPage();
    machine.app.emit(
      'open-file',
      { preventDefault: () => undefined },
      path.join(folder, 'saved', 'paced.kindling'),
    );
    await shows(page, 'New study');
    await page.getByText('This study exists, with 0 of 2 runs complete.').waitFor();
    await page.getByRole('button', { name: 'Launch' }).click();
    await trains(page);
    choose('Pause Training', machine);
    await soon(() => assert.ok(isEnabled('Resume Training', machine)));
    choose('Resume Training', machine);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await soon(() => assert.equal(machine.blockers.size, 0));

    choose('paced.yaml', machine);
    await page.getByLabel('Name', { exact: true }).and(page.locator('[value=short]')).waitFor();
    lastWindow().blur();
    await page.getByRole('button', { name: 'Launch' }).click();
    await soon(() =>
      assert.deepEqual(
        machine.notices.map(({ title }) => title),
        ['short: a run failed', 'short is done'],
      ),
    );
    const [failure] = machine.notices;
    assert.match(failure?.body ?? '', /^lr = 1000000000, seed 0: the training loss was/);
    failure?.emit('click');
    await shows(page, 'short');
    assert.ok(lastWindow().isFocused());
    const runs = await page.evaluate(async () => {
      const bridge = (globalThis as unknown as { kindling: PageBridge }).kindling;
      const answer = await bridge.request('runs.table', {});
      const { runs: all } = (answer as { result: { runs: { id: string; study: string; state: string }[] } })
        .result;
      const ids = all.flatMap(({ id, study, state }) =>
        study === 'short' && state === 'complete' ? [id] : [],
      );
      await bridge.request('analysis.start', { runs: ids, methods: ['probe'] });
      return ids.length;
    });
    assert.equal(runs, 1);
    await soon(() => assert.equal(machine.blockers.size, 1));
    machine.answers.push('Stop and Quit');
    quit();
    await asked(machine, /is still running\.$/);
    await hasEnded(machine);
  },
);
