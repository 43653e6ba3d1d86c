import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright-core';
import { indexRuns, type RunIndex } from '../../src-shared/runs/run-index.ts';
import { queryRuns } from '../../src-shared/runs/query-runs.ts';
import { eventually } from './eventually.ts';
import { fillHome, TWO_FACTORS } from './fill-home.ts';
import { pageTests } from './page-tests.ts';

const { test, server } = pageTests((home) => fillHome(home, TWO_FACTORS));

const CAPABILITIES = { reducedMotion: 'reduce', acceptDownloads: true } as const;

async function indexNow(): Promise<RunIndex> {
  return indexRuns(await server().request('runs.table', {}));
}

function grid(page: Page): Locator {
  return page.getByRole('grid', { name: 'Runs' });
}

function filterBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Filter the runs' });
}

/** The titles of the columns, from left to right. */
async function heads(page: Page): Promise<string[]> {
  const texts = await grid(page).getByRole('columnheader').allInnerTexts();
  return texts.map((text) => text.trim()).filter((text) => text !== '');
}

/** Every cell of the lines that are there, line by line from the top. */
async function lines(page: Page): Promise<string[][]> {
  const rows = await grid(page).getByRole('row').all();
  return Promise.all(
    rows
      .slice(1)
      .map(async (row) => (await row.getByRole('gridcell').allInnerTexts()).map((text) => text.trim())),
  );
}

/** The values under one head. */
async function column(page: Page, head: string): Promise<string[]> {
  const place = (await heads(page)).indexOf(head);
  assert.ok(place >= 0, `no column ${head}`);
  // the first cell of each line has the box
  return (await lines(page)).map((line) => line[place + 1] ?? '');
}

async function waitForCount(page: Page, text: string): Promise<void> {
  await page.getByRole('status').getByText(text, { exact: true }).waitFor();
}

async function percentages(filter: string, sort: boolean): Promise<string[]> {
  const index = await indexNow();
  const { rows } = queryRuns(index, {
    filter,
    sort: sort ? [{ column: 'testAccuracy', descending: true }] : [],
    groupBy: [],
    summarize: [],
  });
  return rows.map((row) => {
    const value = index.rows[row]?.metrics.testAccuracy;
    return typeof value === 'number' ? `${(100 * value).toFixed(2)}\u00a0%` : '–';
  });
}

test(
  'a filter is put together by keyboard, followed as far as it is sure, told where it is wrong, and taken apart by its chips',
  '/runs',
  async (page) => {
    await waitForCount(page, '18 runs');
    // from a checkbox, too, in which nothing is written
    await grid(page).getByRole('row').nth(2).getByRole('checkbox').focus();
    await page.keyboard.press('/');
    await page.locator('[role=combobox]:focus').waitFor();
    await page.keyboard.type('sr');
    await page.getByRole('option', { name: /^sr=/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await filterBox(page).inputValue(), 'sr=');
    await page.getByRole('option', { name: /^0\.5/ }).waitFor();
    await page.keyboard.type('0.5');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await filterBox(page).inputValue(), 'sr=0.5 ');
    await waitForCount(page, '6 of 18 runs');
    await page.keyboard.type('acc');
    await page.getByText('Showing runs that match "sr=0.5"; none of them matches "acc" so far.').waitFor();
    await waitForCount(page, '6 of 18 runs');
    await page.keyboard.press('Enter');
    await waitForCount(page, '0 of 18 runs');
    for (let key = 0; key < 3; key++) await page.keyboard.press('Backspace');
    await page.keyboard.type('seed<');
    await page.getByText('"seed<" is not complete yet.').waitFor();
    await waitForCount(page, '6 of 18 runs');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    assert.equal(await filterBox(page).getAttribute('aria-invalid'), 'true');
    await page.keyboard.type('2');
    await waitForCount(page, '4 of 18 runs');
    assert.match(page.url(), /filter=/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Remove the condition .*sr/ }).click();
    await waitForCount(page, '12 of 18 runs');
    assert.equal(await filterBox(page).inputValue(), 'seed<2');
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await waitForCount(page, '18 runs');
  },
);

