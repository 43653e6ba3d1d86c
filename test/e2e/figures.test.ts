import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { storeFile } from '../../src-main/home.ts';
import { fillStore } from '../main/cli/filled-store.ts';
import { assertAccessible } from './assert-accessible.ts';
import { beginJob } from './begin-job.ts';
import { downloaded } from './download.ts';
import { eventually } from './eventually.ts';
import { pageTests } from './page-tests.ts';

const MAIN = join(import.meta.dirname, '../../src-main/cli/main.ts');
const tests = pageTests((home) => fillStore(storeFile(home)));

const DRAFT = { source: { kind: 'filter', filter: 'tag:paper' }, chart: { kind: 'factor', x: 'network.sr' } };
const draftPath = (draft: unknown): string => `/figures?draft=${encodeURIComponent(JSON.stringify(draft))}`;

function picture(page: Page): Locator {
  return page.getByRole('region', { name: 'Sheet' }).getByRole('img');
}

/** Resolves when the preview shows another picture than before, and that picture is there. */
async function drawn(page: Page, before: string | null = null): Promise<string> {
  return eventually(async () => {
    const address = await picture(page).getAttribute('src');
    assert.ok(address !== null && address !== before);
    const width = await picture(page).evaluate(
      (image) => (image as unknown as { naturalWidth: number }).naturalWidth,
    );
    assert.ok(width > 0, 'the picture is there');
    return address;
  });
}

interface PdfPage {
  readonly millimetres: readonly number[];
  readonly text: string;
  readonly fonts: readonly string[];
}

async function readPdf(bytes: Buffer): Promise<PdfPage> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({ data: new Uint8Array(bytes) });
  const page = await (await task.promise).getPage(1);
  const [, , width = 0, height = 0] = page.view;
  const { items } = await page.getTextContent();
  await task.destroy();
  const raw = bytes.toString('latin1');
  assert.match(raw, /\/FontFile/);
  return {
    millimetres: [width, height].map((points) => Math.round((points / 72) * 25.4)),
    text: items.flatMap((item) => ('str' in item ? [item.str] : [])).join(' '),
    fonts: [...new Set([...raw.matchAll(/\/BaseFont \/[A-Z]{6}\+(\w+)/g)].map(([, font = '']) => font))],
  };
}

/** What is in the clipboard: a text, or a picture of this width. */
async function clipboard(page: Page): Promise<{ readonly text: string; readonly width: number }> {
  return page.evaluate(async () => {
    interface Item {
      readonly types: readonly string[];
      getType(type: string): Promise<{ text(): Promise<string> }>;
    }
    const place = globalThis as unknown as {
      readonly navigator: { readonly clipboard: { read(): Promise<readonly Item[]> } };
      createImageBitmap(image: unknown): Promise<{ readonly width: number }>;
    };
    const [item] = await place.navigator.clipboard.read();
    if (!item) return { text: '', width: 0 };
    if (!item.types.includes('image/png'))
      return { text: await (await item.getType('text/plain')).text(), width: 0 };
    return { text: '', width: (await place.createImageBitmap(await item.getType('image/png'))).width };
  });
}

/** What a shell makes of the command that the page offers, with another output. */
function commanded(command: string, output: string): string {
  const line = command
    .replace(/^kindling /, `'${process.execPath}' '${MAIN}' `)
    .replace(/--output \S+$/, `--output '${output}'`);
  const { status, stderr } = spawnSync('sh', ['-c', line], {
    encoding: 'utf8',
    env: { ...process.env, KINDLING_HOME: tests.home },
  });
  assert.equal(status, 0, `${line}\n${stderr}`);
  return readFileSync(output, 'utf8');
}

