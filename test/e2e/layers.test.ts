import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { AnalysisSettings } from '../../src-shared/analysis/analysis-result.ts';
import type { ResultOf } from '../../src-shared/contract/api/index.ts';
import sharp from 'sharp';
import { artifactsFolder } from '../../src-main/home.ts';
import { assertAccessible } from './assert-accessible.ts';
import { beginJob } from './begin-job.ts';
import { downloaded } from './download.ts';
import { eventually, PATIENCE } from './eventually.ts';
import { pageTests } from './page-tests.ts';

const { test, server, home } = pageTests();

/** Two short trainings of a tiny network. */
const STUDY = `study: tiny
dataset: shapes
network: { family: squeezenet, stem: small, stemFilters: 4, baseE: 4, incrE: 0, dropout: 0 }
vary: { network.sr: [1] }
seeds: 2
data: { trainingLimit: 256 }
training: { epochs: 1, batch: 32, learningRate: 0.01 }
`;

/** Of a picture, what is asked here. */
interface Picture {
  readonly naturalWidth: number;
  readonly clientWidth: number;
}

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

/** The page Layers of a run as it is at first, also where it is open already. */
async function open(page: Page, run: string): Promise<void> {
  const [host = '', path = ''] = page.url().split('#');
  await page.goto(`${host}#/layers?run=${run}&question=methods`);
  if (path.startsWith('/layers')) await page.reload();
  await page.locator('form').waitFor();
}