test('runs are sorted and grouped with the numbers of the shared code', '/runs', async (page) => {
  await waitForCount(page, '18 runs');
  const accuracy = grid(page).getByRole('columnheader', { name: 'accuracy', exact: true });
  await accuracy.getByRole('button').click();
  assert.equal(await accuracy.getAttribute('aria-sort'), 'descending');
  const sorted = await percentages('', true);
  await eventually(async () => assert.deepEqual(await column(page, 'accuracy'), sorted));

  await page.getByRole('button', { name: 'Group' }).click();
  await page.getByRole('menuitemcheckbox', { name: /By cell/ }).click();
  await waitForCount(page, '18 runs in 6 groups');
  const index = await indexNow();
  const { groups } = queryRuns(index, {
    filter: '',
    sort: [{ column: 'testAccuracy', descending: true }],
    groupBy: ['study', 'cell'],
    summarize: ['testAccuracy'],
  });
  const wanted = groups.map(({ summaries, n }) => {
    const { mean, low, high } = summaries.get('testAccuracy') ?? {};
    assert.ok(typeof mean === 'number' && typeof low === 'number' && typeof high === 'number');
    return { n, text: `${(100 * mean).toFixed(2)} ± ${(50 * (high - low)).toFixed(2)}` };
  });
  await eventually(async () =>
    assert.deepEqual(
      await column(page, 'accuracy'),
      wanted.map(({ text }) => text),
    ),
  );
  const titles = await column(page, 'group (n)');
  assert.deepEqual(
    titles.map((title) => /n\u00a0=\u00a0(\d+)/.exec(title)?.[1]),
    wanted.map(({ n }) => String(n)),
  );
  // a group opens by keyboard and shows its members
  await grid(page).focus();
  await page.keyboard.press('Enter');
  await eventually(async () => assert.equal((await lines(page)).length, 6 + 3));
});

test('columns are moved, only what varies is shown, and a view is kept', '/runs', async (page) => {
  await waitForCount(page, '18 runs');
  const before = await heads(page);
  assert.ok(before.includes('SR') && before.includes('3×3'), before.join());
  assert.ok(!before.includes('batch norm'), 'what is the same in all runs has no column');

  const button = grid(page).getByRole('columnheader', { name: 'seed', exact: true }).getByRole('button');
  await button.focus();
  await page.keyboard.press('Alt+ArrowLeft');
  await eventually(async () => {
    const now = await heads(page);
    assert.equal(now.indexOf('seed'), before.indexOf('seed') - 1);
  });
  assert.match(await page.locator('button:focus').innerText(), /^seed/);
  const head = (name: string): Locator => grid(page).getByRole('columnheader', { name, exact: true });
  await page.setViewportSize({ width: 760, height: 800 });
  const left = async (name: string): Promise<number> => (await head(name).boundingBox())?.x ?? NaN;
  const [state, seed] = [await left('state'), await left('seed')];
  await grid(page).hover();
  await page.mouse.wheel(120, 0);
  await eventually(async () => assert.ok((await left('seed')) < seed - 50));
  assert.equal(await left('state'), state, 'a pinned column stays');
  await page.mouse.wheel(-120, 0);
  await page.setViewportSize({ width: 1280, height: 800 });

  await head('accuracy').dragTo(head('state'));
  await eventually(async () => assert.equal((await heads(page))[0], 'accuracy'));
  const moved = await heads(page);
  assert.deepEqual(new Set(moved), new Set(before));

  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByLabel('Name of the view').fill('accuracy first');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('link', { name: 'Reset to the default view' }).click();
  await page.keyboard.press('Escape');
  await eventually(async () => assert.deepEqual(await heads(page), before));
  await page.reload();
  await waitForCount(page, '18 runs');
  await page.getByRole('button', { name: 'Views' }).click();
  await page.getByRole('button', { name: 'accuracy first', exact: true }).click();
  await eventually(async () => assert.deepEqual(await heads(page), moved));
});