tests.test('job: take a figure into a paper', '/', async (page) => {
  const end = await beginJob(page, 'take a figure into a paper');
  await page.getByRole('main').getByRole('link', { name: 'two-by-two', exact: true }).click();
  const answer = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Answer' }) });
  await answer.getByRole('link', { name: 'Figure', exact: true }).click();
  const narrow = await drawn(page);
  const svg = await downloaded(page, () => page.getByRole('button', { name: 'SVG', exact: true }).click());
  end(3, 'the study, Figure, SVG');
  assert.equal(svg.name, 'heat-map.svg');
  const read = await page.evaluate((text) => {
    const place = globalThis as unknown as { DOMParser: new () => SvgParser };
    interface SvgElement {
      readonly localName: string;
      readonly textContent: string;
      getAttribute(name: string): string | null;
      querySelectorAll(selector: string): ArrayLike<SvgElement>;
    }
    interface SvgParser {
      parseFromString(text: string, type: string): { readonly documentElement: SvgElement };
    }
    const root = new place.DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const texts = Array.from(root.querySelectorAll('text'), ({ textContent }) => textContent);
    return { name: root.localName, width: root.getAttribute('width'), texts };
  }, svg.bytes.toString());
  assert.deepEqual([read.name, read.width], ['svg', '84mm']);
  for (const words of ['51.0', '± 12.7', 'squeeze ratio']) assert.ok(read.texts.includes(words), words);

  await page.getByRole('combobox', { name: 'Width' }).selectOption('two columns');
  await page.getByRole('combobox', { name: 'Font' }).selectOption('serif');
  await page.getByRole('spinbutton', { name: 'Height / width' }).fill('0.5');
  const wide = await drawn(page, narrow);
  await page.getByText('Axes', { exact: true }).click();
  const title = page.getByRole('textbox', { name: 'y axis title' });
  await title.fill('3x3 filters');
  await title.press('Tab');
  await page.getByText('Legend and colours').click();
  await page.getByRole('combobox', { name: 'Colours of values' }).selectOption('viridis');
  await drawn(page, wide);
  const pdf = await readPdf(
    (await downloaded(page, () => page.getByRole('button', { name: 'PDF' }).click())).bytes,
  );
  assert.deepEqual(pdf.millimetres, [174, 87]);
  assert.deepEqual(pdf.fonts, ['STIXTwoText']);
  for (const words of ['± 12.7', '3x3 filters']) assert.ok(pdf.text.includes(words), pdf.text);

  const command = await page.getByRole('region', { name: /^The command/ }).textContent();
  const again = await downloaded(page, () => page.getByRole('button', { name: 'SVG', exact: true }).click());
  assert.equal(commanded(command ?? '', join(tests.home, 'again.svg')), again.bytes.toString());
});

tests.test(
  'panels are added, drawn together and copied, with their caption',
  draftPath({ ...DRAFT, source: { kind: 'study', study: 'two-by-two' } }),
  async (page) => {
    const one = await drawn(page);
    await page.getByRole('combobox', { name: 'Add a panel' }).selectOption('copy');
    await page.getByRole('button', { name: 'b', exact: true, pressed: true }).waitFor();
    const two = await drawn(page, one);
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('cost');
    await drawn(page, two);
    assert.match(page.url(), /panel=b/);
    const caption = page.getByRole('textbox', { name: 'Caption', exact: true });
    await eventually(async () => assert.match(await caption.inputValue(), /^a, Test accuracy by .* b, /));
    await caption.fill('Two panels & one caption.');
    await caption.press('Tab');
    await page.getByRole('combobox', { name: 'Caption goes' }).selectOption('below');
    await page.getByRole('button', { name: 'Copy as LaTeX' }).click();
    await page.getByText('The caption is in the clipboard as LaTeX.').waitFor();
    assert.match((await clipboard(page)).text, /^\\caption\{Two panels \\& one caption\.\}/);
    await page.getByRole('button', { name: 'Copy SVG' }).click();
    await page.getByText('The figure is in the clipboard as SVG.').waitFor();
    const { text: svg } = await clipboard(page);
    for (const words of ['>a<', '>b<', '>Two panels &amp; one caption.<'])
      assert.ok(svg.includes(words), words);
    await page.getByRole('button', { name: 'Copy PNG' }).click();
    await page.getByText('The figure is in the clipboard as PNG.').waitFor();
    // 84 mm at 300 dots per inch
    assert.ok(Math.abs((await clipboard(page)).width - (84 / 25.4) * 300) <= 1);
    const file = join(tests.home, 'panels.svg');
    writeFileSync(file, svg);
    const command = await page.getByRole('region', { name: /^The command/ }).textContent();
    const redrawn = commanded((command ?? '').replace('panels.svg', file), join(tests.home, 'again.svg'));
    assert.ok(redrawn === svg, 'the file of a figure draws the same figure');
  },
  { permissions: ['clipboard-read', 'clipboard-write'] },
);