function layer(page: Page, name: string) {
  return page
    .getByRole('region', { name: 'Layer analysis: metrics' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
}

/** A panel of the page, which is filled when it comes into view; what loads above may move it out again. */
async function panel(page: Page, title: string): Promise<Locator> {
  const section = page
    .locator('section')
    .filter({ has: page.getByRole('button', { name: title, exact: true }) });
  await eventually(async () => {
    await section.scrollIntoViewIfNeeded();
    assert.equal(await section.locator('.panel-body').count(), 1);
  });
  return section;
}

/** Computes what is not known yet, and waits for its end. */
async function analyse(
  runs: string[],
  methods: string[],
  settings: AnalysisSettings = { images: 60 },
): Promise<void> {
  const { id } = await server().request('analysis.start', { runs, methods, settings });
  await ended(id);
}

async function ended(id: string): Promise<void> {
  await eventually(async () => {
    const task = (await server().request('tasks.list', {})).find((each) => each.id === id);
    assert.equal(task?.state, 'done', task?.message);
  });
}

/** The last one that the page began, of which something is known already; its progress bar may have gone before one looks. */
async function analysesEnded(): Promise<void> {
  await eventually(async () => {
    const tasks = await server().request('tasks.list', {});
    assert.equal(tasks.findLast(({ changes }) => changes === 'analyses')?.state, 'done');
  });
}

function widthsOf(picture: Locator): Promise<{ readonly natural: number; readonly shown: number }> {
  return picture.evaluate(({ naturalWidth, clientWidth }: Picture) => ({
    natural: naturalWidth,
    shown: clientWidth,
  }));
}

/** Chooses nothing but these methods, by keyboard. */
async function choose(page: Page, methods: readonly string[]): Promise<void> {
  const form = page.locator('form');
  for (const family of ['Representations', 'Weight structure']) {
    const box = form.getByRole('checkbox', { name: family, exact: true });
    assert.ok(await box.isChecked(), `${family} is chosen in the beginning`);
    await box.focus();
    await page.keyboard.press('Space');
  }
  assert.ok(await form.getByRole('button', { name: 'Run analyses' }).isDisabled());
  for (const method of methods) await form.getByRole('checkbox', { name: method }).check();
}

test(
  'the layers of a trained run are asked what they do, and shown beside their baselines',
  '/',
  async (page) => {
    await server().request('studies.save', { text: STUDY, launch: true });
    const run = await eventually(async () => (await completeRuns())[0] ?? assert.fail());
    await open(page, run.id);
    await choose(page, ['Linear probe', 'Spatial energy of 3x3 kernels']);
    await page.getByLabel('Test images').fill('60');
    await page.keyboard.press('Enter');

    const squeeze = layer(page, 'fire2/squeeze');
    await squeeze.waitFor({ timeout: 2 * PATIENCE });
    await analysesEnded();
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
      .selectOption('Spatial energy of 3x3 kernels');
    await page.getByRole('columnheader', { name: /^Entropy of the taps/ }).waitFor();
    await layer(page, 'fire2/expand3x3').waitFor();
    assert.equal(await squeeze.count(), 0);
    const isWithin = await page
      .getByRole('region', { name: 'Layer analysis: metrics' })
      .evaluate((place: Place) => place.clientWidth < (place.closest('.panel')?.clientWidth ?? 0));
    assert.ok(isWithin, 'a table that is wider than the panel scrolls in it');
    await assertAccessible(page);

    // what is known and what was chosen is there after a reload, and methods that were asked are marked
    await page.reload();
    await layer(page, 'fire2/expand3x3').waitFor();
    assert.equal(await squeeze.count(), 0);
    await page.locator('form').getByText('cached').first().waitFor();
    assert.equal(await page.locator('form').getByText('cached', { exact: true }).count(), 2);
  },
);

test('methods are asked with their settings; what they cannot take is said before', '/', async (page) => {
  const [run] = await eventually(completeRuns);
  assert.ok(run);
  await open(page, run.id);
  await choose(page, []);
  const form = page.locator('form');
  const start = form.getByRole('button', { name: 'Run analyses' });
  const pictures = form.getByRole('checkbox', { name: 'Visualizations', exact: true });
  await pictures.check();
  assert.ok(await start.isEnabled(), 'all pictures can be asked without a number of images');
  await page.getByLabel('Test images').fill('2000');
  await form
    .getByRole('alert')
    .getByText(/saliency-randomization takes a whole number from 2 to 200/)
    .waitFor();
  assert.ok(await start.isDisabled());
  const methods = (await server().request('analysis.methods', {})).flatMap(({ family, name }) =>
    family === 'pictures' ? [name] : [],
  );
  const tooMany = server().request('analysis.start', {
    ...{ runs: [run.id], methods },
    settings: { images: 2000 },
  });
  await assert.rejects(tooMany, /saliency-randomization takes a whole number from 2 to 200/);
  const { id } = await server().request('analysis.start', { runs: [run.id], methods });
  await eventually(async () => {
    const task = (await server().request('tasks.list', {})).find((each) => each.id === id);
    assert.match(task?.phase ?? '', new RegExp(`^${methods[0]} of run ${run.id}, 1 of ${methods.length}$`));
  });
  await server().request('tasks.cancel', { task: id });
  await eventually(async () => {
    const task = (await server().request('tasks.list', {})).find((each) => each.id === id);
    assert.equal(task?.state, 'cancelled');
  });

  await open(page, run.id);
  await choose(page, ['Integrated gradients', 'Channel ablation']);
  const settings = form.getByText('Method settings');
  await settings.focus();
  await page.keyboard.press('Enter');
  const gradients = form.getByRole('group', { name: 'Integrated gradients' });
  const steps = gradients.getByRole('textbox', { name: 'steps' });
  assert.equal(await steps.getAttribute('placeholder'), '128');
  await steps.fill('7');
  await form
    .getByRole('alert')
    .getByText(/^integrated-gradients\.steps: 7 is not accepted/)
    .waitFor();
  await steps.fill('128');
  await steps.blur();
  assert.equal(await steps.inputValue(), '', 'a default is not kept');
  await steps.fill('8');
  await gradients.getByRole('textbox', { name: 'shown' }).fill('2');
  await gradients.getByRole('combobox', { name: 'baseline' }).selectOption('black');
  const lesion = form.getByRole('group', { name: 'Channel ablation' });
  await lesion.getByRole('textbox', { name: 'images' }).fill('20');
  await lesion.getByRole('combobox', { name: 'replacement' }).selectOption('zero');
  await assertAccessible(page);
  assert.ok(!decodeURIComponent(page.url()).includes('128'));

  // what was entered is in the address: after a reload, on the way back and for whoever is sent it
  const address = page.url();
  const entered = async (): Promise<void> => {
    assert.ok(await form.getByRole('checkbox', { name: /^Integrated gradients/ }).isChecked());
    assert.equal(await form.locator('input:checked').count(), 2);
    await settings.click();
    assert.equal(await steps.inputValue(), '8');
    assert.equal(await lesion.getByRole('combobox', { name: 'replacement' }).inputValue(), 'zero');
  };
  await page.reload();
  await entered();
  await page.goto(`${address.split('#')[0] ?? ''}#/runs`);
  await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
  await page.goBack();
  await entered();
  await start.click();
  await eventually(async () => {
    const asked = { runs: [run.id], findings: ['integrated-gradients', 'channel-lesion'] };
    assert.deepEqual(
      (await server().request('analysis.results', asked)).map(({ settings: used }) => used),
      [
        { images: 20, replacement: 'zero' },
        { shown: 2, class: 'predicted', steps: 8, baseline: 'black' },
      ],
    );
  });
});

test('pictures of a layer are looked at, and a run that has none says what to do', '/', async (page) => {
  const [, run] = await eventually(completeRuns);
  assert.ok(run);
  await open(page, run.id);
  await choose(page, ['Grad-CAM']);
  await page.getByRole('button', { name: 'Run analyses' }).click();
  const pictures = page.getByRole('link', { name: '1 visualization of fire2/squeeze' });
  await pictures.waitFor({ timeout: 2 * PATIENCE });
  await pictures.click();
  await page.getByRole('heading', { name: 'fire2/squeeze', level: 1 }).waitFor();
  const picture = page.getByRole('region', { name: 'Visualizations: Grad-CAM' }).getByRole('img');
  await picture.waitFor();
  assert.match((await picture.getAttribute('alt')) ?? '', /^Grad-CAM of fire2\/squeeze/);
  await eventually(async () => assert.ok((await widthsOf(picture)).natural > 0));
  const top = (await page.getByRole('heading', { name: 'Visualizations' }).boundingBox())?.y ?? Infinity;
  assert.ok(top >= 0 && top < 60, `the pictures are scrolled to, not ${top} px below the top`);
  await assertAccessible(page);

  const file = await downloaded(page, () =>
    page.getByRole('button', { name: 'Save fire2-squeeze.png' }).click(),
  );
  assert.equal(file.name, 'fire2-squeeze.png');
  await page.getByRole('button', { name: 'Enlarge fire2-squeeze.png' }).click();
  const enlarged = page.getByRole('dialog', { name: 'fire2/squeeze' }).getByRole('img');
  await eventually(async () => {
    const { natural, shown } = await widthsOf(enlarged);
    assert.ok(natural > 0 && shown >= 2 * natural && shown % natural === 0, `${shown} of ${natural} pixels`);
  });
  await assertAccessible(page);
  // the arrows and Esc belong to the dialog while it is there
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'fire2/squeeze', level: 1 }).waitFor();

  // on to the next layer one stays with the pictures
  await page.getByRole('link', { name: /^Next layer/ }).click();
  await page.getByRole('img', { name: /^Grad-CAM of fire2\/expand1x1/ }).waitFor();
  assert.match(page.url(), /#pictures$/);
});

test('a layer has a page: what it is, its numbers beside those of the other seeds', '/', async (page) => {
  const [run, other] = await eventually(completeRuns);
  assert.ok(run && other);
  // the last two are looked at in other tests: each start of an analysis costs seconds
  await analyse(
    [run.id, other.id],
    ['probe', 'similarity', 'taylor-importance', 'similarity-across', 'loss-landscape'],
    { images: 60, 'loss-landscape.images': 20, 'loss-landscape.points': 5 },
  );
  await open(page, run.id);
  await layer(page, 'fire2/squeeze').getByRole('link', { name: 'fire2/squeeze', exact: true }).click();
  await page.getByRole('heading', { name: 'fire2/squeeze', level: 1 }).waitFor();
  assert.equal(await page.title(), 'tiny – fire2/squeeze – Kindling');
  await page.getByRole('region', { name: 'Layer properties' }).getByText('convolution, ReLU').waitFor();

  const analyses = await server().request('analysis.results', { runs: [run.id, other.id] });
  const resultOf = (of: string, method: string, measure: string, at: string | null) => {
    const found = analyses
      .find((analysis) => analysis.run === of && analysis.method === method)
      ?.results.find((result) => result.measure === measure && result.layer === at && !result.other);
    return found ?? assert.fail(`${method} has no ${measure} of ${at}`);
  };
  const [own, theirs] = [run.id, other.id].map((id) =>
    resultOf(id, 'probe', 'cross-entropy', 'fire2/squeeze'),
  );
  assert.ok(own?.value && theirs?.value && own.interval);
  const row = page
    .getByRole('region', { name: 'Linear probe: metrics' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: /^Probe cross-entropy/ }) });
  const digits = (value: number | null | undefined): string => value?.toPrecision(3) ?? 'none';
  await row.getByText(`n = 2`).waitFor();
  const cells = await row.getByRole('cell').allTextContents();
  assert.ok(cells[0]?.startsWith(digits(own.value)), cells[0]);
  assert.ok(
    cells[1]?.includes(`95\u00a0% interval ${digits(own.interval[0])} to ${digits(own.interval[1])}`),
  );
  assert.ok(cells[1]?.includes(`untrained ${digits(own.baselines['untrained'])}`), cells[1]);
  assert.ok(cells[2]?.startsWith(digits((own.value + theirs.value) / 2)), cells[2]);
  assert.equal(cells[3], `${digits(theirs.value)} of seed ${other.seed}`);

  // each channel, and the pairs that the method has told of from the other layer's side
  const channels = page.getByRole('region', { name: 'Taylor importance: channels' });
  await channels.getByRole('img', { name: 'Taylor importance of the channels of fire2/squeeze' }).waitFor();
  await channels.getByRole('button', { name: 'Show as table' }).click();
  const ofChannels = analyses
    .filter(({ run: of, method }) => of === run.id && method === 'taylor-importance')
    .flatMap(({ results }) => results)
    .filter((result) => result.layer === 'fire2/squeeze' && result.channel !== null);
  const asTable = channels.getByRole('region', {
    name: 'Taylor importance of the channels of fire2/squeeze',
  });
  // with its head
  assert.equal(await asTable.getByRole('row').count(), ofChannels.length + 1);
  const pairs = page.getByRole('region', { name: /^Similarity of layers: / });
  await pairs.getByRole('link', { name: 'conv1', exact: true }).waitFor();
  await pairs.getByRole('link', { name: 'fire9/squeeze', exact: true }).waitFor();
  await assertAccessible(page);
});

