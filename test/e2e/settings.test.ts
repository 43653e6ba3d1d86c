import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { eventually } from './eventually.ts';
import { fillHome, TWO_FACTORS } from './fill-home.ts';
import { pageTests } from './page-tests.ts';

const PICTURES = { red: { r: 220, g: 40, b: 30 }, blue: { r: 20, g: 60, b: 230 } } as const;
const PER_CLASS = 20;

const { home, test, server } = pageTests(async (folder) => {
  fillHome(folder, TWO_FACTORS);
  for (const [name, background] of Object.entries(PICTURES)) {
    const place = join(folder, 'pictures', name);
    mkdirSync(place, { recursive: true });
    for (let number = 0; number < PER_CLASS; number++) {
      const picture = sharp({ create: { width: 16, height: 16, channels: 3, background } });
      await picture.png().toFile(join(place, `${number}.png`));
    }
  }
});

function themeOf(page: Page): Promise<string | null> {
  return page.locator('html').getAttribute('data-theme');
}

/** How a task ended, in the list of works. */
function ended(page: Page, title: RegExp): Locator {
  return page
    .getByRole('region', { name: 'Work under way' })
    .getByRole('listitem')
    .filter({ hasText: title })
    .getByText('done', { exact: true });
}

test('the theme follows the system until one is chosen, which is kept', '/settings', async (page) => {
  await page.getByRole('radio', { name: 'As the system' }).waitFor();
  assert.equal(await themeOf(page), 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await eventually(async () => assert.equal(await themeOf(page), 'dark'));
  await page.getByRole('radio', { name: 'Light' }).check();
  await eventually(async () => assert.equal(await themeOf(page), 'light'));
  await page.reload();
  await page.getByRole('radio', { name: 'Light' }).and(page.locator(':checked')).waitFor();
  assert.equal(await themeOf(page), 'light');
  assert.equal((await server().request('settings.get', {})).theme, 'light');
  await page.getByRole('radio', { name: 'As the system' }).check();
  await eventually(async () => assert.equal(await themeOf(page), 'dark'));
});

test('a folder of pictures becomes a data set, whose pictures are shown', '/settings', async (page) => {
  await page.getByRole('button', { name: 'Add from files' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a data set' });
  await dialog.getByLabel('Name').fill('colours');
  await dialog.getByLabel('Folder or archive').fill(join(home, 'no-such-folder'));
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  const work = page.getByRole('region', { name: 'Work under way' });
  await work.getByText('failed', { exact: true }).waitFor();
  await work.getByText(join(home, 'no-such-folder')).waitFor();
  await page.getByRole('button', { name: 'Add from files' }).click();
  await dialog.getByLabel('Name').fill('colours');
  await dialog.getByLabel('Folder or archive').fill(join(home, 'pictures'));
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('button', { name: 'Pictures of colours' }).click();
  const preview = page.getByRole('dialog', { name: 'colours' });
  const picture = preview.getByRole('img', { name: 'red, picture 1' });
  await picture.waitFor();
  await eventually(async () => {
    const width = await picture.evaluate(
      (image) => (image as unknown as { naturalWidth: number }).naturalWidth,
    );
    assert.equal(width, 16);
  });
  assert.equal(await preview.getByText(/^\d+ training, \d+ test$/).count(), 2);
});

test('the store is backed up and brought back', '/settings', async (page) => {
  await page.getByRole('button', { name: 'Back up now' }).click();
  const restore = page.getByRole('button', { name: 'Restore …' });
  await restore.first().waitFor();
  await server().request('studies.trash', { study: 'two-factors' });
  assert.deepEqual(await server().request('studies.list', {}), []);
  await restore.first().click();
  const question = page.getByRole('alertdialog', { name: 'Restore this backup?' });
  await question.getByRole('button', { name: 'Restore', exact: true }).click();
  await page
    .getByRole('region', { name: 'Notices' })
    .getByText(/The backup is in place/)
    .waitFor();
  await page.getByRole('navigation').getByRole('link', { name: 'Studies' }).click();
  await page.getByRole('main').getByRole('link', { name: 'two-factors', exact: true }).waitFor();
});

test('the engine is tried, and what is there is listed', '/settings', async (page) => {
  const row = page.getByRole('row').filter({ hasText: 'in use' });
  await row.getByRole('button', { name: 'Test' }).click();
  await ended(page, /tensorflow/i).waitFor();
  const checks = await server().request('doctor.examine', {});
  for (const { name } of checks) await page.getByText(name, { exact: true }).first().waitFor();
});
