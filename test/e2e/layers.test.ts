import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { ResultOf } from '../../src-shared/contract/api/index.ts';
import { assertAccessible } from './assert-accessible.ts';
import { eventually, PATIENCE } from './eventually.ts';
import { pageTests } from './page-tests.ts';

const { test, server } = pageTests();

/** Two short trainings of a tiny network. */
const STUDY = `study: tiny
dataset: shapes
network: { family: squeezenet, stem: small, stemFilters: 4, baseE: 4, incrE: 0, dropout: 0 }
vary: { network.sr: [1] }
seeds: 2
data: { trainingLimit: 256 }
training: { epochs: 1, batch: 32, learningRate: 0.01 }
`;

/** Of an element, what is asked here. */
interface Place {
  readonly clientWidth: number;
  closest(selector: string): Place | null;
}

type Row = ResultOf<'runs.table'>['runs'][number];

async function completeRuns(): Promise<readonly Row[]> {
  const { runs } = await server().request('runs.table', {});
  assert.deepEqual(
    runs.map(({ state }) => state),
    ['complete', 'complete'],
  );
  return runs;
}

async function open(page: Page, run: string): Promise<void> {
  await page.goto(`${page.url().split('#')[0] ?? ''}#/network?run=${run}`);
  await page.reload();
  await page.getByRole('button', { name: 'What each layer does' }).waitFor();
}

function layer(page: Page, name: string) {
  return page
    .getByRole('region', { name: 'What each layer does, by number' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
}

/** Chooses nothing but these methods, by keyboard. */
async function choose(page: Page, methods: readonly string[]): Promise<void> {
  const form = page.locator('form');
  for (const family of ['What a layer knows', 'What its weights are']) {
    const box = form.getByRole('checkbox', { name: family, exact: true });
    assert.ok(await box.isChecked(), `${family} is chosen in the beginning`);
    await box.focus();
    await page.keyboard.press('Space');
  }
  assert.ok(await form.getByRole('button', { name: 'Analyse the layers' }).isDisabled());
  for (const method of methods) await form.getByRole('checkbox', { name: method }).check();
}

test(
  'the layers of a trained run are asked what they do, and shown beside their baselines',
  '/',
  async (page) => {
    await server().request('studies.save', { text: STUDY, launch: true });
    const run = await eventually(async () => (await completeRuns())[0] ?? assert.fail());
    await open(page, run.id);
    await page.getByText(/Nothing has been asked of this run's layers yet/).waitFor();
    await assertAccessible(page);
    await choose(page, ['Linear probe', 'Tap shares of 3x3 filters']);
    await page.getByLabel('Test images').fill('60');
    await page.keyboard.press('Enter');

    const squeeze = layer(page, 'fire2/squeeze');
    await squeeze.waitFor({ timeout: 2 * PATIENCE });
    await page.getByRole('main').getByRole('progressbar').waitFor({ state: 'detached' });
    const analyses = await server().request('analysis.results', { runs: [run.id] });
    assert.deepEqual(
      analyses.map(({ method, settings }) => [method, settings['images']]),
      [
        ['probe', 60],
        ['tap-shares', undefined],
      ],
    );
    const known = analyses[0]?.results.find(
      (result) => result.layer === 'fire2/squeeze' && result.measure === 'cross-entropy',
    );
    const words = (await squeeze.getByRole('cell').nth(1).textContent()) ?? '';
    const number = (value: number | null | undefined): string => value?.toPrecision(3) ?? 'none';
    assert.ok(words.startsWith(number(known?.value)), words);
    assert.ok(words.includes(`untrained ${number(known?.baselines['untrained'])}`), words);
    assert.ok(words.includes(`shuffled labels ${number(known?.baselines['shuffled labels'])}`), words);

    // of one method, all its measures; a layer without 3x3 filters has no row
    await page
      .getByRole('combobox', { name: 'Measures', exact: true })
      .selectOption('Tap shares of 3x3 filters');
    await page.getByRole('columnheader', { name: /^Entropy of the taps/ }).waitFor();
    await layer(page, 'fire2/expand3x3').waitFor();
    assert.equal(await squeeze.count(), 0);
    const isWithin = await page
      .getByRole('region', { name: 'What each layer does, by number' })
      .evaluate((place: Place) => place.clientWidth < (place.closest('.panel')?.clientWidth ?? 0));
    assert.ok(isWithin, 'a table that is wider than the panel scrolls in it');
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      await assertAccessible(page);
    }

    // what is known is there after a reload, and methods that were asked are marked
    await page.reload();
    await layer(page, 'fire2/squeeze').waitFor();
    await page.getByRole('button', { name: 'Analyse further' }).click();
    await page.locator('form').getByText('known').first().waitFor();
    assert.equal(await page.locator('form').getByText('known', { exact: true }).count(), 2);
  },
);

test('pictures of a layer are looked at, and a run that has none says what to do', '/', async (page) => {
  const [, run] = await eventually(completeRuns);
  assert.ok(run);
  await open(page, run.id);
  await choose(page, ['Grad-CAM']);
  await page.getByRole('button', { name: 'Analyse the layers' }).click();
  const pictures = page.getByRole('button', { name: 'Pictures of fire2/squeeze' });
  await pictures.waitFor({ timeout: 2 * PATIENCE });
  await pictures.click();
  const picture = page.getByRole('dialog', { name: 'fire2/squeeze' }).getByRole('img');
  await picture.waitFor();
  assert.match((await picture.getAttribute('alt')) ?? '', /^Grad-CAM of fire2\/squeeze/);
  await eventually(async () =>
    assert.ok(await picture.evaluate((image: { readonly naturalWidth: number }) => image.naturalWidth > 0)),
  );
  await assertAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});