test('a branch is removed in the drawing, and its colours follow the training', '/', async (page) => {
  const [run] = await eventually(completeRuns);
  assert.ok(run);
  const host = page.url().split('#')[0] ?? '';
  // also what is not known of it yet
  await page.goto(`${host}#/network?run=${run.id}&colour=separation/nc1`);
  await page.getByText('Neural collapse NC1 has no results here.').waitFor();
  await page.getByRole('button', { name: 'Measure', exact: true }).waitFor();
  await page.getByRole('button', { name: 'Measure over training' }).waitFor();
  const to = `run=${run.id}&open=all&colour=probe/cross-entropy&part=test`;
  await page.goto(`${host}#/network?${to}`);
  const branch = page.getByRole('treeitem', { name: /^fire2\/expand3x3:/ });
  // what is told of a node that is pointed at moves nothing
  const other = page.getByRole('treeitem', { name: /^fire2\/squeeze:/ });
  const place = await other.boundingBox();
  await branch.hover();
  assert.deepEqual(await other.boundingBox(), place);
  await branch.click({ modifiers: ['Shift'] });
  assert.equal(await branch.getAttribute('aria-selected'), 'true');
  await page.getByRole('button', { name: 'Measure the accuracy' }).click();
  const row = page
    .getByRole('region', { name: 'Accuracies without parts of the network' })
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: 'fire2/expand3x3', exact: true }) });
  await row.waitFor({ timeout: 2 * PATIENCE });
  const [found] = await server().request('analysis.results', { runs: [run.id], findings: ['joint-lesion'] });
  const shareOf = (measure: string): string => {
    const value = found?.results.find((result) => result.measure === measure)?.value;
    return value == null ? 'none' : `${(100 * value).toFixed(1)}\u00a0%`;
  };
  const cells = await row.getByRole('cell').allTextContents();
  assert.deepEqual(cells.slice(2, 4), [shareOf('accuracy-intact'), shareOf('accuracy-ablated')]);

  await page.getByRole('button', { name: 'Measure over training' }).click();
  const slider = page.getByRole('slider', { name: 'Epoch' });
  await slider.waitFor({ timeout: 2 * PATIENCE });
  // one that the training has changed
  const [probe] = await server().request('analysis.results', {
    ...{ runs: [run.id], findings: ['probe/cross-entropy'] },
  });
  const change = ({ value, baselines }: { value: number | null; baselines: object }): number =>
    Math.abs((value ?? 0) - Number(Object.entries(baselines).find(([name]) => name === 'untrained')?.[1]));
  const changed = (probe?.results ?? []).toSorted((one, other) => change(other) - change(one))[0]?.layer;
  const box = page.locator(`[data-node="left ${changed}"]`);
  const atTheEnd = await box.getAttribute('aria-label');
  await slider.press('Home');
  await page.getByRole('group', { name: 'Over training' }).getByText('before the training').waitFor();
  assert.notEqual(await box.getAttribute('aria-label'), atTheEnd);
  assert.match(page.url(), /epoch=0/);
});

