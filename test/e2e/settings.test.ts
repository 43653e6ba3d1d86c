import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { assertAccessible } from './assert-accessible.ts';
import { beginJob } from './begin-job.ts';
import { dragOver } from './drag-over.ts';
import { eventually } from './eventually.ts';
import { fillHome, TWO_FACTORS } from './fill-home.ts';
import { pageTests } from './page-tests.ts';

const PICTURES = { red: { r: 220, g: 40, b: 30 }, blue: { r: 20, g: 60, b: 230 } } as const;
const PER_CLASS = 20;

const { home, test, server } = pageTests(async (folder) => {
  fillHome(folder, TWO_FACTORS);
  for (const [name, background] of Object.entries(PICTURES)) {
    const picture = sharp({ create: { width: 16, height: 16, channels: 3, background } });
    const bytes = await picture.png().toBuffer();
    for (const parent of ['pictures', 'two shades']) {
      const place = join(folder, parent, name);
      mkdirSync(place, { recursive: true });
      for (let number = 0; number < PER_CLASS; number++) writeFileSync(join(place, `${number}.png`), bytes);
    }
  }
  writeFileSync(join(folder, 'pictures', 'red', 'broken.png'), 'no image');
});

function themeOf(page: Page): Promise<string | null> {
  return page.locator('html').getAttribute('data-theme');
}

/** How a task ended, in the list of works. */
function ended(page: Page, title: RegExp): Locator {
  return page
    .getByRole('region', { name: 'Tasks in progress' })
    .getByRole('listitem')
    .filter({ hasText: title })
    .getByText('done', { exact: true });
}

