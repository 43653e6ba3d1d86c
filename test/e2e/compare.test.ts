import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import { studyAnswer } from '../../src-shared/charts/answer/study-answer.ts';
import { rankedCells } from '../../src-shared/charts/cells/best-cell.ts';
import { measureCells } from '../../src-shared/charts/cells/measure-cells.ts';
import { anovaData } from '../../src-shared/charts/kinds/anova/data.ts';
import { USUAL_MODEL } from '../../src-shared/charts/kinds/anova/model.ts';
import { effectsReading, momentReadings } from '../../src-shared/charts/kinds/anova/reading.ts';
import { differencesData } from '../../src-shared/charts/kinds/differences/data.ts';
import { differenceText } from '../../src-shared/charts/difference-text.ts';
import { differencesReading } from '../../src-shared/charts/kinds/differences/table.ts';
import { capital, intervalText, quantityText, spreadText } from '../../src-shared/charts/quantity.ts';
import { cellText, factorText } from '../../src-shared/studies/factor-text.ts';
import { indexRuns } from '../../src-shared/runs/run-index.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import { writePrepared } from '../../src-main/datasets/write-prepared.ts';
import { artifactsFolder, dataFolder, storeFile } from '../../src-main/home.ts';
import { cyclicOutcomes, saveOutcomes } from '../fixtures/save-outcomes.ts';
import { randomPart } from '../main/datasets/small-content.ts';
import { assertAccessible } from './assert-accessible.ts';
import { beginJob } from './begin-job.ts';
import { downloaded } from './download.ts';
import { eventually } from './eventually.ts';
import { startKindling } from './kindling-server.ts';
import { fillHome, TWO_FACTORS } from './fill-home.ts';
import { pageTests } from './page-tests.ts';

const MANY = `study: many
dataset: shapes
network: { family: squeezenet, stem: small, batchNorm: true, dropout: 0 }
vary:
  network.sr: [0.5, 1]
seeds: 260
training: { epochs: 10, batch: 256 }
`;
/** More cells than are drawn at once. */
const WIDE = `study: wide
dataset: shapes
network: { family: squeezenet, stem: small, batchNorm: true, dropout: 0 }
vary:
  network.sr: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
  network.pct3x3: [0, 0.25, 0.5, 1]
seeds: 2
training: { epochs: 2, batch: 256 }
`;
const { test, server, home } = pageTests((home) => {
  const content = {
    classes: Array.from({ length: 10 }, (_, index) => `class with a rather long name ${index}`),
    training: randomPart(20, [32, 32, 3], 10, 1),
    test: randomPart(60, [32, 32, 3], 10, 2),
    source: 'a test',
  };
  const { hash } = writePrepared(dataFolder(home), 'photos', content);
  fillHome(home, TWO_FACTORS, 'ended', hash);
  const store = openStore(storeFile(home), { purpose: 'schedule', artifactsRoot: artifactsFolder(home) });
  // of all seeds of the first two cells
  for (const [place, { id }] of store.runs({ study: 'two-factors' }).slice(0, 6).entries())
    saveOutcomes(
      store,
      id,
      cyclicOutcomes({ images: 60, classes: 10, wrong: [4, 6, 5, 7, 8, 11][place] ?? 1 }, place),
    );
  store.close();
  fillHome(home, WIDE);
  fillHome(home, MANY, 'begun');
});
const STUDY = '/compare?study=two-factors';

async function cellTable(of = 'two-factors', metric = 'testAccuracy'): Promise<CellTable> {
  const { runs, cells } = await server().request('runs.table', {});
  const index = indexRuns({ runs, cells });
  const rows = runs.flatMap(({ study }, row) => (study === of ? [row] : []));
  const ofStudy = cells.filter(({ study }) => study === of);
  return measureCells(index, rows, ofStudy, metric);
}

function section(page: Page, title: string): Locator {
  return page
    .locator('section')
    .filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });
}

/** The rows of the table that stands in the place of a chart. */
async function numbers(part: Locator): Promise<string[][]> {
  await part.getByRole('button', { name: 'Show as table' }).click();
  const table = part.locator('.as-table table');
  await table.waitFor();
  return cellsOf(table);
}

