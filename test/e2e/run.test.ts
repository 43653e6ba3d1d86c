import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { storeFile } from '../../src-main/home.ts';
import { openStore } from '../../src-main/store/open-store.ts';
import {
  addRuns,
  epochPoint,
  PROVENANCE,
  RESULT,
  startedRun,
  stepPoint,
  studyInput,
} from '../main/store/sample-study.ts';
import { histogramsOf } from '../fixtures/scripted-numbers.ts';
import { assertAccessible } from './assert-accessible.ts';
import { downloaded } from './download.ts';
import { pageTests } from './page-tests.ts';

const STEPS = 20;
const runs = { complete: '', failed: '', waiting: '' };

/** A complete run with two epochs of points, one that failed and one that waits, all of one cell. */
function fill(home: string): void {
  const store = openStore(storeFile(home), { purpose: 'schedule' });
  store.saveStudy(studyInput());
  const start = (seed: number): string => {
    const run = startedRun(store, seed);
    store.noteTraining(run, { totalSteps: STEPS, stepsPerEpoch: 10, mode: 'eager', modeReason: 'too new' });
    const steps = Array.from({ length: STEPS }, (_, index) => stepPoint(index + 1));
    const histograms = [1, 10, STEPS].map(histogramsOf);
    store.appendPoints([{ run, steps, epochs: [epochPoint(1, true), epochPoint(2, true)], histograms }]);
    return run;
  };
  runs.complete = start(0);
  store.completeRun(runs.complete, { ...RESULT, testAccuracy: 0.7312 });
  runs.failed = start(1);
  store.failRun(runs.failed, { code: 'loss-not-finite', message: 'The loss is NaN.', step: 13 });
  [runs.waiting = ''] = addRuns(store, [2]);
  store.close();
}

const tests = pageTests(fill);

/** The runs have their ids only when the store is there. A page that still loads would go to where it was sent first. */
async function open(page: Page, run: string): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.evaluate((address) => {
    (globalThis as unknown as { location: { hash: string } }).location.hash = address;
  }, `/runs/${run}`);
  await page.getByText(`Run ${run} of cell`).waitFor();
}

function cells(page: Page, row: string) {
  return page
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: row, exact: true }) })
    .getByRole('cell')
    .allTextContents();
}

tests.test('a run shows what the store holds', '/runs', async (page) => {
  await open(page, runs.complete);
  await page.getByText('73.12 %').first().waitFor();
  const belongs = page.getByRole('navigation', { name: 'Where this run belongs' });
  assert.equal(await belongs.getByRole('link').last().getAttribute('href'), '#/datasets/shapes');
  const last = epochPoint(2, true);
  const share = (value: number): string => `${(100 * value).toFixed(2)}\u00a0%`;
  const best = share(epochPoint(1, true).trainingAccuracy);
  assert.deepEqual(await cells(page, 'Training accuracy'), [
    ...[best, share(last.trainingAccuracy), share(last.trainingAccuracy), best],
  ]);
  await page.getByRole('img', { name: /^loss by epoch: training.*, validation, each step$/ }).waitFor();
  await page.getByRole('button', { name: 'Histograms', exact: true }).scrollIntoViewIfNeeded();
  await page
    .getByRole('img', { name: /^gradients: root mean square \(log10\), by layer and step$/ })
    .waitFor();
  const histograms = page.getByRole('region', { name: 'Histograms over training' });
  await histograms.getByRole('img', { name: /^weights of conv1: / }).waitFor();
  await histograms.getByLabel('Values of').selectOption('activations');
  await histograms.getByRole('img', { name: /^activations of conv1: / }).waitFor();
  await page.getByRole('img', { name: /^Confusion matrix/ }).waitFor();
  const scores = (await cells(page, '0')).map((text) => text.trim());
  assert.deepEqual(scores, ['12', '83.3\u00a0%', '90.9\u00a0%', '87.0\u00a0%', '1 (2)']);
  // of classes that differ in size it is said what accuracy is worth
  await page
    .getByText(/^The classes differ in size: always predicting .* scores 99\.9999997\u00a0%\.$/)
    .waitFor();
  await page.getByText(/images are of 1, 12 of 0 .*; none of 2: always predicting 1 scores/).waitFor();
  for (const { host, folder, gitRevision } of [PROVENANCE]) {
    await page.getByText(host, { exact: true }).waitFor();
    await page.getByText(folder, { exact: true }).waitFor();
    await page.getByText(gitRevision ?? '', { exact: true }).waitFor();
  }
  await page.getByText('with uncommitted changes').waitFor();
  await page.getByText('too new').waitFor();
  assert.deepEqual(await cells(page, 'best'), [
    ...['best.safetensors', '1.23 kB (1.21 KiB)', '0'.repeat(64)],
  ]);
  const csv = await downloaded(page, async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Results as CSV' }).click();
  });
  assert.match(csv.bytes.toString(), new RegExp(`\\n${runs.complete},.*0\\.7312`));
});

tests.test('what was recorded of runs stands beside each other', '/compare?study=sample', async (page) => {
  const histograms = page.getByRole('region', { name: 'Histograms over training' });
  await histograms.getByRole('img', { name: /^weights of conv1: / }).waitFor();
  await page.getByRole('region', { name: 'Layers from step to step' }).getByRole('img').first().waitFor();
});

