import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { fillWhole, writeReport } from '../main/copies/study-report.ts';
import { assertAccessible } from './assert-accessible.ts';
import { fillHome, TWO_FACTORS } from './fill-home.ts';
import { pageTests } from './page-tests.ts';

const { test } = pageTests((home) => fillHome(home, TWO_FACTORS));

async function go(page: Page, path: string, ready: string | RegExp): Promise<void> {
  await page.goto(`${page.url().split('#')[0] ?? ''}#${path}`);
  await page.getByRole('main').getByText(ready).first().waitFor();
}

/** Opens something, has it examined, and closes it. */
async function opened(
  page: Page,
  role: 'dialog' | 'alertdialog' | 'menu',
  open: () => Promise<void>,
): Promise<void> {
  await open();
  await page.getByRole(role).waitFor();
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole(role).waitFor({ state: 'detached' });
}

const options = { reducedMotion: 'reduce' } as const;
const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).first().click();

test(
  'axe finds nothing in studies',
  '/studies',
  async (page) => {
    await page.getByText('18 of 18 runs').waitFor();
    await assertAccessible(page);
    await opened(page, 'dialog', () => press(page, 'Trash'));
    await opened(page, 'dialog', () => page.keyboard.press('Control+k'));
    await page.getByText(/points of test accuracy/).waitFor();
    await page.getByRole('img', { name: /^test accuracy \(%\) of 6 cells: / }).waitFor();
    await opened(page, 'menu', () => press(page, 'More for two-factors'));
    await press(page, 'More for two-factors');
    await page.getByRole('menuitem', { name: 'Tags' }).click();
    // what is to be written can be at once
    await page.locator('[role=dialog] input:focus').waitFor();
    await page.keyboard.type('paper, first look');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'paper', exact: true }).click();
    await page.getByRole('searchbox', { name: 'Search studies' }).fill('no such');
    await page.getByRole('heading', { name: 'No study matches' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search studies' }).fill('squeeze');
    await page.reload();
    await page.getByText('1 of 1 study', { exact: true }).waitFor();
    assert.equal(await page.getByLabel('Tag', { exact: true }).inputValue(), 'paper');
    await assertAccessible(page);
    await go(page, '/studies/two-factors', '18 of 18 runs complete');
    await page.getByText(/\(best mean validation accuracy\)/).waitFor();
    await page.getByText('How this was tested').click();
    await assertAccessible(page);
    await page.getByLabel('Select all cells').check();
    await opened(page, 'dialog', () => press(page, 'Add seeds to selected cells …'));
    await press(page, 'More for two-factors');
    await opened(page, 'alertdialog', () => page.getByRole('menuitem', { name: 'Move to trash' }).click());
  },
  options,
);

test(
  'seeds are planned from how much the runs of a study vary',
  '/new?from=two-factors',
  async (page) => {
    await page.getByText('What these seeds can show').click();
    await page.getByText(/^3 seeds: power /).waitFor();
    await page.getByLabel('Where the standard deviation is from').selectOption('two-factors');
    // six cells, of which each has the three seeds
    await page
      .getByText(/is that of two-factors: [\d.]+ points with 10 degrees of freedom, 95\u00a0% interval/)
      .waitFor();
    assert.equal(await page.getByLabel('Standard deviation over the seeds').count(), 0);
    await assertAccessible(page);
  },
  options,
);

/** Two widths and three seeds; of one seed there is no result. */
const SWEEP = `width,seed,acc,BLEU,host
${[1, 2].flatMap((width) => [0, 1, 2].map((seed) => `${width},${seed},${70 + 10 * width + seed},${width === 2 && seed === 2 ? '' : 30 * width + seed},a`)).join('\n')}
`;