async function cellsOf(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tbody tr').all();
  return Promise.all(rows.map((row) => row.locator('td').allInnerTexts()));
}

test('the heat map has the numbers of the shared code', STUDY, async (page) => {
  const part = section(page, 'Two factors');
  await part.getByRole('img', { name: /the mean of each cell/ }).waitFor();
  const shown = await numbers(part);
  const table = await cellTable();
  assert.equal(shown.length, 6);
  for (const { settings, interval } of table.cells) {
    const { mean, low, n } = interval;
    assert.ok(mean !== null && low !== null);
    const row = shown.find(
      ([x, y]) => x === factorText(settings['network.sr']) && y === factorText(settings['network.pct3x3']),
    );
    const wanted = [quantityText(table.quantity, mean), spreadText(table.quantity, interval), String(n)];
    for (const text of wanted) assert.ok(row?.includes(text), `${text} in ${row?.join(' | ')}`);
  }
});

test('effects have the numbers of the shared code, and their model can be changed', STUDY, async (page) => {
  const part = section(page, 'Effects');
  await part.getByRole('img', { name: /^Effects on test accuracy/ }).waitFor();
  const table = await cellTable();
  const effects = effectsReading(anovaData(table, USUAL_MODEL));
  assert.match(effects.caption ?? '', /^Analysis of variance: 18 runs, the seed as a block\.$/);
  const shown = part.getByRole('table', { name: effects.caption ?? '' });
  const texts = ({ rows }: Pick<typeof effects, 'rows'>): string[][] =>
    rows.map((row) => row.map((value) => factorText(value)));
  assert.deepEqual(await cellsOf(shown), texts(effects));

  await part.getByLabel('Contrasts', { exact: true }).fill('sr: 0.125=-1, 1=2');
  await part.getByLabel('Interactions of up to').selectOption('1');
  const mains = anovaData(table, { ...USUAL_MODEL, order: 1 });
  await part.getByRole('table', { name: effectsReading(mains).caption ?? '' }).waitFor();
  // what is being written stays though the fields were drawn anew
  assert.equal(await part.getByLabel('Contrasts', { exact: true }).inputValue(), 'sr: 0.125=-1, 1=2');
  await part.getByLabel('Simple effects at').selectOption('squeeze ratio');
  await part.getByText('Numeric factors: none').click();
  await part.getByRole('checkbox', { name: '3×3 share' }).check();
  await part.getByLabel('Margin of equivalence').fill('0.75');
  await part.getByLabel('Margin of equivalence').press('Tab');
  await part
    .getByRole('alert')
    .getByText(/add up to 1; they must add up to 0/)
    .waitFor();
  assert.ok(await part.locator('summary').getByText('Marginal means', { exact: true }).isVisible());
  await part.getByLabel('Contrasts', { exact: true }).fill('sr: 0.125=-1, 1=1');
  await part.getByLabel('Contrasts', { exact: true }).press('Tab');
  const changed = anovaData(table, {
    ...{ ...USUAL_MODEL, order: 1, numeric: ['network.pct3x3'], at: 'network.sr', margin: 0.75 },
    contrast: 'sr: 0.125=-1, 1=1',
  });
  await part.getByRole('table', { name: effectsReading(changed).caption ?? '' }).waitFor();
  await part.locator('summary').getByText('Contrasts', { exact: true }).waitFor();
  for (const { title = '', caption = '', ...wanted } of momentReadings(changed)) {
    await part.locator('summary').getByText(title, { exact: true }).click();
    await eventually(async () =>
      assert.deepEqual(await cellsOf(part.getByRole('table', { name: caption })), texts(wanted), title),
    );
  }
  await assertAccessible(page);

  await page.goto(`${server().url}#/studies/two-factors`);
  const answer = section(page, 'Answer');
  await answer.getByText(studyAnswer(await cellTable('two-factors')).headline, { exact: true }).waitFor();
  // what would tell more is asked for by a button
  const { settle } = studyAnswer(await cellTable('two-factors'));
  assert.ok(settle);
  await answer.getByRole('button', { name: `Add ${settle.add} seeds to these cells …` }).click();
  const dialog = page.getByRole('dialog', { name: 'Add seeds' });
  await dialog
    .getByText(`More replicates for ${settle.cells.length} selected cells of two-factors.`)
    .waitFor();
  assert.equal(await dialog.getByLabel('Seeds to add to each cell').inputValue(), String(settle.add));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await answer.getByRole('button', { name: 'By 3×3' }).click();
  const along = answer.getByRole('img', { name: 'test accuracy by 3×3 share' });
  await along.waitFor();
  await page.reload();
  await along.waitFor();
  await part.scrollIntoViewIfNeeded();
  await part.getByLabel('Metric').selectOption('testLoss');
  const loss = effectsReading(anovaData(await cellTable('two-factors', 'testLoss'), USUAL_MODEL));
  await eventually(async () => assert.deepEqual(await cellsOf(shown), texts(loss)));
});

