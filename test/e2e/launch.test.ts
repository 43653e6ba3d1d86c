import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { RunState } from '../../src-shared/studies/run-state.ts';
import { assertAccessible } from './assert-accessible.ts';
import { beginJob } from './begin-job.ts';
import { eventually } from './eventually.ts';
import { pageTests } from './page-tests.ts';

const { test, server } = pageTests();

/** Each of its runs takes about a second on an idle machine. */
function studyText(name: string, seeds: number, epochs: number): string {
  return `study: ${name}
dataset: shapes
network: { family: squeezenet, stem: small, stemFilters: 4, baseE: 4, incrE: 0, dropout: 0 }
vary: { network.sr: [0.5, 1] }
seeds: ${seeds}
data: { trainingLimit: 256 }
training: { epochs: ${epochs}, batch: 32, learningRate: 0.01 }
`;
}

/** The squares of the seeds of a cell, as screen readers hear them. */
async function seedsOf(page: Page, cell: string): Promise<string[]> {
  const row = page.getByRole('row').filter({ has: page.getByLabel(`Select cell ${cell}`, { exact: true }) });
  const labels = await row
    .locator('.seed')
    .evaluateAll((links) =>
      links.map((link: { getAttribute(name: string): string | null }) => link.getAttribute('aria-label')),
    );
  return labels.map(String);
}

async function waitForState(page: Page, state: string): Promise<void> {
  await page.getByRole('region', { name: 'Progress' }).getByText(state, { exact: true }).waitFor();
}

/** Resolves when the figures of a step are there. */
async function trains(page: Page): Promise<void> {
  await page
    .getByText(/step \d+ of \d+ · loss [\d.]+ · [\d,]+ images\/s/)
    .first()
    .waitFor();
}

/** Reads how often a chart was drawn. */
function drawingsOf(chart: Locator): () => Promise<number> {
  return async () => Number(await chart.getAttribute('data-drawings'));
}

/**
 * A chart of runs that train is drawn again and again by what events bring: nothing is asked for meanwhile but histograms, of which
 * events tell that there are more.
 */
async function assertGrows(page: Page, label: RegExp): Promise<void> {
  const drawings = drawingsOf(page.getByRole('img', { name: label }));
  await eventually(async () => assert.ok((await drawings()) > 0));
  const asked: string[] = [];
  const note = (request: { url(): string }): void => {
    if (!request.url().endsWith('/runs.histograms')) asked.push(request.url());
  };
  page.on('request', note);
  const before = await drawings();
  await eventually(async () => assert.ok((await drawings()) > before + 1));
  page.off('request', note);
  assert.deepEqual(asked, []);
}

/** Of the study, and of its run, whose page begins with them. */
async function assertCurvesGrow(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Curves', exact: true }).scrollIntoViewIfNeeded();
  await assertGrows(page, /^step loss by epoch, \d lines?$/);
  const { runs } = await server().request('runs.table', {});
  const run = runs.find(({ state }) => state === 'running');
  await page.evaluate(
    (address) => {
      (globalThis as unknown as { location: { hash: string } }).location.hash = address;
    },
    `/runs/${run?.id ?? ''}`,
  );
  await assertGrows(page, /^loss by epoch: /);
  const panels = await page.getByRole('main').getByRole('heading', { level: 2 }).allTextContents();
  assert.equal(panels[0]?.trim(), 'Curves', panels.join());
  // and so do histograms, of which an event says that there are more
  await page.getByRole('button', { name: 'Histograms', exact: true }).scrollIntoViewIfNeeded();
  const map = page.getByRole('img', { name: /^weights of conv1: / });
  const drawings = drawingsOf(map);
  await map.waitFor();
  const before = await drawings();
  await eventually(async () => assert.ok((await drawings()) > before));
  await page.goBack();
}

async function statesOf(study: string): Promise<RunState[]> {
  const { runs } = await server().request('runs.table', {});
  return runs.filter((run) => run.study === study).map(({ state }) => state);
}

