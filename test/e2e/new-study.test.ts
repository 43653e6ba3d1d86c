import assert from 'node:assert/strict';
import { readFileSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { Locator, Page, Route } from 'playwright-core';
import { enginesFolder } from '../../src-main/home.ts';
import { networkCost } from '../../src-shared/networks/costs.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import { assertAccessible } from './assert-accessible.ts';
import { beginJob } from './begin-job.ts';
import { dragOver } from './drag-over.ts';
import { eventually } from './eventually.ts';
import { pageTests } from './page-tests.ts';

/** What was asked for elsewhere, by the program and by the browser. */
const asked: string[] = [];
const noNetwork = createServer().on('connect', ({ url = '' }, socket) => {
  asked.push(url);
  socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
});

/** Whatever these tests would fetch is refused by a proxy of their own. */
const tests = pageTests(async () => {
  await new Promise<void>((resolve) => noNetwork.listen(0, '127.0.0.1', resolve));
  const { port } = noNetwork.address() as AddressInfo;
  Object.assign(process.env, { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: `http://127.0.0.1:${port}` });
});
after(() => void noNetwork.close());

const EXAMPLE = join(import.meta.dirname, '../../resources/studies/cifar10-narrow.yaml');
const TINY = `# As small as it gets.
study: tiny
dataset: shapes
network: { family: squeezenet, stem: small, stemFilters: 4, baseE: 4, incrE: 0, dropout: 0 }
vary:
  network.sr: [0.5, 1]
seeds: 1
data: { trainingLimit: 32 }
training: { epochs: 1, batch: 16 }
`;

/** Label of the text. */
const FILE = 'Study file, the same as for the command line';

/** By the button and the browser's own dialog. */
async function openFile(page: Page, file: string): Promise<void> {
  const dialog = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open …', exact: true }).click();
  await (await dialog).setFiles(file);
}

/** Fills the text of the study file in. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: 'YAML' }).click();
  await page.getByLabel(FILE).fill(text);
}

function field(page: Page, path: string) {
  return page.locator(`[data-field="${path}"]`);
}

function cells(page: Page) {
  return page.getByRole('table', { name: 'Cells of the study' });
}

tests.test('the cost of every cell follows a slider, to the last parameter', '/new', async (page) => {
  await write(
    page,
    'study: one\ndataset: shapes\nnetwork: { family: squeezenet, stem: small, batchNorm: true, bypass: simple }\n',
  );
  // weiaicunzai's SqueezeNet with 10 classes
  await cells(page).getByText('734,986').waitFor();
  await page.getByRole('tab', { name: 'Form' }).click();
  const slider = page.getByRole('slider', { name: 'Squeeze ratio' });
  await slider.focus();
  await slider.press('End');
  const graph = resolveNetwork(
    parseNetwork({ family: 'squeezenet', stem: 'small', batchNorm: true, bypass: 'simple', sr: 1 }),
    { input: [32, 32, 3], classes: 10 },
  );
  const { parameters, macs } = networkCost(graph);
  await cells(page).getByText(parameters.toLocaleString('en')).waitFor();
  await cells(page).getByText(macs.toLocaleString('en')).waitFor();
  const squeeze = await page
    .getByRole('option', { name: /^fire9\/squeeze: squeeze, 1×1, output 4×4×512/ })
    .count();
  assert.equal(squeeze, 1);

  await page.getByRole('button', { name: 'Vary network.pct3x3', exact: true }).click();
  await page.getByLabel('Add a factor').selectOption('training.batch');
  await eventually(async () => assert.equal(await cells(page).getByRole('radio').count(), 6));
  assert.match((await page.getByRole('region', { name: 'Totals' }).textContent()) ?? '', /Cells6\s*Runs18/);

  const totals = page.getByRole('region', { name: 'Totals' });
  await totals.getByText(/^\d.* [kMG]B\s*$/).waitFor();
  await totals.getByText('What these seeds can show').click();
  await totals.getByText('With 3 seeds nothing can be significant').waitFor();
  await page.getByRole('tab', { name: 'Form' }).click();
  await page.getByLabel('Number of seeds').fill('12');
  await page.getByLabel('Difference in test accuracy').fill('2');
  // TTestPower of statsmodels at 0.05 / 5, for an effect of 2 / √2: 0.9394, and 9.26 pairs
  await totals.getByText(/^12 seeds: power 93\.9\u00a0%\. For 80\u00a0% it takes 10 seeds/).waitFor();
  await page.getByLabel('Standard deviation over the seeds').fill('0');
  await totals.getByText('Expected numbers above 0.').waitFor();

  await page.getByRole('button', { name: 'Augmented images' }).scrollIntoViewIfNeeded();
  await page.getByText('Without augmentation every epoch shows the images as they are.').waitFor();
  await field(page, 'training.augment').getByLabel('flip').check();
  await page
    .getByRole('img', { name: /^training image \d+ in epoch 4$/ })
    .nth(3)
    .waitFor();

  await field(page, 'training.optimizer').getByRole('combobox').selectOption('adam');
  await totals.getByText(/^training\.learningRate: 0\.1 is large for adam/).waitFor();
  await page.getByRole('button', { name: 'Start from …' }).click();
  const start = page.getByRole('dialog', { name: 'Start from a study' });
  await start.getByText(/^shapes, 9 cells, 27 runs/).waitFor();
  await assertAccessible(page);
  await start.getByRole('button', { name: 'demo', exact: true }).click();
  await eventually(async () => assert.equal(await cells(page).getByRole('radio').count(), 9));
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'demo');
  assert.equal(await totals.getByText(/is large for adam/).count(), 0);
});

tests.test('a mistake is told at its field, and takes away nothing that was there', '/new', async (page) => {
  await cells(page).getByRole('radio').first().waitFor();
  const before = await cells(page).getByRole('radio').count();
  const dropout = field(page, 'network.dropout').getByRole('spinbutton');
  await dropout.fill('1.5');
  await field(page, 'network.dropout').getByText('1.5 is not accepted').waitFor();
  assert.equal(await cells(page).getByRole('radio').count(), before);
  await page.getByRole('button', { name: 'Launch' }).click();
  assert.equal(
    await dropout.evaluate((input: { matches(selector: string): boolean }) => input.matches(':focus')),
    true,
  );
  await dropout.fill('0.2');
  await field(page, 'vary.network.sr').getByRole('textbox').fill('0.125, 7');
  await field(page, 'vary.network.sr').getByText('7 is not accepted').waitFor();
  await field(page, 'vary.network.sr').getByRole('textbox').fill('0.125, 0.5');
  await field(page, 'training.batch').getByRole('spinbutton').fill('100000');
  await field(page, 'training.batch').getByText('is more than the 3600 training images').waitFor();
  // what cannot be read at all is not a valid study either
  await write(page, TINY.replace('[0.5, 1]', '*nope'));
  await page.getByText('vary.network.sr: *nope is not defined').waitFor();
  await page.getByRole('button', { name: 'line 6', exact: true }).waitFor();
  assert.equal(await page.getByText('The file is a valid study').count(), 0);
  // so is what is said of a place that trains it
  await write(page, TINY);
  await page.getByText('The file is a valid study').waitFor();
  await page.getByRole('button', { name: 'Run with options …' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: /^Slurm/ }).check();
  await dialog.getByLabel(/^Time limit/).fill('soon');
  await dialog.getByRole('button', { name: 'Launch' }).click();
  await dialog.getByText('"soon" is not accepted').waitFor();
  await dialog.getByLabel(/^Host/).fill('login');
  await dialog.getByLabel(/^Collected by a job/).check();
  await dialog.getByRole('button', { name: 'Launch' }).click();
  await dialog.getByText(/no job of a cluster that is reached by ssh/).waitFor();
  await assertAccessible(page);
});

tests.test(
  'a study file that is opened and saved is the same, and a change keeps its comments',
  '/new',
  async (page) => {
    const text = readFileSync(EXAMPLE, 'utf8');
    await openFile(page, EXAMPLE);
    await eventually(async () =>
      assert.equal(await field(page, 'study').getByRole('textbox').inputValue(), 'cifar10-narrow'),
    );
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save as file' }).click(),
    ]);
    assert.equal(saved.suggestedFilename(), 'cifar10-narrow.kindling');
    assert.equal(readFileSync(await saved.path(), 'utf8'), text);

    await page.getByLabel('Number of seeds').fill('5');
    await page.getByRole('tab', { name: 'YAML' }).click();
    const edited = await page.getByLabel(FILE).inputValue();
    assert.match(edited, /^# Squeeze ratio against/);
    assert.match(edited, /^seeds: 5$/m);

    await page.reload();
    await eventually(async () => assert.equal(await page.getByLabel('Number of seeds').inputValue(), '5'));

    await page.getByLabel('How seeds are given').selectOption('until the interval is narrow enough');
    await page.getByLabel('The most seeds of a cell').fill('4');
    await page
      .getByText('expected at least 5, the seeds of the first stage (min)')
      .and(page.getByRole('alert'))
      .first()
      .waitFor();
    await page.getByLabel('The most seeds of a cell').fill('9');
    await page
      .getByRole('region', { name: 'Totals' })
      .getByText(/^45 to 81\s*$/)
      .waitFor();
    await page.getByRole('tab', { name: 'YAML' }).click();
    assert.match(
      await page.getByLabel(FILE).inputValue(),
      /^seeds:\n {2}until:\n {4}halfWidth: 0\.5\n {4}max: 9$/m,
    );

    // dropped on any page; another file leaves the page as it is
    await page.getByRole('link', { name: 'Figures' }).click();
    await page.waitForURL(/#\/figures/);
    const main = page.getByRole('main');
    await (
      await dragOver(page, main, import.meta.filename)
    )();
    await page.getByText('new-study.test.ts is not a study file').waitFor();
    assert.match(page.url(), /#\/figures/);
    await (
      await dragOver(page, main, EXAMPLE)
    )();
    await page.getByRole('tab', { name: 'YAML' }).click();
    await eventually(async () => assert.equal(await page.getByLabel(FILE).inputValue(), text));
  },
);

tests.test('drafts outlive other beginnings, windows and each other', '/new', async (page) => {
  const showText = async (of: Page): Promise<Locator> => {
    await of.getByRole('tab', { name: 'YAML' }).click();
    return of.getByLabel(FILE);
  };
  const names = async (of: Page): Promise<string[]> =>
    of.getByRole('dialog').getByRole('list', { name: 'Drafts' }).getByRole('link').allInnerTexts();
  await write(page, 'study: mine\n');
  await page.getByText(/^Draft saved/).waitFor();
  await openFile(page, EXAMPLE);
  await eventually(async () =>
    assert.match(await page.getByLabel(FILE).inputValue(), /study: cifar10-narrow/),
  );
  await page.getByText(/^Draft saved/).waitFor();
  await page.goto(`${tests.server().url}#/new?example=demo`);
  await page.getByText('Saved as a draft once you change it').waitFor();
  await page.getByRole('button', { name: /^Drafts/ }).click();
  await eventually(async () => assert.deepEqual((await names(page)).slice(0, 2), ['cifar10-narrow', 'mine']));
  await assertAccessible(page);
  await page.getByRole('link', { name: 'mine' }).click();
  const here = await showText(page);
  await eventually(async () => assert.equal(await here.inputValue(), 'study: mine\n'));

  // another window, which remembers nothing
  const context = await page.context().browser()?.newContext();
  const other = await context?.newPage();
  assert(context && other);
  await other.goto(`${tests.server().url}#/studies`);
  await other.getByRole('link', { name: 'mine' }).click();
  const text = await showText(other);
  await eventually(async () => assert.equal(await text.inputValue(), 'study: mine\n'));
  await here.fill('study: mine\nseeds: 1\n');
  await eventually(async () => assert.equal(await text.inputValue(), 'study: mine\nseeds: 1\n'));
  // both write before either is told of the other
  await context.setOffline(true);
  await text.fill('study: mine\nseeds: 2\n');
  await other.getByText('This draft is saved in this browser only.').waitFor();
  await here.fill('study: mine\nseeds: 3\n');
  await page.getByText(/^Draft saved/).waitFor();
  await context.setOffline(false);
  await other.reload();
  await showText(other);
  await eventually(async () => {
    const drafts = await tests.server().request('drafts.list', {});
    const mine = drafts.filter(({ name }) => name === 'mine').map((draft) => draft.text.slice(12));
    assert.deepEqual(mine.sort(), ['seeds: 2\n', 'seeds: 3\n']);
  });
  await eventually(async () => assert.equal(await text.inputValue(), 'study: mine\nseeds: 2\n'));
  await context.close();

  await page.getByRole('button', { name: /^Drafts/ }).click();
  const before = await names(page);
  await page
    .getByRole('button', { name: /^Delete the draft mine/ })
    .first()
    .click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await eventually(async () =>
    assert.deepEqual(await names(page), before.toSpliced(before.indexOf('mine'), 1)),
  );
});

tests.test(
  'job: launch a sweep; its name is known from then on, and the changed one is saved',
  '/',
  async (page) => {
    const end = await beginJob(page, 'launch a sweep');
    await page.getByRole('navigation').getByRole('link', { name: 'New study' }).click();
    await write(page, TINY);
    await page.getByRole('button', { name: 'Launch' }).click();
    await page.waitForURL(/#\/studies\/tiny$/);
    end(3, 'New study, YAML, Launch');
    await page.getByText('2 of 2 runs complete', { exact: true }).waitFor();

    await page.route('**/api/studies.get', async (route) => {
      await setTimeout(500);
      await route.continue();
    });
    await page.goto(`${page.url().split('#')[0] ?? ''}#/new`);
    // its draft, which was saved only as it was launched, is not open again
    await eventually(async () =>
      assert.equal(await field(page, 'study').getByRole('textbox').inputValue(), 'squeeze-ratio'),
    );
    await write(page, TINY.replace('[0.5, 1]', '[0.25, 1]'));
    const told = '1 cell is unchanged and keeps its runs; 1 cell is new; 1 cell leaves the study';
    // it is asked before it is saved, however late the page knows what is there
    await page.getByRole('button', { name: 'Save without running' }).click();
    await page.getByRole('alertdialog').getByText(told).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('tab', { name: 'Form' }).click();
    await field(page, 'study').getByText(told).waitFor();
    await page.getByRole('button', { name: 'Save without running' }).click();
    await page.getByRole('button', { name: 'Change and save' }).click();
    await page.waitForURL(/#\/studies\/tiny$/);
    const listed = await tests.server().request('studies.list', {});
    assert.deepEqual(
      listed.map(({ name, activity, complete, wanted }) => ({ name, activity, complete, wanted })),
      [{ name: 'tiny', activity: 'idle', complete: 1, wanted: 2 }],
    );

    // nothing can be written before what was asked for is there, which would then replace it
    await page.unrouteAll({ behavior: 'wait' });
    const held: Route[] = [];
    await page.route('**/api/studies.get', (route) => void held.push(route));
    await page.goto('about:blank');
    await page.goto(`${tests.server().url}#/new?from=tiny`);
    await page.getByRole('heading', { name: 'Loading …' }).waitFor();
    assert.equal(await page.getByRole('tab', { name: 'YAML' }).count(), 0);
    assert.ok(await page.locator('header[inert]').getByRole('button', { name: 'Launch' }).isVisible());
    await eventually(async () => {
      assert.ok(held[0]);
      await held[0].continue();
    });
    await page.unroute('**/api/studies.get');
    await eventually(async () =>
      assert.equal(await field(page, 'study').getByRole('textbox').inputValue(), 'tiny-copy'),
    );
    const time = page.getByRole('region', { name: 'Totals' }).getByText(/^(about|under) /);
    await time.waitFor();
  },
);