test(
  'cells that are selected in one chart are in all of them, in the address and in Runs',
  STUDY,
  async (page) => {
    const part = section(page, 'Two factors');
    const chart = part.getByRole('img', { name: /the mean of each cell/ });
    await chart.locator('canvas').waitFor();
    const bar = page.getByRole('toolbar', { name: 'Selected' });
    const says = (text: string): Promise<void> => bar.getByText(text).waitFor({ timeout: 2000 });
    // the place of a cell is the chart's matter: somewhere in the middle there is one
    await eventually(async () => {
      const box = await chart.boundingBox();
      assert.ok(box);
      await chart.click({ position: { x: box.width * 0.35, y: box.height * 0.45 }, timeout: 5000 });
      await says('3 of 18 runs, 1 cell selected');
    });
    await page.waitForURL(/selected=/);
    await page.reload();
    await bar.getByText('3 of 18 runs, 1 cell selected').waitFor();

    const marks = part.getByRole('group', { name: /^Marks of/ });
    await marks.press('Home');
    await marks.press('Enter');
    await marks.press('ArrowRight');
    await marks.press(' ');
    await bar.getByText('6 of 18 runs, 2 cells selected').waitFor();
    const confusion = section(page, 'Confusion matrix');
    await confusion.getByText(/^2 of 6 cells shown/).waitFor();
    await confusion.getByLabel('Difference from').selectOption({ index: 1 });
    await confusion.getByRole('img', { name: /^Differences of the confusion matrices of/ }).waitFor();
    await page.waitForURL(/confusion-from=/);
    assert.equal(await section(page, 'Best cells').getByRole('checkbox', { checked: true }).count(), 2);
    const axes = section(page, 'Parallel coordinates').getByRole('list', { name: 'Order of the axes' });
    const names = await axes.getByRole('listitem').allInnerTexts();
    await axes
      .getByRole('button', { name: /to the right$/ })
      .first()
      .press('Alt+ArrowRight');
    await page.waitForURL(/axes=/);
    const [one = '', two = '', ...others] = names;
    assert.deepEqual(await axes.getByRole('listitem').allInnerTexts(), [two, one, ...others]);
    const beside = section(page, 'Side by side');
    await beside.getByRole('row').nth(1).waitFor();
    await beside.getByLabel('Cells, over their runs').check();
    await beside.getByLabel(/^What is the same/).check();
    await beside.getByRole('row', { name: 'Data Seed varies: 0, 1, 2 varies: 0, 1, 2' }).waitFor();
    await bar.getByLabel('Only these').check();
    await page.getByText('6 runs of 2 cells').waitFor();
    await assertAccessible(page);
    await bar.getByRole('button', { name: 'Open in Runs' }).click();
    await page.getByRole('status').getByText('6 of 618 runs').waitFor();
    await page.getByText('6 runs selected').waitFor();
  },
);