tests.test('a saved figure is drawn again after further runs', '/figures', async (page) => {
  const server = tests.server();
  const { runs } = await server.request('runs.table', {});
  const first = runs.filter(({ seed }) => seed === 0).map(({ id }) => id);
  const further = runs.filter(({ seed, state }) => seed === 1 && state === 'complete').map(({ id }) => id);
  await server.request('runs.annotate', { runs: first, addTags: ['paper'] });
  await page.getByRole('heading', { name: 'Make any chart a figure for a paper' }).waitFor();
  await page.goto(`${page.url().split('#')[0] ?? ''}#${draftPath(DRAFT)}`);
  await page.getByText('4 runs of 4 cells').waitFor();
  const before = await drawn(page);
  await page.getByRole('button', { name: 'Save …' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ratio: "how far"');
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { level: 1, name: 'Ratio: "how far"' }).waitFor();

  await server.request('runs.annotate', { runs: further, addTags: ['paper'] });
  await server.request('runs.annotate', { runs: first.slice(0, 1), removeTags: ['paper'] });
  await page.getByText('3 runs came and 1 run went since this figure was saved').waitFor();
  await drawn(page, before);
  await page.getByRole('button', { name: 'Redraw with the current runs' }).click();
  await page.getByText('Ratio: "how far" now shows the current runs.').waitFor();
  const [saved] = await server.request('figures.list', {});
  assert.deepEqual(saved?.runs.toSorted(), [...first.slice(1), ...further].toSorted());

  await page.reload();
  await drawn(page);
  await page.getByText('6 runs of 4 cells').waitFor();
  assert.equal(await page.getByText('since this figure was saved').count(), 0);
  const file = await downloaded(page, () => page.getByRole('button', { name: 'CSV' }).click());
  assert.equal(file.name, 'ratio-how-far-.csv');

  await page.getByRole('spinbutton', { name: 'Font size' }).fill('9');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await eventually(async () => {
    const [kept] = await server.request('figures.list', {});
    assert.equal(kept?.specification.style.fontSize, 9);
  });
  const [kept] = await server.request('figures.list', {});
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('Saved figures appear here.').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('navigation', { name: 'Saved figures' }).getByRole('link').click();
  assert.deepEqual(await server.request('figures.list', {}), [kept]);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('Saved figures appear here.').waitFor();
  assert.deepEqual(await server.request('figures.list', {}), []);
});

tests.test(
  'what cannot be drawn says why, and the last picture stays',
  draftPath({ ...DRAFT, source: { kind: 'filter', filter: 'state:complete' } }),
  async (page) => {
    const before = await drawn(page);
    await page.getByRole('textbox', { name: 'Filter' }).fill('state:');
    await page.getByRole('region', { name: 'Preview' }).getByRole('alert').waitFor();
    assert.equal(await picture(page).getAttribute('src'), before);
    await page.getByRole('textbox', { name: 'Filter' }).fill('seed = 0');
    await page.getByText('4 runs of 4 cells').waitFor();
    await drawn(page, before);
    for (const [kind, shown] of [
      ['cost', 'Metric against cost'],
      ['parallel', 'Parallel coordinates'],
      ['differences', 'Differences'],
      ['confusion', 'Confusion matrix'],
    ] as const) {
      const last = await picture(page).getAttribute('src');
      await page.getByRole('combobox', { name: 'Kind' }).selectOption(kind);
      await page.getByRole('img', { name: `${shown} of 4 runs` }).waitFor();
      await drawn(page, last);
    }
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('depth');
    const analyse = page.getByRole('link', { name: 'Analyse the layers of this study' });
    assert.match((await analyse.getAttribute('href')) ?? '', /layers\?study=two-by-two$/);
    await page.getByRole('combobox', { name: 'Kind' }).selectOption('table');
    await page.getByText('\\toprule').waitFor();
  },
);

tests.test('a draft that is none is refused', draftPath({ source: { kind: 'study' } }), async (page) => {
  await page.getByRole('heading', { name: 'No figure at this address' }).waitFor();
});

tests.test(
  'axe finds nothing in the figures, with panels',
  draftPath({ ...DRAFT, source: { kind: 'study', study: 'two-by-two' } }),
  async (page) => {
    await drawn(page);
    const add = page.getByRole('combobox', { name: 'Add a panel' });
    await add.selectOption(await add.locator('option:not([value=""])').first().getAttribute('value'));
    const isOfOne = page.getByRole('checkbox', { name: 'The same runs in all panels' });
    await isOfOne.uncheck();
    await drawn(page);
    await assertAccessible(page);
    await page.reload();
    await isOfOne.waitFor();
    assert.equal(await isOfOne.isChecked(), false, 'it is in the address');
    await page.getByRole('button', { name: 'Save …' }).click();
    await page.getByRole('textbox', { name: 'Name' }).waitFor();
    await assertAccessible(page);
  },
);