test('the keyboard selects runs; colours stay, also on other pages', '/runs', async (page) => {
  await waitForCount(page, '18 runs');
  await grid(page).focus();
  await page.keyboard.press('Space');
  for (const key of ['j', 'j', 'k', 'j']) await page.keyboard.press(key);
  await page.keyboard.press('Space');
  await page.getByText('2 runs selected').waitFor();
  const swatches = async (): Promise<string[]> =>
    grid(page)
      .locator('.swatch')
      .evaluateAll((marks) => marks.map((mark: { outerHTML: string }) => mark.outerHTML));
  const colours = await swatches();
  assert.equal(new Set(colours).size, 2);
  await page.getByRole('link', { name: 'Compare' }).first().click();
  await page.getByText(/2 runs of/).waitFor();
  await page.getByRole('navigation').getByRole('link', { name: /^Runs/ }).click();
  await eventually(async () => assert.deepEqual(await swatches(), colours));
  await page.reload();
  await eventually(async () => assert.deepEqual(await swatches(), colours));

  await page.getByRole('button', { name: 'Tags …' }).click();
  await page.getByLabel('Add tags, separated by commas').fill('baseline, for the paper');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Note …' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('the best so far');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await filterBox(page).fill('tags:baseline');
  await waitForCount(page, '2 of 18 runs');
  assert.deepEqual(await column(page, 'note'), ['the best so far', 'the best so far']);
  // what another window has written meanwhile stays
  const ids = (await indexNow()).rows.filter(({ note }) => note === 'the best so far').map(({ id }) => id);
  await server().request('runs.annotate', { runs: ids.slice(0, 1), note: 'of another window' });
  await filterBox(page).press('Escape');
  await grid(page).focus();
  await page.keyboard.press('Control+z');
  await page.getByText('1 note was changed again meanwhile and stays.').waitFor();
  // the rows follow within a frame
  await eventually(async () =>
    assert.deepEqual((await column(page, 'note')).toSorted(), ['of another window', '–']),
  );
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('No run matches this filter').waitFor();
  await filterBox(page).fill('');

  await grid(page).focus();
  await page.keyboard.press('Escape');
  await page.getByText('2 runs selected').waitFor({ state: 'detached' });
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.waitForURL(/#\/runs\/./);
  const { hash } = new URL(page.url());
  await page.goBack();
  // a click opens, too
  await grid(page).getByRole('gridcell', { name: 'complete' }).nth(1).click();
  await page.waitForURL((url) => /^#\/runs\/./.test(url.hash) && url.hash !== hash);
});

test(
  'any page, study, data set and run is found by Ctrl+K, and what can be done',
  '/studies',
  async (page) => {
    await page.getByRole('link', { name: 'two-factors' }).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('two-fac');
    await page.getByRole('option', { name: /two-factors study on shapes/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/studies\/two-factors$/);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('runs');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/runs$/);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.keyboard.type('duplicate two');
    await page.getByRole('option', { name: /^Duplicate two-factors/ }).click();
    await page.waitForURL(/#\/new\?from=two-factors$/);
    await page.goBack();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('data set cifar10');
    await page.getByRole('option', { name: /^cifar10 data set, not added yet$/ }).click();
    await page.getByText('This data set has not been added yet.').waitFor();
  },
);

test(
  'what is selected is exported with every digit of the store, is not repeated where it is complete, is deleted and comes back',
  '/runs?filter=sr%3D1',
  async (page) => {
    await waitForCount(page, '6 of 18 runs');
    await page.getByLabel('Select all listed runs').check();
    await page.getByText('6 runs selected').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Results as CSV' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    const [head = '', ...body] = text.trimEnd().split('\n');
    const place = head.split(',').indexOf('testAccuracy');
    assert.ok(place >= 0, head);
    const { runs } = await server().request('runs.table', {});
    const wanted = runs.filter(({ factors }) => factors['network.sr'] === 1);
    for (const [row, run] of wanted.entries()) {
      const fields = (body[row] ?? '').split(',');
      assert.equal(fields[0], run.id);
      assert.ok(fields.includes(String(run.metrics.testAccuracy ?? '')), body[row]);
    }
    assert.equal(body.length, wanted.length);

    const unlike = wanted.filter(({ state }) => state !== 'complete').length;
    assert.equal(unlike, 0, 'all of these are complete');
    const bar = page.getByRole('toolbar', { name: 'Selected runs' });
    await bar.getByRole('button', { name: 'Repeat' }).click();
    await page
      .getByText('Nothing was done. Left out: 6 complete (the same seed has the same result).')
      .waitFor();
    assert.ok(await bar.getByRole('button', { name: 'Make baseline' }).isDisabled(), 'of two cells');
    await bar.getByRole('button', { name: 'Delete' }).click();
    await waitForCount(page, '0 of 12 runs');
    await bar.waitFor({ state: 'detached' });
    await page.getByText('6 runs deleted; in the trash until that is emptied.').waitFor();
    await page.keyboard.press('Control+z');
    await waitForCount(page, '6 of 18 runs');
    await bar.getByText('6 runs selected').waitFor();
  },
  CAPABILITIES,
);