test(
  'every section follows what is selected in any of them, by mouse and by keyboard',
  // what takes no part in it would be drawn anew each time
  `${STUDY}&closed=compare-effects,compare-factor,compare-differences,compare-pictures`,
  async (page) => {
    const bar = page.getByRole('toolbar', { name: 'Selected' });
    const confusion = section(page, 'Confusion matrix');
    const rows = section(page, 'Best cells').getByRole('checkbox', { name: /^Select the cell/ });
    /** What the bar says is in all sections. Resolves to the selected cells, once they are others than before. */
    const followed = async (before: string): Promise<string> => {
      let selected = '';
      await eventually(async () => {
        selected = await bar.getByRole('status').innerText({ timeout: 2000 });
        assert.notEqual(selected, before);
        const [runs = 0, cells = 0] = [...selected.matchAll(/(\d+)(?: of 18 runs| cells?)/g)].map(
          ([, count]) => Number(count),
        );
        const inAddress = new URLSearchParams(page.url().split('?')[1]).get('selected')?.split(',') ?? [];
        assert.equal(inAddress.length, runs);
        const checked = await rows.evaluateAll(
          (all: { checked: boolean; indeterminate: boolean }[]) =>
            all.filter((row) => row.checked || row.indeterminate).length,
        );
        assert.equal(checked, cells);
        await confusion
          .getByText(new RegExp(`^${Math.min(4, cells)} of 6 cells shown`))
          .waitFor({ timeout: 2000 });
        const columns = section(page, 'Configurations').getByRole('columnheader');
        assert.equal(await columns.count(), 1 + cells);
        const pictures = section(page, 'Images that change sides');
        for (const side of runs > 1 ? ['Run A', 'Run B'] : ['Run A']) {
          const shown = await pictures.getByLabel(side).inputValue({ timeout: 2000 });
          assert.ok(inAddress.includes(shown), `${side} is not selected`);
        }
        const sides = section(page, 'Side by side').getByLabel('First run');
        assert.ok(inAddress.includes(await sides.inputValue({ timeout: 2000 })));
      });
      return selected;
    };
    const marksOf = (title: string): Locator =>
      section(page, title).getByRole('group', { name: /^Marks of/ });
    type Place = readonly [x: number, y: number];
    const drag = async ([x, y]: Place, [toX, toY]: Place): Promise<void> => {
      await page.mouse.move(x, y);
      await page.mouse.down();
      for (const share of [0.3, 0.6, 1]) await page.mouse.move(x + share * (toX - x), y + share * (toY - y));
      await page.mouse.up();
    };

    // a section that was told what to show follows the next selection
    await section(page, 'Images that change sides').getByLabel('Run A').selectOption({ index: 3 });
    await section(page, 'Side by side').getByLabel('First run').selectOption({ index: 3 });
    await confusion.locator('summary').click();
    await confusion.getByRole('checkbox', { checked: false }).first().check();
    await confusion.getByText(/^3 of 6 cells shown/).waitFor();
    const front = marksOf('Metric against cost');
    await front.press('Home');
    await front.press('Enter');
    let selected = await followed('');

    // of the curves the lowest begins below the others
    const WAYS = [
      { title: 'Metric against cost', from: [0.05, 0.1], to: [0.45, 0.85] },
      { title: 'Two factors', from: [0.05, 0.1], to: [0.5, 0.85] },
      { title: 'Curves', from: [0.03, 0.68], to: [0.2, 0.85] },
    ] as const;
    for (const { title, from, to } of WAYS) {
      const marks = marksOf(title);
      await marks.scrollIntoViewIfNeeded();
      const box = (await marks.boundingBox()) ?? assert.fail(title);
      await page.keyboard.down('Shift');
      await drag(
        [box.x + from[0] * box.width, box.y + from[1] * box.height],
        [box.x + to[0] * box.width, box.y + to[1] * box.height],
      );
      await page.keyboard.up('Shift');
      selected = await followed(selected);
    }

    const axes = marksOf('Parallel coordinates');
    const words = axes.getByRole('status');
    /** Of an axis, the keyboard's range. */
    const mark = async (): Promise<void> => {
      await axes.scrollIntoViewIfNeeded();
      const box = (await axes.locator('.cursor').boundingBox()) ?? assert.fail();
      const x = box.x + box.width / 2;
      await drag([x, box.y + 2], [x, box.y + box.height - 2]);
    };
    await axes.press('ArrowRight');
    await axes.press('ArrowUp');
    await axes.press('Shift+ArrowDown');
    assert.match(await words.innerText(), / 0\.5 to 1, 12 lines$/);
    await mark();
    selected = await followed(selected);
    assert.match(selected, /^12 of 18 runs, 4 cells/);
    // what passes through both
    await axes.press('ArrowRight');
    assert.match(await words.innerText(), / 0\.5, 9 lines$/);
    await mark();
    selected = await followed(selected);
    assert.match(selected, /^6 of 18 runs, 2 cells/);
    await axes.press('Enter');
    selected = await followed(selected);
    assert.match(selected, /^9 of 18 runs, 3 cells/);

    await rows
      .and(page.getByRole('checkbox', { checked: false }))
      .first()
      .press('Space');
    selected = await followed(selected);
    assert.match(selected, /^12 of 18 runs, 4 cells/);
    await page.goto(`${server().url}#/layers?study=two-factors`);
    await page.getByLabel('Only their cells').waitFor();
    assert.equal(await bar.getByRole('status').innerText(), selected);
  },
);