test('the other seeds of the cell are analysed from the page of a layer', '/', async (page) => {
  const [run, other] = await eventually(completeRuns);
  assert.ok(run && other);
  await analyse([run.id, other.id], ['similarity-across']);
  await analyse([run.id], ['separation']);
  await page.goto(`${page.url().split('#')[0] ?? ''}#/network/layer?run=${run.id}&layer=fire2/squeeze`);
  const none = page.getByText(/None of the cell's 1 other seed has been analysed/);
  await none.waitFor();
  // each of the two names the other as the one that it is compared with
  const across = page.getByRole('region', { name: 'Similarity across runs', exact: true });
  await across.getByText('n = 2').first().waitFor();
  assert.equal(await none.count(), 1);
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Class separation: analyse the other seeds too' }).click();
  await none.waitFor({ state: 'detached', timeout: PATIENCE });
  const [analysis] = await server().request('analysis.results', {
    runs: [other.id],
    findings: ['separation'],
  });
  assert.deepEqual(analysis?.settings, { images: 60 });
});

test('the arrows lead through the layers, Esc back; what is not there is said', '/', async (page) => {
  const [run] = await eventually(completeRuns);
  assert.ok(run);
  const go = (query: string) => page.goto(`${page.url().split('#')[0] ?? ''}#/network/layer${query}`);
  const title = (name: string) => page.getByRole('heading', { name, level: 1, exact: true }).waitFor();
  await go(`?run=${run.id}&layer=fire2/squeeze`);
  await page.getByRole('button', { name: 'Metrics' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await title('fire2/expand1x1');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  await title('pool1');
  // in a field the arrows are the field's
  const field = page.getByRole('combobox', { name: 'Layer' });
  await field.focus();
  await page.keyboard.press('ArrowLeft');
  await field.selectOption('whole network');
  await title('Whole network');
  assert.ok(await page.getByRole('button', { name: 'Next layer' }).isDisabled());
  await assertAccessible(page);
  await field.blur();
  await page.keyboard.press('Escape');
  await page.waitForURL(new RegExp(`#/layers\\?run=${run.id}$`));

  await go(`?run=${run.id}&layer=fire77`);
  await page.getByText('There is no layer fire77').waitFor();
  await assertAccessible(page);
  await go('?run=nowhere&layer=conv1');
  await page.getByText('There is no run nowhere.').waitFor();
});

test(
  'job: explain why a cell loses; its measures are drawn along depth, and become a figure',
  '/',
  async (page) => {
    const runs = (await eventually(completeRuns)).map(({ id }) => id);
    const end = await beginJob(page, 'explain why a cell loses');
    await page.getByRole('main').getByRole('link', { name: 'tiny', exact: true }).click();
    await page.getByRole('main').getByRole('link', { name: 'Layers', exact: true }).click();
    await page.getByRole('heading', { name: 'Layers of tiny', level: 1 }).waitFor();
    // a question tells what it costs before, and is answered in words and charts
    await page.getByRole('radio', { name: /^Where are 3x3 kernels needed/ }).check();
    await page.getByText(/^5 analyses to compute, perhaps .* a guess, as 4 of them were not timed/).waitFor();
    await page.getByRole('radio', { name: /^one seed of each cell/ }).check();
    await page
      .getByText(/^2 analyses to compute, perhaps .* a guess, as none of these methods was timed/)
      .waitFor();
    await page.waitForURL(/question=kernels&of=one/);
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    const answer = page.locator('section').filter({
      has: page.getByRole('heading', { name: 'Where are 3x3 kernels needed?' }),
    });
    await answer
      .getByText(/^Energy share: centre is greatest in .*n\u00a0=\u00a01 seed of 1 cell/)
      .waitFor({ timeout: 2 * PATIENCE });
    await page
      .getByText('Nothing is left to compute: the answer is below.')
      .waitFor({ timeout: 2 * PATIENCE });
    await answer.getByRole('img', { name: 'Spatial energy of 3×3 kernels' }).waitFor();
    end(5, 'the study, Layers, a question, one seed, Ask');
    await assertAccessible(page);
    await page.getByRole('radio', { name: /^all 2 complete runs/ }).check();
    await page.getByText(/^3 analyses to compute, about .* by earlier ones on this machine/).waitFor();
    await page.getByText('answered for 1 of 2 runs').waitFor();
    await page.getByRole('radio', { name: /^Methods of your choice/ }).check();
    await choose(page, ['Rank of the weights', 'Spatial energy of 3x3 kernels']);
    await page.getByRole('button', { name: 'Run analyses' }).click();
    await eventually(async () => {
      const known = await server().request('analysis.results', { runs, findings: ['weight-ranks'] });
      assert.equal(known.length, 2);
    });
    await analysesEnded();
    const taps = await panel(page, 'Spatial energy of 3×3 kernels');
    await taps.getByRole('img', { name: 'Spatial energy of 3×3 kernels' }).waitFor();

    // what stands in a file of each run is drawn, too: the untrained network beside the trained one
    const landscape = await panel(page, 'Loss landscape');
    await landscape.getByRole('img', { name: / by distance from the trained weights/ }).waitFor();
    await landscape.getByRole('button', { name: 'Show as table' }).click();
    const losses = page.getByRole('region', { name: / by distance from the trained weights/ });
    assert.equal(await losses.getByRole('row').filter({ hasText: 'mean' }).count(), 5);
    assert.equal(await losses.getByRole('row').filter({ hasText: 'untrained' }).count(), 5);

    const depth = await panel(page, 'Depth profile');
    await depth.getByLabel('Measure').selectOption('weight-ranks/stable-rank');
    await depth.getByRole('img', { name: /^Stable rank by layer/ }).waitFor();
    await page.waitForURL(({ hash }) => decodeURIComponent(hash).includes('depth={"measure":"weight-ranks/'));
    // as a view
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByLabel('Name of the view').fill('stable rank');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('link', { name: 'Reset to the default view' }).click();
    await page.waitForURL(({ hash }) => !hash.includes('depth='));
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'stable rank', exact: true }).click();
    await page.waitForURL(({ hash }) => decodeURIComponent(hash).includes('depth={"measure":"weight-ranks/'));
    await depth.getByRole('img', { name: /^Stable rank by layer/ }).waitFor();
    await depth.getByRole('button', { name: 'Show as table' }).click();
    const analyses = await server().request('analysis.results', { runs, findings: ['weight-ranks'] });
    const values = analyses.flatMap(({ results }) =>
      results
        .filter(({ layer: name, measure }) => name === 'fire2/squeeze' && measure === 'stable-rank')
        .map(({ value }) => value ?? NaN),
    );
    assert.equal(values.length, 2);
    const row = depth.getByRole('row').filter({ hasText: 'fire2/squeeze' }).filter({ hasText: 'mean' });
    const mean = Number((((values[0] ?? NaN) + (values[1] ?? NaN)) / 2).toPrecision(4));
    // the chart of the measure before stays until that of this one is gathered
    await row.getByRole('cell', { name: String(mean), exact: true }).waitFor();
    const cells = await row.getByRole('cell').allTextContents();
    assert.ok(cells.includes('2'), 'n is the number of seeds');

    // the same numbers from module to module
    const evolution = await panel(page, 'Evolution over the modules');
    await evolution.getByLabel('Measure').selectOption('weight-ranks/stable-rank');
    await evolution.getByRole('img', { name: 'Stable rank by module' }).waitFor();
    await evolution.getByRole('button', { name: 'Show as table' }).click();
    const ofModule = evolution
      .getByRole('row')
      .filter({ hasText: 'fire2/squeeze' })
      .filter({ hasText: 'mean' });
    await ofModule.getByRole('cell', { name: String(mean), exact: true }).waitFor();
    await assertAccessible(page);

    await depth.getByRole('link', { name: 'Figure' }).click();
    await page.getByRole('heading', { level: 1, name: 'Figures' }).waitFor();
    await page.getByRole('img', { name: /^Depth profile of the study tiny/ }).waitFor();
  },
);

test('layers of a study that there is not say so', '/studies/nothing/layers', async (page) => {
  await page.getByText('There is no study named nothing.').waitFor();
});

test(
  'an imported network is analysed on images that are chosen, and its layers have pages',
  '/',
  async (page) => {
    const [run] = await eventually(completeRuns);
    assert.ok(run);
    const { artifacts } = await server().request('runs.get', { run: run.id });
    const file = artifacts.find(({ kind }) => kind === 'last')?.file ?? assert.fail('no last checkpoint');
    const options = { file: join(artifactsFolder(home), run.id, file), name: 'elsewhere', options: {} };
    const { id } = await server().request('networks.import', options);
    await ended(id);
    await page.goto(`${page.url().split('#')[0] ?? ''}#/layers?imported=elsewhere&question=methods`);
    await page.locator('form').waitFor();
    await choose(page, ['Class separation']);
    const form = page.locator('form');
    assert.equal(await form.getByRole('checkbox', { name: 'Similarity across runs' }).count(), 0);
    await form.getByRole('alert').getByText('Name a folder of pictures').waitFor();
    await form.getByRole('combobox', { name: /^From/ }).selectOption('shapes');
    await form.getByLabel('How many images').fill('60');
    await page.reload();
    await eventually(async () => {
      assert.equal(await form.getByRole('combobox', { name: /^From/ }).inputValue(), 'shapes');
      assert.equal(await form.getByLabel('How many images').inputValue(), '60');
      assert.equal(await form.locator('input:checked').count(), 1);
    });
    await assertAccessible(page);
    await form.getByRole('button', { name: 'Run analyses' }).click();
    const link = layer(page, 'fire2/squeeze').getByRole('link');
    await link.waitFor({ timeout: 2 * PATIENCE });
    assert.equal(
      await page
        .getByLabel('On images')
        .inputValue()
        .then((key) => key.split('\n')[0]),
      'shapes',
    );
    const [network] = await server().request('networks.list', {});
    const [analysis] = await server().request('analysis.results', { runs: [network?.id ?? ''] });
    const [told] = analysis?.results.filter((result) => result.layer === 'fire2/squeeze') ?? [];
    const evolution = await panel(page, 'Evolution over the modules');
    await evolution.getByRole('button', { name: 'Show as table' }).click();
    const drawn = evolution.getByRole('row').filter({ hasText: 'fire2/squeeze' }).filter({ hasText: 'mean' });
    await drawn
      .getByRole('cell', { name: String(Number(told?.value?.toPrecision(4))), exact: true })
      .waitFor();

    // what is chosen among analyses with other settings is kept by the pages of the layers, and on the way back
    const more = await server().request('analysis.start', {
      ...{ runs: [network?.id ?? ''], methods: ['separation'] },
      ...{ settings: { images: 80 }, data: 'shapes' },
    });
    await ended(more.id);
    await page.reload();
    await page.getByRole('combobox', { name: 'Measures', exact: true }).selectOption('Class separation');
    const variant = page.getByRole('combobox', { name: 'With', exact: true });
    await variant.waitFor();
    assert.deepEqual(await variant.locator('option').allTextContents(), ['images 80', 'images 60']);
    await variant.selectOption('images 60');
    await page.waitForURL(/with=separation\.[0-9a-f]{8}/);

    await link.click();
    await page.getByRole('heading', { name: 'fire2/squeeze', level: 1 }).waitFor();
    await page.getByText(/trained elsewhere: there are no other seeds/).waitFor();
    const numbers = page.getByRole('region', { name: 'Class separation: metrics' });
    await numbers
      .getByText(told?.value?.toPrecision(3) ?? 'none')
      .first()
      .waitFor();
    await assertAccessible(page);
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Layers of elsewhere', level: 1 }).waitFor();
    assert.match(page.url(), /imported=elsewhere.*with=separation/);
    await page.getByRole('link', { name: 'Network', exact: true }).last().click();
    await page.getByRole('heading', { name: 'Network', level: 1 }).waitFor();

    const mistakes = page.locator('section', {
      has: page.getByRole('heading', { level: 2, name: 'Misclassified images' }),
    });
    await mistakes.scrollIntoViewIfNeeded();
    await mistakes.getByRole('button', { name: 'Choose images' }).click();
    await mistakes.getByRole('combobox', { name: /^From/ }).selectOption('shapes');
    await mistakes.getByRole('button', { name: 'Find the misclassified images' }).click();
    await mistakes.getByText(/ of 1,000 test images are misclassified/).waitFor({ timeout: 2 * PATIENCE });
    await mistakes
      .getByRole('button', { name: /^Test image \d+: / })
      .first()
      .locator('img')
      .waitFor();
    await assertAccessible(page);
  },
);

test('pictures are shown to a run, and to another beside it', '/runs', async (page) => {
  const [run, other] = await completeRuns();
  await page.goto(`${page.url().split('#')[0] ?? ''}#/runs/${run?.id ?? ''}`);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    // by keyboard: what is loaded above moves the button, and a click may fall beside it
    page.getByRole('button', { name: 'Choose pictures' }).press('Enter'),
  ]);
  const red = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#e04010' } })
    .png()
    .toBuffer();
  await chooser.setFiles([
    { name: 'red.png', mimeType: 'image/png', buffer: red },
    { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') },
  ]);
  const picture = page.getByRole('listitem', { name: 'red.png' });
  await picture.getByRole('img', { name: 'red.png as the network sees it' }).waitFor();
  await picture.getByText(/^60x40 pixels scaled to 48x32; short side 32, centre 32x32, /).waitFor();
  assert.equal(await picture.getByText(/^\d+\.\d\u00a0%$/).count(), 5);
  await picture.getByRole('button', { name: 'All 10 classes' }).click();
  assert.equal(await picture.getByText(/^\d+\.\d\u00a0%$/).count(), 10);
  await page
    .getByRole('listitem', { name: 'notes.jpg' })
    .getByText(/The image notes\.jpg cannot be read/)
    .waitFor();

  await page.getByLabel('of layer').selectOption('fire2/squeeze');
  await picture.getByText(/^Grad-CAM of fire2\/squeeze for /).waitFor();
  await page.getByLabel('Compare with').selectOption(other?.id ?? '');
  await picture.getByRole('heading', { name: `(${other?.id ?? ''})` }).waitFor();
  await eventually(async () =>
    assert.equal(await picture.getByText(/^Grad-CAM of fire2\/squeeze for /).count(), 2),
  );
  await page.getByLabel('Explained by').selectOption('integrated-gradients');
  await eventually(async () =>
    assert.equal(await picture.getByText(/^Integrated gradients for /).count(), 2),
  );
  await assertAccessible(page);
  await page.getByRole('button', { name: 'Remove all pictures' }).click();
  await picture.waitFor({ state: 'detached' });
});