tests.test(
  'what is missing is offered where it is needed: a data set, and why it cannot be downloaded; an engine',
  '/new',
  async (page) => {
    const place = field(page, 'dataset');
    await place.getByRole('combobox').selectOption('mnist');
    const download = place.getByRole('button', { name: 'Download mnist' });
    await download.click();
    await place
      .getByRole('alert')
      .getByText(/^cannot reach ossci-datasets\.s3\.amazonaws\.com/)
      .waitFor();
    assert.ok(asked.includes('ossci-datasets.s3.amazonaws.com:443'), asked.join());
    // for another attempt
    assert.ok(await download.isEnabled());

    const engines = readlinkSync(enginesFolder(tests.home));
    rmSync(enginesFolder(tests.home));
    await write(page, TINY.replace('tiny', 'without'));
    await page.getByRole('button', { name: 'Launch' }).click();
    const progress = page.getByRole('region', { name: 'Progress' });
    const install = progress.getByRole('button', { name: 'Install TensorFlow for the CPU' });
    await install.waitFor();
    assert.doesNotMatch(await progress.innerText(), /kindling engine/);
    const notice = page
      .getByRole('region', { name: 'Notices' })
      .getByText(/^without ended: No engine is installed/);
    assert.doesNotMatch(await notice.innerText(), /kindling engine/);
    // whoever has left the page is told where they come back
    await page.getByRole('link', { name: 'Runs', exact: true }).first().click();
    await page.waitForURL(/#\/runs/);
    symlinkSync(engines, enginesFolder(tests.home));
    const [engine] = await tests.server().request('engines.list', {});
    await tests.server().request('engines.select', { name: engine?.name ?? '' });
    await page.goBack();
    await progress.getByText('What it lacked is there now: run the missing runs.').waitFor();
    await page.getByRole('button', { name: 'Run 2 missing runs' }).click();
    await page.getByText('2 of 2 runs complete', { exact: true }).waitFor();
    assert.equal(await install.count(), 0);
  },
);

tests.test('axe finds nothing', '/new', async (page) => {
  await cells(page).getByRole('radio').first().waitFor();
  await page.getByText('More training settings').click();
  await page.getByRole('button', { name: 'Fill network.sr from a range' }).click();
  await field(page, 'network.dropout').getByRole('spinbutton').fill('2');
  await field(page, 'network.dropout').getByText('2 is not accepted').waitFor();
  await assertAccessible(page);
  await page.getByRole('tab', { name: 'YAML' }).click();
  await assertAccessible(page);
});