test('curves are smoothed, and what is not drawn is told', STUDY, async (page) => {
  const part = section(page, 'Curves');
  await part.getByRole('img', { name: /^validation accuracy .*6 lines$/ }).waitFor();
  await part.getByLabel('Smoothing').fill('0.6');
  await part.getByText('0.60').waitFor();
  await part.getByRole('combobox', { name: 'x axis', exact: true }).selectOption('relative time');
  await part.getByLabel('Mean of each cell').uncheck();
  await part.getByRole('combobox', { name: 'Colours' }).selectOption('3×3 share');
  await part.getByRole('img', { name: /by relative time, 18 lines$/ }).waitFor();
  // a link shows the same
  const parts = ['curve-x=time', 'curve-smoothing=0.6', 'curve-lines=runs', 'curve-colour=network.pct3x3'];
  await page.waitForURL(({ href }) => parts.every((part) => href.includes(part)));
  await page.reload();
  await part.getByRole('img', { name: /by relative time, 18 lines$/ }).waitFor();
  const lines = part.getByRole('list', { name: 'Lines' });
  await lines.getByRole('button').first().press('Shift+Enter');
  await page.waitForURL(/hidden-compare-curves=/);
  await page.reload();
  await lines.getByRole('button', { name: 'Show all' }).waitFor();
  assert.equal(await lines.getByRole('button', { pressed: true }).count(), 1);
  await lines.getByRole('button', { name: 'Show all' }).click();
  assert.equal(await lines.getByRole('button', { pressed: true }).count(), 18);
  const rows = await numbers(part);
  assert.equal(rows.length, 18);
  assert.ok(
    rows.every(([, , points]) => points === '10'),
    JSON.stringify(rows[0]),
  );
  await page.getByLabel('Runs of').selectOption('many');
  await part.getByLabel('Mean of each cell').uncheck();
  await page.getByText('500 of 520 runs, evenly over cells').waitFor();
});

test('the wheel scrolls the page over every chart; with Ctrl it zooms', STUDY, async (page) => {
  const main = page.getByRole('main');
  const scrolled = (): Promise<number> => main.evaluate(({ scrollTop }: { scrollTop: number }) => scrollTop);
  const charts = page.locator('[data-drawings]');
  await page.locator('canvas').nth(5).waitFor();
  const labels = await charts.evaluateAll((all) =>
    all.map((chart: { getAttribute(name: string): string | null }) => chart.getAttribute('aria-label') ?? ''),
  );
  assert.ok(labels.length >= 5, labels.join());
  for (const label of labels) {
    const chart = page.getByRole('img', { name: label, exact: true });
    await chart.scrollIntoViewIfNeeded();
    await chart.hover();
    const before = await scrolled();
    // upwards, too: the last chart stands at the end of the page
    await page.mouse.wheel(0, before > 100 ? -40 : 40);
    await eventually(async () => assert.notEqual(await scrolled(), before, label));
  }

  const part = section(page, 'Curves');
  await part.getByText('Ctrl + mouse wheel to zoom, drag to pan.').waitFor();
  await part.locator('canvas').hover();
  const before = await scrolled();
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -200);
  await page.keyboard.up('Control');
  await part.getByRole('button', { name: 'Reset zoom' }).click();
  await part.getByRole('button', { name: 'Reset zoom' }).waitFor({ state: 'detached' });
  assert.equal(await scrolled(), before);
});