function notice(page: Page, text: string | RegExp): Locator {
  return page.getByRole('region', { name: 'Notices' }).getByText(text);
}

/** What each page says while there is nothing. */
const EMPTY = [
  ['Studies', 'No studies yet'],
  ['Runs', 'No runs yet'],
  ['Compare', 'Nothing to compare yet'],
] as const;

test('an empty store offers the demo, and every page says what to do', '/', async (page) => {
  await page.getByRole('heading', { name: 'No studies yet' }).waitFor();
  assert.ok(await page.getByRole('button', { name: 'Run the demo study' }).isEnabled());
  assert.equal(await page.getByRole('link', { name: 'Create a study' }).getAttribute('href'), '#/new');
  const navigation = page.getByRole('navigation');
  for (const [name, heading] of EMPTY) {
    await navigation.getByRole('link', { name, exact: true }).click();
    await page.getByRole('heading', { name: heading }).waitFor();
    await assertAccessible(page);
  }
});

/** Has notifications that are shown written down, as for somebody who looks elsewhere. @returns how to read them */
async function notified(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.evaluate(() => {
    const here = globalThis as unknown as {
      told: string[];
      Notification: new (title: string, options: { body: string }) => object;
      document: { hasFocus: () => boolean };
    };
    const shown = here.Notification;
    here.told = [];
    here.Notification = class extends shown {
      constructor(title: string, options: { body: string }) {
        super(title, options);
        here.told.push(`${title}: ${options.body}`);
      }
    };
    here.document.hasFocus = () => false;
  });
  return () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
}

test('job: watch a sweep, pause it, resume it and give it seeds', '/', watchStudy, {
  permissions: ['notifications'],
});

/** Chromium's headless shell shows no notifications and says that they are denied, whatever was allowed: from the next load on it does not say so. */
async function allowNotifications(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const { Notification } = globalThis as unknown as { Notification: object };
    Object.defineProperty(Notification, 'permission', { get: () => 'granted' });
  });
}

