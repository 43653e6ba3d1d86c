import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { assertAccessible } from './assert-accessible.ts';
import { downloaded } from './download.ts';
import { eventually } from './eventually.ts';
import { pageTests } from './page-tests.ts';

const tests = pageTests();

const STUDY = `study: pair
dataset: shapes
network: { family: squeezenet, stem: small, batchNorm: true, dropout: 0 }
vary:
  network.bypass: [none, simple]
seeds: 1
`;

function totals(page: Page) {
  return page.getByRole('region', { name: 'Totals' });
}

/** A node of the drawing. */
function node(page: Page, name: RegExp) {
  return page.getByRole('treeitem', { name });
}

/** A row of the table of layers, by its layer. */
function layer(page: Page, name: string) {
  return page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
}

tests.test('a family is as published, and its fields change it', '/network', async (page) => {
  await totals(page).getByText('1,248,424').waitFor();
  await totals(page).getByText('4.99 MB').waitFor();
  await totals(page).getByText('4.76 MiB').waitFor();
  assert.deepEqual(
    await layer(page, 'fire2/squeeze').getByRole('cell').allTextContents(),
    [' squeeze', '1×1', '54×54×16', '1,552', '4,478,976', '186,624', '11'].map((text) =>
      text.trim() === 'squeeze' ? text : text,
    ),
  );
  await page.getByRole('combobox', { name: 'Version', exact: true }).selectOption('1.1');
  await totals(page).getByText('1,235,496').waitFor();
  await page.getByLabel('image side, px').fill('227');
  await totals(page)
    .getByText(/387,\d{3},\d{3}/)
    .waitFor();
  await page.getByRole('combobox', { name: 'Version', exact: true }).selectOption('1.0');
  await page.getByRole('spinbutton', { name: 'Squeeze ratio' }).fill('0.75');
  await totals(page).getByText('19.37 MB').waitFor();
  await totals(page).getByText('18.47 MiB').waitFor();
  await page.reload();
  await totals(page).getByText('19.37 MB').waitFor();
});

tests.test('a network that was pinned stands beside its changes', '/network', async (page) => {
  await page.getByRole('button', { name: 'Pin for comparison' }).click();
  await page.getByText('The networks are identical.').waitFor();
  await page.getByRole('combobox', { name: 'Bypass', exact: true }).selectOption('complex');
  // 1,589,672 parameters with a complex bypass
  await totals(page).getByText('1,589,672').waitFor();
  await totals(page).getByText('−341,248').waitFor();
  const bypass = layer(page, 'fire2/bypass');
  await bypass.getByText('only left').waitFor();
  assert.match((await bypass.textContent()) ?? '', /−12,416/);
  await node(page, /^fire2: .*differs from the network beside/)
    .first()
    .click();
  await node(page, /^fire2\/bypass: bypass.*differs from the network beside/).waitFor();
  await page.getByLabel('only what differs').uncheck();
  await layer(page, 'fire2/squeeze').getByText('same').waitFor();
});

tests.test(
  'the drawing is opened and walked with the keyboard, coloured, zoomed and saved',
  '/network',
  async (page) => {
    await node(page, /^fire2: module of 4 layers/).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.match((await page.locator(':focus').getAttribute('aria-label')) ?? '', /^fire2\/expand1x1/);
    await page.keyboard.press('ArrowRight');
    assert.match((await page.locator(':focus').getAttribute('aria-label')) ?? '', /^fire2\/expand3x3/);
    await page.getByRole('combobox', { name: 'Colour', exact: true }).selectOption('parameters');
    await node(page, /^fire2\/expand3x3: .*; parameters 9.28 k$/).waitFor();
    await page.reload();
    await page.getByRole('img', { name: 'parameters: from 0 to 600 k' }).waitFor();
    assert.equal(await node(page, /^fire2\/expand1x1/).count(), 1);

    const pane = page.getByRole('tree').locator('xpath=ancestor::*[local-name()="svg"]');
    const scrolled = (): Promise<number> =>
      page.locator('main').evaluate(({ scrollTop }: { scrollTop: number }) => scrollTop);
    const percent = () => page.getByText(/^\d+\u00a0%$/).textContent();
    await pane.hover();
    const [before, top] = [await percent(), await scrolled()];
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -200);
    await page.keyboard.up('Control');
    await eventually(async () => assert.notEqual(await percent(), before));
    assert.equal(await scrolled(), top);
    await page.mouse.wheel(0, 200);
    await eventually(async () => assert.ok((await scrolled()) > top));

    const { bytes } = await downloaded(page, () => page.getByRole('button', { name: 'SVG' }).click());
    const svg = bytes.toString();
    assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    for (const words of ['parameters', 'fire9', 'expand3x3', '54×54×64'])
      assert.ok(svg.includes(`>${words}</text>`));

    // a measure stays chosen where nothing is known by it, as for another network
    await page.goto(`${page.url().split('#')[0] ?? ''}#/network?colour=probe/cross-entropy`);
    await page.getByText('Colours of the roles: Probe cross-entropy has no results here.').waitFor();
    const colour = page.getByRole('combobox', { name: 'Colour', exact: true });
    assert.equal(await colour.inputValue(), 'probe/cross-entropy');
    await page.getByRole('list', { name: 'Colours of the roles' }).waitFor();
  },
);