test('differences are told with what few seeds cannot carry', STUDY, async (page) => {
  const part = section(page, 'Differences');
  const { rows, quantity, notes } = differencesData(await cellTable(), null);
  const shown = await numbers(part);
  assert.deepEqual(
    shown.map(([label, difference]) => [label, difference]),
    rows.map((row) => [row.label, row.difference === null ? '–' : differenceText(quantity, row.difference)]),
  );
  assert.match(notes.join(), /no claim of significance/);
  for (const note of notes)
    await part
      .getByRole('paragraph')
      .filter({ hasText: capital(note) })
      .waitFor();
  await part
    .getByRole('combobox')
    .getByText('the best mean validation accuracy')
    .waitFor({ state: 'attached' });

  await part.getByLabel('Margin of equivalence').fill('0.75');
  await part.getByLabel('Margin of equivalence').press('Tab');
  const within = differencesReading(differencesData(await cellTable(), null, 0.75));
  await eventually(async () =>
    assert.deepEqual(
      await cellsOf(part.getByRole('table')),
      within.rows.map((row) => row.map((value) => factorText(value))),
    ),
  );
});

test('every section of a study has something to show', STUDY, async (page) => {
  for (const title of ['One factor', 'Metric against cost', 'Parallel coordinates', 'Confusion matrix']) {
    const part = section(page, title);
    await part.locator('canvas').first().waitFor();
    const rows = await numbers(part);
    assert.ok(rows.length > 0, title);
  }
  const settings = await section(page, 'Configurations').getByRole('table').innerText();
  assert.match(settings, /squeeze ratio\s+0\.125\s+0\.125\s+0\.5\s+0\.5\s+1\s+1/);

  // what is shown of the study is kept under a name; the default view is of the same study
  await page
    .getByRole('combobox', { name: /^Metric/ })
    .first()
    .selectOption('testLoss');
  await page.waitForURL(/metric=testLoss/);
  const shown = page.url();
  const views = page.getByRole('button', { name: 'Views', exact: true });
  await views.click();
  await page.getByLabel('Name of the view').fill('by loss');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const saved = page.getByRole('button', { name: 'by loss', exact: true });
  await saved.waitFor();
  await page.getByRole('link', { name: 'Reset to the default view' }).click();
  await page.waitForURL(/#\/compare\?study=two-factors$/);
  await views.click();
  await saved.click();
  await page.waitForURL(shown);
  await views.click();
  await page.getByRole('button', { name: 'Remove the view by loss' }).click();
  await saved.waitFor({ state: 'detached' });
  await page.keyboard.press('Control+z');
  await saved.waitFor();
});

test('of two runs the images that change sides are shown', STUDY, async (page) => {
  const part = section(page, 'Images that change sides');
  await part.scrollIntoViewIfNeeded();
  await part.getByRole('button', { name: 'Find the images that change sides' }).waitFor();
  const { runs } = await server().request('runs.table', {});
  for (const [place, { id }] of runs.slice(0, 2).entries())
    await part.getByLabel(`Run ${['A', 'B'][place]}`).selectOption(id);
  const sides = part.getByRole('table', { name: 'Test images by which of the two is right' });
  await sides.waitFor();
  // the first gets each fourth of 60 wrong, the second each sixth
  assert.deepEqual(await sides.locator('td').allInnerTexts(), ['40', '5', '10', '5']);
  await part.getByText('15 images change sides; McNemar’s exact test p = 0.302, mid-p = 0.210.').waitFor();
  await part.getByLabel('Images that').selectOption('first');
  await part.getByText(/^5 images shown, the largest change of loss first/).waitFor();
  await part.getByLabel('True class').selectOption('4');
  await part.getByText(/^1 image shown/).waitFor();
  await part.getByLabel('Wrongly predicted class').selectOption('7');
  await part.getByText('No image that changes sides is of these classes.').waitFor();
  await part.getByLabel('Wrongly predicted class').selectOption('5');
  // the address has it all
  await page.reload();
  await part.scrollIntoViewIfNeeded();
  await part.getByText(/^1 image shown/).waitFor();
  assert.deepEqual(
    await Promise.all(['Run A', 'Run B'].map((label) => part.getByLabel(label).inputValue())),
    runs.slice(0, 2).map(({ id }) => id),
  );
  const image = part.getByRole('button', {
    name: /^Test image 54: .* name 4 A → .* name 4 loss 0\.1000 B → .* name 5 loss 55\.00$/,
  });
  await image.locator('img').waitFor();
  await assertAccessible(page);
  await image.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('heading', { name: /^A: .*seed 0/ }).waitFor();
  // these runs were simulated
  await dialog
    .getByText(/The checkpoint .* cannot be read/)
    .nth(1)
    .waitFor();
  await page.keyboard.press('Escape');

  // two seeds of one cell have no cells to compare; of two cells all seeds are
  const compare = part.getByRole('button', { name: 'Compare the cells over all their seeds' });
  assert.equal(await compare.count(), 0);
  await part.getByLabel('Run B').selectOption(runs[3]?.id ?? '');
  await compare.waitFor();
  assert.equal(await part.getByText('a side has no training').count(), 0);
  await compare.click();
  await part.getByText(/^Over the images .* for the same trainings\.$/).waitFor();
  await part.getByText(/^Over the seeds .*\(95\u00a0% paired t interval, n\u00a0=\u00a03, /).waitFor();
});

test('pictures are shown to four networks at most, and that is said', STUDY, async (page) => {
  const part = section(page, 'Try them on a picture');
  await part.scrollIntoViewIfNeeded();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    part.getByRole('button', { name: 'Choose pictures' }).press('Enter'),
  ]);
  // these runs were simulated: none can look at it
  await chooser.setFiles([{ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('no picture') }]);
  const more = part.getByLabel('Compare with');
  for (let count = 2; count < 4; count += 1) await more.selectOption({ index: 1 });
  await part.getByText(/^4 networks are the most side by side: leave one out/).waitFor();
  assert.equal(await more.count(), 0);
  await part
    .getByRole('button', { name: /^Leave out / })
    .first()
    .click();
  await more.waitFor();
});