async function watchStudy(page: Page): Promise<void> {
  await allowNotifications(page);
  await page.getByRole('heading', { name: 'No studies yet' }).waitFor();
  // one after another, so that there is something left to pause
  await server().request('settings.set', { jobs: 1 });
  await server().request('studies.save', { text: studyText('watched', 2, 12), launch: true });

  // told by an event: this page asked for nothing
  const end = await beginJob(page, 'watch it');
  const main = page.getByRole('main');
  await main.getByRole('link', { name: 'watched', exact: true }).click();
  await trains(page);
  await page.getByRole('button', { name: 'Curves', exact: true }).scrollIntoViewIfNeeded();
  // of what, changes with the first run that has ended
  await page.getByRole('img', { name: / by epoch, \d lines?$/ }).waitFor();
  end(1, 'the study');
  await main.getByRole('button', { name: 'Pause' }).click();
  await waitForState(page, 'paused');
  const states = await statesOf('watched');
  // the run in progress was ended after its step, unless that was its last one
  assert.ok(states.includes('interrupted') || states.includes('complete'), states.join());
  assert.ok(states.includes('waiting') && !states.includes('running'), states.join());
  await page.reload();
  await waitForState(page, 'paused');
  assert.equal(
    await page.title(),
    `watched – ${states.filter((state) => state === 'complete').length} of 4, paused – Kindling`,
  );
  const told = await notified(page);
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByLabel('Notify me when it ends').check();
  await page.getByText('4 of 4 runs complete', { exact: true }).waitFor();
  await waitForState(page, 'done');
  await notice(page, /watched/).waitFor();
  assert.deepEqual(await told(), ['watched is done: watched is done: 4 of 4 runs complete']);
  assert.equal(await page.title(), 'watched – Kindling');
  await page.getByRole('button', { name: 'Machine', exact: true }).click();
  await page.getByRole('region', { name: 'cores at work' }).getByRole('img').waitFor();
  assert.match(page.url(), /opened=study-machine/);
  for (const cell of ['SR = 0.5', 'SR = 1']) {
    await eventually(async () => {
      const seeds = await seedsOf(page, cell);
      assert.equal(seeds.length, 2);
      for (const seed of seeds) assert.match(seed, /^seed \d: \d+\.\d\u00a0%$/);
    });
  }

  await page.getByLabel('Select cell SR = 1', { exact: true }).check();
  await page.getByRole('button', { name: 'Add seeds to selected cells' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add seeds' });
  await dialog.getByLabel('Seeds to add to each cell').fill('1');
  await dialog
    .getByText(/1 new run: 1 cell x 1 seed\. About .+ of training by the 2 complete runs of these cells/)
    .waitFor();
  await dialog.getByRole('button', { name: 'Add and run' }).click();
  await page.getByText('5 of 5 runs complete', { exact: true }).waitFor();
  await eventually(async () => {
    assert.equal((await seedsOf(page, 'SR = 1')).length, 3);
    assert.equal((await seedsOf(page, 'SR = 0.5')).length, 2);
  });
  await page.getByRole('button', { name: 'Add seeds to selected cells' }).click();
  assert.equal(
    await dialog.getByLabel('Seeds to add to each cell').inputValue(),
    '2',
    'what was added before is not kept',
  );
}

/** Before a launch, in each way in which runs go on; and in the table of runs. */
async function assertSaysWhatGoesOn(page: Page, study: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${study}` }).click();
  await page.getByRole('menuitem', { name: 'Run with options …' }).click();
  const dialog = page.getByRole('dialog', { name: `Launch ${study}` });
  await dialog.getByText(/^Interrupted before: \d runs?; from a resume checkpoint: \d/).waitFor();
  await assertAccessible(page);
  await dialog.getByRole('radio', { name: /^never/ }).check();
  await dialog.getByText(/^Interrupted before: \d runs?; from the beginning: \d\.$/).waitFor();
  // what is entered of a place is counted with
  const expected = dialog.getByRole('status', { name: 'What is expected' });
  await expected.getByText(/^Estimated time: .+ trainers? of \d+ threads?/).waitFor();
  assert.doesNotMatch((await expected.textContent()) ?? '', /in one step/);
  await dialog.getByLabel(/^Runs in one step/).fill('2');
  await expected.getByText(/each trains up to 2 runs in one step/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  const address = page.url();
  await page.getByRole('navigation').getByRole('link', { name: 'Runs', exact: true }).click();
  await page
    .getByRole('gridcell', { name: /^interrupted goes on at step [\d,]+$/ })
    .first()
    .waitFor();
  await page.goto(address);
}

test('a study is cancelled, and comes back from the trash', '/', async (page) => {
  await server().request('studies.save', {
    text: `${studyText('long', 1, 4000)}record: { histograms: 100 }\n`,
    launch: true,
  });
  await page.getByRole('main').getByRole('link', { name: 'long', exact: true }).click();
  await trains(page);
  await assertCurvesGrow(page);
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await waitForState(page, 'idle');
  const states = await statesOf('long');
  assert.ok(states.includes('interrupted') && !states.includes('running'), states.join());
  await page.getByRole('button', { name: 'Run 2 missing runs' }).waitFor();
  await assertSaysWhatGoesOn(page, 'long');

  await page.getByRole('button', { name: 'More for long' }).click();
  await page.getByRole('menuitem', { name: 'Move to trash' }).click();
  const question = page.getByRole('alertdialog', { name: 'Move long to the trash?' });
  await question.getByText(/which frees [\d.]+ .?B/).waitFor();
  await question.getByRole('button', { name: 'Move to trash' }).click();
  await notice(page, /^long is in the trash; emptying it frees/).waitFor();
  const listed = page.getByRole('main').getByRole('link', { name: 'long', exact: true });
  await listed.waitFor({ state: 'detached' });

  await page.getByRole('button', { name: 'Trash' }).click();
  const trash = page.getByRole('dialog', { name: 'Trash' });
  await trash.getByRole('button', { name: 'Restore' }).click();
  await trash.getByText('The trash is empty.').waitFor();
  await page.keyboard.press('Escape');
  await listed.waitFor();
});