tests.test('note, tags and selection are kept', '/runs', async (page) => {
  await open(page, runs.complete);
  // what is below the curves moves until they are there
  await page.getByRole('img', { name: /^loss by epoch: / }).waitFor();
  await page.getByRole('img', { name: /^Confusion matrix/ }).waitFor();
  await page.getByRole('button', { name: 'Add note' }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('Look at the crosses,\nthey are all wrong.');
  await page.reload();
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByRole('button', { name: 'Edit note' }).waitFor();
  await page.getByRole('combobox', { name: 'Add a tag' }).fill('odd, paper');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Remove the tag odd' }).click();
  await page.getByRole('button', { name: 'Remove the tag odd' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Select' }).click();
  await page.reload();
  await page.getByText('they are all wrong.').waitFor();
  await page.getByRole('button', { name: 'Remove the tag paper' }).waitFor();
  await page.getByRole('button', { name: 'Selected', pressed: true }).waitFor();
  const { row } = await tests.server().request('runs.get', { run: runs.complete });
  assert.deepEqual([row.note, row.tags], ['Look at the crosses,\nthey are all wrong.', ['paper']]);
});

tests.test(
  'the note of a study is shown as Markdown, and no window overwrites another’s',
  '/runs',
  async (page) => {
    const { row } = await tests.server().request('runs.get', { run: runs.complete });
    const { study } = row;
    const text = async (): Promise<string | undefined> =>
      (await tests.server().request('studies.get', { study })).note?.text;
    await open(page, runs.complete);
    await page.evaluate((address) => {
      (globalThis as unknown as { location: { hash: string } }).location.hash = address;
    }, `/studies/${study}`);
    await page.getByText('No note yet.').waitFor();
    await page.getByRole('button', { name: 'Add note' }).click();
    const editor = page.getByRole('textbox', { name: 'Note' });
    await editor.fill('# Found\n\n- **0.5** <img src=x>\n');
    await page.keyboard.press('Control+s');
    const shown = page.getByRole('group', { name: 'Note of the study' });
    await shown.getByRole('heading', { name: 'Found', level: 3 }).waitFor();
    assert.equal(await shown.locator('li').innerText(), '0.5 <img src=x>');
    await page.getByText(/^Saved /).waitFor();

    await page.getByRole('button', { name: 'Edit note' }).click();
    await editor.fill('mine');
    await tests.server().request('studies.annotate', { study, text: 'theirs', base: null });
    await page.getByText('The note was changed elsewhere while you wrote.').waitFor();
    await shown.getByText('theirs').waitFor();
    await editor.press('Escape');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await text(), 'theirs');
    await page.getByRole('button', { name: 'Replace with this note' }).click();
    await shown.getByText('mine').waitFor();
    assert.equal(await text(), 'mine');
    await page.getByRole('button', { name: 'Edit note' }).click();
    await editor.fill('x'.repeat(100_001));
    await page.getByText('A note has 100,000 characters at most; this one has 1 more.').waitFor();
    await editor.press('Escape');
    await page.getByRole('button', { name: 'Discard' }).click();
    await shown.getByText('mine').waitFor();
  },
);

tests.test('a failure says what to do; the other seeds are a click away', '/runs', async (page) => {
  await open(page, runs.failed);
  const failure = page.getByRole('alert', { name: 'Failure' });
  await failure.getByText('The loss is NaN.').waitFor();
  await failure.getByText(/A lower learning rate/).waitFor();
  await failure.getByText('This run failed at step 13').waitFor();
  const choose = async (item: string): Promise<void> => {
    await page.getByRole('button', { name: `More for ${runs.failed}` }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  const notices = page.getByRole('region', { name: 'Notices' });
  await choose('Delete');
  await notices.getByText('1 run deleted; in the trash until that is emptied.').waitFor();
  assert.ok(!(await tests.server().request('runs.table', {})).runs.some(({ id }) => id === runs.failed));
  await notices.getByRole('button', { name: 'Undo' }).click();
  await notices.getByText('1 run restored.').waitFor();
  await choose('Skip');
  await notices.getByText('1 run skipped, until repeated.').waitFor();
  const { row } = await tests.server().request('runs.get', { run: runs.failed });
  assert.deepEqual([row.state, row.skipped], ['failed', true]);
  await page.getByRole('link', { name: runs.waiting }).click();
  await page.getByRole('heading', { level: 1, name: /seed 2$/ }).waitFor();
  await page.getByText('No points yet.').waitFor();
});

tests.test('a run that is not there says so', '/runs/nowhere', async (page) => {
  await page.getByRole('heading', { name: 'The run could not be loaded' }).waitFor();
  await page.getByRole('link', { name: 'Go to runs' }).click();
  await page.getByRole('heading', { level: 1, name: 'Runs' }).waitFor();
});

tests.test('axe finds nothing at a run', '/runs', async (page) => {
  await open(page, runs.complete);
  await page.getByRole('img', { name: /^Confusion matrix/ }).waitFor();
  await page.getByRole('button', { name: /(Add|Edit) note/ }).click();
  await assertAccessible(page);
  await open(page, runs.failed);
  await page.getByRole('alert', { name: 'Failure' }).waitFor();
  await assertAccessible(page);
});