test('job: find the best cell; of many the best come first, the rest on demand', '/', async (page) => {
  const end = await beginJob(page, 'find the best cell');
  await page.getByRole('main').getByRole('link', { name: 'wide', exact: true }).click();
  const ranked = rankedCells(await cellTable('wide'));
  const [first] = ranked.cells;
  assert.ok(first);
  const answer = section(page, 'Answer');
  await answer.getByText(cellText(first.settings), { exact: true }).waitFor();
  await answer.getByText(intervalText((await cellTable('wide')).quantity, first.interval)).waitFor();
  end(1, 'the study');
  await page.getByRole('main').getByRole('link', { name: 'Compare', exact: true }).click();
  const best = section(page, 'Best cells');
  const table = best.getByRole('table', { name: 'Ranked by mean validation accuracy.' });
  await table.waitFor();
  const wanted = ranked.cells.map(({ settings, interval }) => [
    factorText(settings['network.sr']),
    interval.mean === null ? '' : (100 * interval.mean).toFixed(1),
  ]);
  const told = async (): Promise<string[][]> =>
    (await cellsOf(table)).map(([, , sr = '', , reached = '']) => [sr, reached.split(' ')[0] ?? '']);
  assert.deepEqual(await told(), wanted.slice(0, 10));
  await best.getByRole('button', { name: `Show all ${wanted.length}` }).click();
  await eventually(async () => assert.deepEqual(await told(), wanted));

  // what is below is not drawn before it is looked at
  const busy = page.locator('[aria-busy]');
  assert.ok((await busy.count()) >= 3);
  const part = section(page, 'Differences');
  await part.scrollIntoViewIfNeeded();
  await part.getByText(`1 to 24 of ${wanted.length - 1} cells`).waitFor();
  await part.getByRole('button', { name: 'Next cells' }).click();
  await part.getByText(`25 to ${wanted.length - 1} of ${wanted.length - 1} cells`).waitFor();
  assert.equal((await numbers(part)).length, wanted.length - 1);
  for (const each of await page.getByRole('main').getByRole('heading', { level: 2 }).all())
    await each.scrollIntoViewIfNeeded();
  await busy.first().waitFor({ state: 'detached' });
  const height = await page
    .getByRole('main')
    .evaluate(({ scrollHeight }: { scrollHeight: number }) => scrollHeight);
  assert.ok(height < 7000, `the page is ${height} px high`);

  const curves = section(page, 'Curves');
  await curves.scrollIntoViewIfNeeded();
  const limit = curves.getByLabel(/^Cells/);
  await limit.selectOption(`all ${wanted.length}`);
  await page.waitForURL(/curve-cells=all/);
  await curves.getByRole('img', { name: new RegExp(`${wanted.length} lines$`) }).waitFor();
});