test(
  'the theme follows the system until one is chosen, which is kept, as is how many runs train at once',
  '/settings',
  async (page) => {
    await page.getByRole('radio', { name: 'System' }).waitFor();
    assert.equal(await themeOf(page), 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    await eventually(async () => assert.equal(await themeOf(page), 'dark'));
    await page.getByRole('radio', { name: 'Light' }).check();
    await eventually(async () => assert.equal(await themeOf(page), 'light'));
    await page.reload();
    await page.getByRole('radio', { name: 'Light' }).and(page.locator(':checked')).waitFor();
    assert.equal(await themeOf(page), 'light');
    assert.equal((await server().request('settings.get', {})).theme, 'light');
    await page.getByRole('radio', { name: 'System' }).check();
    await eventually(async () => assert.equal(await themeOf(page), 'dark'));

    const jobs = async (): Promise<unknown> => (await server().request('settings.get', {})).jobs;
    const ways = page.getByLabel('Parallel runs', { exact: true });
    await ways.selectOption('as many as are measured to be fastest');
    await page.getByText(/^Before a study its own network trains/).waitFor();
    await eventually(async () => assert.equal(await jobs(), 'auto'));
    await ways.selectOption('so many');
    const number = page.getByLabel('Number of parallel runs');
    await number.fill('3');
    await number.press('Tab');
    await eventually(async () => assert.equal(await jobs(), 3));
    await ways.selectOption('as many as suit the machine');
    await eventually(async () => assert.equal(await jobs(), null));

    const products = page.getByLabel('Products on NVIDIA GPUs');
    await page.getByText('No engine for NVIDIA GPUs is installed, so it has no effect here.').waitFor();
    await products.selectOption('float32');
    await page.getByText(/^products keep 23 bits of mantissa/i).waitFor();
    assert.equal((await server().request('engines.tensorFloat32', {})).chosen, 'off');
    await page.reload();
    await eventually(async () => assert.equal(await products.inputValue(), 'off'));
  },
);

test(
  'job: add a data set; a folder of pictures becomes one, with what was found in it',
  '/',
  async (page) => {
    const adding = page.getByRole('dialog', { name: 'Add a data set' });
    const add = adding.getByRole('button', { name: 'Add', exact: true });
    const openSettings = () => page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click();
    const place = page.getByRole('button', { name: 'Add from files' });
    const dropHere = async (folder: string): Promise<void> => {
      const drop = await dragOver(page, place, join(home, folder));
      await page.getByText('Drop a folder or an archive to add it as a data set').waitFor();
      await drop();
    };
    const end = await beginJob(page, 'add a data set');
    await openSettings();
    await dropHere('two shades');
    await add.click();
    await page
      .getByRole('dialog', { name: 'two-shades added' })
      .getByRole('link', { name: 'Images' })
      .click();
    await page.getByRole('button', { name: /^training image 0, / }).waitFor();
    end(3, 'Settings, Add, Images');

    await openSettings();
    await place.click();
    await adding.getByLabel('Name').fill('colours');
    await adding.getByLabel('folder or archive').fill(join(home, 'no-such-folder'));
    await add.click();
    await adding.getByRole('alert').getByText(join(home, 'no-such-folder')).waitFor();
    // what was typed is there to be mended, and the message names the option
    await adding.getByRole('button', { name: 'Browse' }).click();
    const browsing = page.getByRole('dialog', { name: 'Choose a file or folder' });
    // where what was typed leads to no more
    const name = browsing.getByRole('combobox', { name: 'Part of the name' });
    await browsing.getByRole('option', { name: /^pictures/ }).waitFor();
    await name.fill('PICT');
    await browsing.getByText('1 entry').waitFor();
    await name.press('ArrowDown');
    await browsing.getByRole('button', { name: 'Choose pictures' }).waitFor();
    await name.press('Enter');
    await browsing.getByRole('option', { name: /^red/ }).waitFor();
    await name.press('Backspace');
    await browsing.getByRole('option', { name: /^pictures/ }).click();
    await browsing.getByRole('button', { name: 'Choose pictures' }).click();
    assert.equal(await adding.getByLabel('folder or archive').inputValue(), join(home, 'pictures'));
    // the same by a drop, which sends it
    await adding.getByRole('button', { name: 'Cancel' }).click();
    await dropHere('pictures');
    await adding.getByText(/^\d+(\.\d+)? kB sent\. Nothing is kept of it but the data set\.$/).waitFor();
    await add.click();
    await adding
      .getByRole('alert')
      .getByText(/red\/broken\.png: it does not start like an image file\n.*--skip-broken/)
      .waitFor();
    await adding.getByText('More options').click();
    await adding.getByLabel('Skip broken images --skip-broken').check();
    await adding.getByLabel('Side in pixels --size').fill('8');
    await add.click();
    const added = page.getByRole('dialog', { name: 'colours added' });
    await added.getByText('32 training images and 8 test images of 8 x 8 x 3 in 2 classes').waitFor();
    await added.getByText('images from pictures.tar, added with --size 8 --skip-broken').waitFor();
    assert.deepEqual(readdirSync(join(home, 'uploads')), []);
    await added.getByText('1 image could not be read and was left out: pictures/red/broken.png').waitFor();
    await added.getByText('8 of 8 test images are also in the training part').waitFor();
    await added.getByRole('button', { name: 'Close' }).last().click();

    const row = page.getByRole('row').filter({ hasText: 'colours' });
    await row.getByText('1 image could not be read').waitFor();
    await row.getByRole('link', { name: 'Images of colours' }).click();
    await page.getByRole('heading', { name: 'colours', level: 1 }).waitFor();
    await page.getByText('Balanced: every class has 16 training images.').waitFor();
    // all images of a class are the same
    const repeated = page.getByRole('row', { name: /^Test images that are in the training part/ });
    await repeated.getByText('8', { exact: true }).waitFor();
    assert.deepEqual(await repeated.getByRole('cell').allInnerTexts(), ['8', '0']);
    await page.getByRole('img', { name: 'Mean of all training images of colours' }).waitFor();
    await page.getByRole('button', { name: /^red/ }).click();
    await page.getByLabel('Part').selectOption('test');
    await page.getByText('4 images', { exact: true }).waitFor();
    assert.match(page.url(), /#\/datasets\/colours\?class=1&part=test$|\?part=test&class=1$/);
    await page
      .getByRole('button', { name: /^test image \d+, red$/ })
      .first()
      .click();
    const large = page.getByRole('dialog', { name: /^test image 4: red$/ });
    await large.getByRole('img').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.getByRole('dialog', { name: /^test image 5: red$/ }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Augmentation', exact: true }).scrollIntoViewIfNeeded();
    const drawn = page.getByRole('img', { name: /^training image \d+ in epoch 1$/ });
    await drawn.nth(3).waitFor();
    await page.getByLabel('Cutout size', { exact: true }).fill('0');
    await page.getByText('It must be a whole number above 0.').waitFor();
    await page.getByLabel('crop', { exact: true }).uncheck();
    assert.match(page.url(), /cutoutSize=0&augment=flip$/);
    await assertAccessible(page);
  },
);

test('the store is backed up and brought back', '/settings', async (page) => {
  await page.getByRole('button', { name: 'Back up now' }).click();
  const restore = page.getByRole('button', { name: 'Restore …' });
  await restore.first().waitFor();
  await server().request('studies.trash', { study: 'two-factors' });
  assert.deepEqual(await server().request('studies.list', {}), []);
  await restore.first().click();
  const question = page.getByRole('alertdialog', { name: 'Restore this backup?' });
  await question.getByRole('button', { name: 'Restore', exact: true }).click();
  await ended(page, /Restore a backup/).waitFor();
  await page.getByText(/The previous store is kept as /).waitFor();
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