tests.test('a cell of a study stands beside another one', '/network', async (page) => {
  await tests.server().request('studies.save', { text: STUDY, launch: false });
  const { cells } = await tests.server().request('studies.get', { study: 'pair' });
  const [plain, simple] = cells;
  assert.ok(plain && simple);
  const beside = `/network?study=pair&cell=${plain.id}&beside=pair/${simple.id}`;
  await page.goto(`${page.url().split('#')[0] ?? ''}#${beside}`);
  await page.reload();
  await node(page, /^fire3: module of 5 layers.*differs/).click();
  await eventually(async () => assert.deepEqual(await node(page, /^fire3\/squeeze/).count(), 2));
  await node(page, /^fire3\/bypass: bypass without a layer of its own/).waitFor();
  await layer(page, 'fire3/addition').getByText('only right').waitFor();
  await page
    .getByRole('group', { name: 'Compare with' })
    .getByLabel('Family, network or study')
    .selectOption('nothing');
  await page.getByRole('tree', { name: /^Layers of pair/ }).waitFor();
  await node(page, /^input/).focus();
  await page.keyboard.press('End');
  await page
    .getByText(/average of all, output 10, receptive field/)
    .first()
    .waitFor();
});

tests.test('a network is imported, shown beside its family, set and deleted', '/settings', async (page) => {
  const file = join(import.meta.dirname, '../fixtures/torch-networks/squeezenet.pt');
  const fields = 'family: squeezenet, version: 1.1, baseE: 8, incrE: 8, sr: 0.5, stemFilters: 6';
  const networks = page.locator('section', { has: page.getByRole('heading', { name: 'Imported networks' }) });
  await networks.getByRole('button', { name: 'Import …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('File', { exact: true }).fill(file);
  await dialog.getByLabel('Name', { exact: true }).fill('narrow');
  await dialog.getByLabel('Family').selectOption('squeezenet');
  await dialog.getByLabel('Fields, as in a study file').fill('version: 1.0');
  await dialog.getByRole('button', { name: 'Import' }).click();
  await dialog
    .getByRole('alert')
    .getByText(/not in the file: conv1 \[7, 7, 3, 96\]/)
    .waitFor();
  await dialog.getByLabel('Fields, as in a study file').fill(fields.replace('family: squeezenet, ', ''));
  await assertAccessible(page);
  await dialog.getByRole('button', { name: 'Import' }).click();
  await networks.getByRole('link', { name: 'narrow' }).click();
  await totals(page).getByText('11,764').waitFor();
  await page
    .getByRole('group', { name: 'Compare with' })
    .getByLabel('Family, network or study')
    .selectOption('squeezenet');
  await layer(page, 'conv1').getByText('168 → 14,208').waitFor();
  await page.goto(`${page.url().split('#')[0] ?? ''}#/settings`);
  await networks.getByRole('button', { name: 'Set narrow' }).click();
  await dialog.getByLabel('Mean').fill('0.5, x, 0.5');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await dialog.getByRole('alert').getByText('mean: "x" is no number.').waitFor();
  await assertAccessible(page);
  await dialog.getByLabel('Mean').fill('0.5, 0.25, 0.5');
  await dialog.getByLabel('Name').fill('narrower');
  await dialog.getByRole('button', { name: 'Set', exact: true }).click();
  await networks.getByText(/mean 0\.5, 0\.25, 0\.5/).waitFor();
  await networks.getByRole('button', { name: 'Delete narrower' }).click();
  await networks.getByText('None yet').waitFor();
  await page.getByText(/^narrower is in the trash; emptying it frees /).waitFor();
  await page.keyboard.press('Control+z');
  await networks.getByText(/mean 0\.5, 0\.25, 0\.5/).waitFor();
  await networks.getByRole('button', { name: 'Delete narrower' }).click();
  await networks.getByText('None yet').waitFor();
  await page.goto(`${page.url().split('#')[0] ?? ''}#/studies`);
  await page.getByRole('button', { name: 'Trash' }).click();
  await dialog.getByText(/imported network, /).waitFor();
  await assertAccessible(page);
  await dialog.getByRole('button', { name: 'Empty the trash …' }).click();
  await dialog.getByText(/This deletes 1 imported network permanently/).waitFor();
  await dialog.getByRole('button', { name: 'Delete permanently' }).click();
  await dialog.getByText('The trash is empty.').waitFor();
});

tests.test('axe finds nothing', '/network', async (page) => {
  await totals(page).waitFor();
  await page.getByRole('button', { name: 'Squeeze ratio: one value for each module' }).click();
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Pin for comparison' }).click();
  await page.getByRole('combobox', { name: 'Bypass', exact: true }).selectOption('complex');
  await page.getByText('only left').first().waitFor();
  await assertAccessible(page);
});