test('where the store is only read, what would change it is off and says why', STUDY, async (page) => {
  const reader = await startKindling(home, 0, ['--read-only']);
  try {
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) refused.push(response.url());
    });
    const assertOff = async (names: readonly string[]): Promise<void> => {
      for (const name of names) {
        const button = page.getByRole('button', { name }).first();
        await button.waitFor();
        // off from the start, but the reason is known only when the host has told it
        assert.ok(await button.isDisabled(), name);
        await eventually(async () =>
          assert.match((await button.getAttribute('title')) ?? '', /open read-only/, name),
        );
      }
    };
    await page.goto(`${reader.url}#/studies/two-factors`);
    // by keyboard; the first format is HTML
    const menu = page.getByRole('button', { name: 'Report', disabled: false });
    await menu.waitFor();
    await menu.focus();
    await page.keyboard.press('Enter');
    // the menu moves the focus into itself after it is there
    await page.locator('[role=menuitem]:focus', { hasText: 'HTML' }).waitFor();
    const report = await downloaded(page, () => page.keyboard.press('Enter'));
    assert.equal(report.name, 'two-factors-report.html');
    assert.match(report.bytes.toString(), /^<!doctype html>[^]*<h1>two-factors<\/h1>/);
    await menu.click();
    await page.getByRole('menuitem', { name: 'Figures and margin …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Report of two-factors' });
    await dialog.getByLabel('Format').selectOption('LaTeX');
    await dialog.getByLabel('Distribution of errors').check();
    await dialog.getByLabel(/Margin of equivalence/).fill('2');
    const chosen = await downloaded(page, () => dialog.getByRole('button', { name: 'Save report' }).click());
    assert.equal(chosen.name, 'two-factors-report.zip');
    assert.ok(chosen.bytes.includes('two-factors-report_files/errors.pdf'));
    assert.ok(!chosen.bytes.includes('two-factors-report_files/cost.pdf'));
    await page.getByRole('checkbox', { name: 'Select all cells' }).check();
    await assertOff(['Add seeds to selected cells …']);
    await page.getByRole('button', { name: 'More for two-factors' }).click();
    const off = page.locator('.menu-item[data-disabled]');
    await off.last().waitFor();
    assert.deepEqual(await off.allInnerTexts(), ['Add seeds …', 'Tags …', 'Move to trash …']);
    await page.getByRole('menuitem', { name: 'Duplicate' }).click();
    await assertOff(['Launch', 'Save without running']);
    await page.getByRole('tab', { name: 'YAML' }).click();
    await page.getByLabel('Study file, the same as for the command line').fill('study: to read\n');
    await page.getByText(/^Draft saved .*; launching needs a writable store$/).waitFor();
    const [run] = (await reader.request('runs.table', {})).runs;
    await page.goto(`${reader.url}#/runs/${run?.id}`);
    await assertOff(['Add note', 'Add']);
    await page.goto(`${reader.url}#/compare?study=two-factors`);
    await section(page, 'One factor').getByRole('link', { name: 'Figure' }).click();
    await assertOff(['Save …']);
    assert.deepEqual(refused, []);
  } finally {
    // a page whose server is gone complains
    await page.goto('about:blank');
    await reader.stop();
  }
});