test(
  'runs of a dropped table are imported once what is wrong with it is put right, and axe finds nothing on the way',
  '/studies',
  async (page) => {
    await press(page, 'Import runs …');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await assertAccessible(page);
    const file = `new File([${JSON.stringify(SWEEP)}], 'sweep.csv', { type: 'text/csv' })`;
    const dropped = await page.evaluateHandle(
      `(() => { const all = new DataTransfer(); all.items.add(${file}); return all; })()`,
    );
    await dialog.getByText(/or drop them here/).dispatchEvent('drop', { dataTransfer: dropped });
    const column = (name: string) => dialog.getByLabel(`What ${name} is imported as`);
    await dialog.getByText('CSV: 6 runs of 2 cells.').waitFor();
    const guessed = await Promise.all(
      ['width', 'seed', 'acc', 'BLEU', 'host'].map((name) => column(name).inputValue()),
    );
    assert.deepEqual(guessed, ['factor', 'seed', '', 'higher.BLEU', '']);
    const told = dialog.getByRole('alert');
    await told.getByText('row 7, column BLEU: there is no value.').waitFor();
    await told.getByText('Leave the run out, or keep runs without a value below.').waitFor();
    // what a command would be given helps nobody here
    assert.doesNotMatch(await told.innerText(), /--/);
    assert.equal(await dialog.getByRole('button', { name: 'Import', exact: true }).isDisabled(), true);
    await assertAccessible(page);
    await column('acc').selectOption('testAccuracy');
    await dialog.getByText('in percent').waitFor();
    await column('BLEU').selectOption({ label: 'Another, lower is better' });
    await dialog.getByText(/lower values count as better/).waitFor();
    await dialog.getByLabel('Keep runs without a value').check();
    await told.waitFor({ state: 'detached' });
    await assertAccessible(page);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await go(page, '/studies/sweep', '6 of 6 runs complete');
    await page.getByRole('cell', { name: '81.0\u00a0% ± 2.5', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Effects' }).first().waitFor();
    await assertAccessible(page);
    await go(page, '/compare?study=sweep', '6 runs of 2 cells');
    await page.getByRole('combobox', { name: 'Metric', exact: true }).selectOption('lower.BLEU');
    await page.getByText(/5 runs of 2 cells/).waitFor();
    await assertAccessible(page);

    // exported again with a further run, which is added to the study
    await go(page, '/studies', 'Import runs …');
    await press(page, 'Import runs …');
    const grown = await page.evaluateHandle(
      `(() => { const all = new DataTransfer(); all.items.add(new File([${JSON.stringify(`${SWEEP.trim()}\n1,3,73,33,a\n`)}], 'again.csv')); return all; })()`,
    );
    await dialog.getByText(/or drop them here/).dispatchEvent('drop', { dataTransfer: grown });
    await column('acc').selectOption('testAccuracy');
    await column('BLEU').selectOption({ label: 'Another, lower is better' });
    await dialog.getByLabel('Keep runs without a value').check();
    await dialog
      .getByText(/7 runs of 2 cells\. 6 are in the study\s+sweep, to which 1 run is added/)
      .waitFor();
    await assertAccessible(page);
    await dialog.getByLabel('Study', { exact: true }).fill('anew');
    await dialog.getByLabel('Study', { exact: true }).press('Tab');
    await dialog.getByRole('button', { name: 'Import', exact: true }).waitFor();
    await dialog.getByLabel('Study', { exact: true }).fill('sweep');
    await dialog.getByLabel('Study', { exact: true }).press('Tab');
    await dialog.getByRole('button', { name: 'Add runs', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await go(page, '/studies/sweep', '7 of 7 runs complete');

    // a report is opened in the same place, as the study that it holds
    const folder = mkdtempSync(join(tmpdir(), 'kindling-report-'));
    try {
      fillWhole(join(folder, 'kindling.sqlite'));
      const report = await writeReport(join(folder, 'kindling.sqlite'), folder);
      await go(page, '/studies', 'Import runs …');
      await press(page, 'Import runs …');
      await dialog.getByLabel(/or a file or folder/).fill(report);
      await dialog.getByRole('button', { name: 'Read', exact: true }).click();
      await dialog.getByText(/told\.html: 10 runs of 4 cells/).waitFor();
      await dialog.getByLabel('Study', { exact: true }).fill('of-a-friend');
      await assertAccessible(page);
      await dialog.getByRole('button', { name: 'Open', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
    } finally {
      rmSync(folder, { recursive: true });
    }
    await go(page, '/studies/of-a-friend', 'Cells');
    await page.getByText(/Opened on .* from the report told\.html/).waitFor();
    await assertAccessible(page);
    // its runs are not offered where weights are needed
    const away = page.getByText(/\d runs of opened reports cannot be chosen/);
    await go(page, '/compare?study=of-a-friend', 'Try them on a picture');
    await away.first().waitFor();
    await go(page, '/layers', 'Studies');
    await page.getByRole('region', { name: 'Studies' }).getByRole('link', { name: 'of-a-friend' }).waitFor();
    await assertAccessible(page);
    // the address that the page once had
    await go(page, '/studies/of-a-friend/layers?question=information', 'Questions');
    await away.waitFor();
    await page.getByRole('radio', { name: /^What information does each layer hold/ }).check();
    await assertAccessible(page);
    assert.equal(await page.getByRole('button', { name: 'Ask', exact: true }).count(), 0);
  },
  options,
);

test(
  'axe finds nothing in the table of runs',
  '/runs',
  async (page) => {
    await page.getByRole('grid').getByText('two-factors').first().waitFor();
    await page.getByLabel('Select all listed runs').check();
    await assertAccessible(page);
    // axe reads the whole page also where it examines what lies over it, sooner over one run than over all
    await go(
      page,
      `/runs?filter=${encodeURIComponent('study:two-factors sr=0.125 pct3x3=0 seed=0')}`,
      /^\s*1\s+of \d+\s+runs/,
    );
    await opened(page, 'menu', () => press(page, 'Group'));
    await opened(page, 'menu', () => press(page, 'Export'));
    await opened(page, 'dialog', () => press(page, 'Columns'));
    await opened(page, 'dialog', () => press(page, 'Views'));
    await opened(page, 'dialog', () => press(page, 'Tags …'));
    await page.getByRole('combobox').fill('state:complete x');
    await page.getByRole('combobox').press('ArrowDown');
    await assertAccessible(page);
  },
  options,
);

test(
  'axe finds nothing in comparisons and settings',
  '/compare?study=two-factors',
  async (page) => {
    // with its charts it is examined in compare.test.ts
    await page.getByRole('img', { name: /^validation accuracy/ }).waitFor();
    const charts = page.getByRole('button', { name: 'Show as table' });
    while ((await charts.count()) > 0) await charts.first().click();
    await assertAccessible(page);
    await go(page, '/settings', 'Back up now');
    await page.getByRole('link', { name: 'Images of shapes' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'in use' }).waitFor();
    await assertAccessible(page);
    await opened(page, 'dialog', () => press(page, 'Add from files …'));
  },
  options,
);

/** Presses Tab until what has the focus is called so. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    if ((await page.locator(`${selector}:focus`).count()) > 0) return;
  }
  assert.fail(`Tab never reached ${selector}`);
}

test('the way from the studies to a run needs no mouse', '/studies', async (page) => {
  await page.getByText('18 of 18 runs').waitFor();
  await tabTo(page, '.skip');
  await page.keyboard.press('Enter');
  await tabTo(page, 'a[href="#/studies/two-factors"]');
  await page.keyboard.press('Enter');
  await page.getByText('18 of 18 runs complete').waitFor();
  await tabTo(page, 'a[href^="#/runs?filter="]');
  await page.keyboard.press('Enter');
  await page.getByRole('grid').getByText('two-factors').first().waitFor();
  await tabTo(page, '[role="grid"]');
  await page.keyboard.press('Space');
  await page.getByText('1 run selected').waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/runs\/./);
});