test('the misclassified test images of a run are seen, and each is explained', '/runs', async (page) => {
  const [run] = await completeRuns();
  const [confusion] = await server().request('runs.confusions', { runs: [run?.id ?? ''] });
  const counts = confusion?.counts ?? [];
  const images = counts.flat().reduce((sum, count) => sum + count, 0);
  const right = counts.reduce((sum, row, truth) => sum + (row[truth] ?? 0), 0);
  await page.goto(`${page.url().split('#')[0] ?? ''}#/runs/${run?.id ?? ''}`);
  const title = page.getByRole('button', { name: 'Misclassified test images' });
  const find = page.getByRole('button', { name: 'Find the misclassified images' });
  await eventually(async () => {
    // what loads above it moves it out of sight, where it has no contents yet
    await title.scrollIntoViewIfNeeded();
    assert.equal(await find.count(), 1);
  });
  await find.click();
  const told = `${(images - right).toLocaleString('en-US')} of ${images.toLocaleString('en-US')} test images are misclassified`;
  await page.getByText(told).waitFor({ timeout: 2 * PATIENCE });
  const [truth, predicted] = worstPair(counts);
  await page.getByRole('combobox', { name: /^True class/ }).selectOption(String(truth));
  await page.getByRole('combobox', { name: /^Predicted class/ }).selectOption(String(predicted));
  await page.getByText(new RegExp(`^${counts[truth]?.[predicted] ?? 0} images? shown`)).waitFor();
  const image = page.getByRole('button', { name: /^Test image \d+: / }).first();
  await image.locator('img').waitFor();
  assert.equal((await widthsOf(image.locator('img'))).natural, 32);
  await image.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(/^Grad-CAM of conv10 for /).waitFor();
  await dialog.getByText('(true class)').waitFor();
  await assertAccessible(page);
  await page.keyboard.press('Escape');

  // the keyboard begins at the worst pair
  const matrix = page.getByRole('group', { name: /^Confusion matrix/ });
  await matrix.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const next = Math.min(predicted + 1, counts.length - 1);
  await page.waitForURL((url) => url.hash.endsWith(`?true=${truth}&predicted=${next}`));
  await page.getByText(new RegExp(`^${counts[truth]?.[next] ?? 0} images? shown`)).waitFor();
  const box = await matrix.locator('canvas').boundingBox();
  assert.ok(box);
  await matrix.click({ position: { x: box.width / 2, y: box.height / 3 } });
  await page.waitForURL((url) => !url.hash.endsWith(`?true=${truth}&predicted=${next}`));
});

/** The two classes of which most images are confused: the true and the predicted one. */
function worstPair(counts: readonly (readonly number[])[]): readonly [truth: number, predicted: number] {
  const pairs = counts.flatMap((row, truth) =>
    row.map((count, predicted) => ({ truth, predicted, count: truth === predicted ? -1 : count })),
  );
  const [worst] = pairs.toSorted((a, b) => b.count - a.count);
  assert.ok(worst);
  return [worst.truth, worst.predicted];
}
