import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Resvg } from '@resvg/resvg-js';
import sharp from 'sharp';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import { metadataOf } from '../../../src-main/figures/provenance.ts';
import { formatNamed } from '../../../src-main/figures/formats/registry.ts';
import { renderFigure } from '../../../src-main/figures/render-figure.ts';
import { figureSetting } from './figure-store.ts';

const HEAT_MAP = { kind: 'heat map', x: 'sr', y: 'pct3x3' };
const CHARTS = [
  HEAT_MAP,
  { kind: 'factor', x: 'sr', line: 'pct3x3' },
  { kind: 'cost' },
  { kind: 'parallel', columns: ['sr', 'pct3x3', 'parameters'] },
  { kind: 'differences' },
  { kind: 'confusion' },
  { kind: 'curves', metric: 'loss' },
];

async function render(
  context: TestContext,
  chart: unknown,
  format: string,
  style: unknown = {},
): Promise<{ bytes: Buffer; text: string; runs: readonly string[] }> {
  const specification = figureSpecificationSchema.parse({
    source: { kind: 'study', study: 'two-by-two' },
    chart,
    style,
  });
  const { file, runs } = await renderFigure(figureSetting(context), specification, formatNamed(format));
  const bytes = Buffer.from(file.bytes);
  return { bytes, text: bytes.toString('utf8'), runs };
}

/** All texts of an SVG, entities resolved. */
function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
}

test('every chart is an SVG of its millimetres that a strict parser draws, without what only a browser reads', async (context) => {
  for (const chart of CHARTS) {
    const { text } = await render(context, chart, 'svg', { title: 'A & B < 50 %', font: 'serif' });
    assert.match(text, /<svg [^>]*width="84(\.\d+)?mm" height="63(\.\d+)?mm"/, chart.kind);
    assert.doesNotMatch(text, /dominant-baseline|ecmeta|<style|NaN|undefined|Infinity/, chart.kind);
    assert.ok(textsOf(text).includes('A & B < 50 %'), chart.kind);
    // Throws where the XML is not well-formed.
    const { width, pixels } = new Resvg(text).render();
    assert.ok(width > 200 && new Set(pixels.subarray(0, 400_000)).size > 10, chart.kind);
  }
});

test('a heat map states mean, half width and n of each cell, and carries what it was drawn from', async (context) => {
  const { text, runs } = await render(context, HEAT_MAP, 'svg');
  const texts = textsOf(text);
  // 0.50 and 0.52: t(0.975, 1) * 0.01414 / sqrt(2) = 12.706 %.
  for (const words of [
    '51.0',
    '± 12.7',
    '62.5',
    '± 19.1',
    '70.0',
    'no interval',
    'n\u00a0=\u00a01',
    'squeeze ratio',
    '3×3 share',
    'test accuracy (%)',
  ]) {
    assert.ok(texts.includes(words), words);
  }
  // Three cells, and the means over the column and the row in which all have two seeds.
  assert.equal(texts.filter((words) => words === 'n\u00a0=\u00a02').length, 5);
  const provenance = JSON.parse(metadataOf(text) ?? '') as {
    specification: unknown;
    runs: unknown;
    version: unknown;
  };
  const again = figureSpecificationSchema.parse(provenance.specification);
  assert.deepEqual([again.chart.kind, again.source], ['heat map', { kind: 'study', study: 'two-by-two' }]);
  assert.deepEqual(provenance.runs, runs);
  assert.equal(runs.length, 8);
});

test('a figure without title and notes has neither', async (context) => {
  const { text } = await render(context, HEAT_MAP, 'svg', { notes: false });
  assert.ok(!textsOf(text).some((words) => words.includes('half width')));
});

test('a PNG has the pixels of its size at its dpi, and says so', async (context) => {
  const { bytes } = await render(context, { kind: 'cost' }, 'png', {
    width: 'two columns',
    dpi: 150,
    aspect: 0.5,
  });
  const { width, height, density, exif } = await sharp(bytes).metadata();
  const expected = (174 / 25.4) * 150;
  assert.ok(
    Math.abs((width ?? 0) - expected) <= 1 && Math.abs((height ?? 0) - expected / 2) <= 1,
    `${width} x ${height}`,
  );
  assert.equal(density, 150);
  assert.ok(exif?.toString('latin1').includes('"program":"Kindling"'));
});

test('the same figure is the same bytes', async (context) => {
  for (const format of ['svg', 'png'] as const) {
    const [first, second] = [
      await render(context, { kind: 'cost' }, format),
      await render(context, { kind: 'cost' }, format),
    ];
    // Each store gives its runs new ids.
    const shape = (text: string, runs: readonly string[]): string =>
      runs.reduce((kept, run) => kept.replaceAll(run, ''), text);
    if (format === 'svg') assert.equal(shape(first.text, first.runs), shape(second.text, second.runs));
    else
      assert.deepEqual(await sharp(first.bytes).raw().toBuffer(), await sharp(second.bytes).raw().toBuffer());
  }
});

test('a PDF has its size in points, its texts as texts, and its fonts in it', async (context) => {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  for (const [font, name] of [
    ['sans', 'SourceSans3'],
    ['serif', 'STIXTwoText'],
  ] as const) {
    const { bytes } = await render(context, HEAT_MAP, 'pdf', { font });
    const task = getDocument({ data: new Uint8Array(bytes) });
    const document = await task.promise;
    const page = await document.getPage(1);
    const [, , width = 0, height = 0] = page.view;
    assert.ok(
      Math.abs(width - (84 / 25.4) * 72) < 0.1 && Math.abs(height - (63 / 25.4) * 72) < 0.1,
      `${width} x ${height}`,
    );
    const { items } = await page.getTextContent();
    const texts = items.flatMap((item) => ('str' in item ? [item.str] : []));
    for (const words of ['51.0', '± 12.7', '3×3 share', 'squeeze ratio'])
      assert.ok(texts.join(' ').includes(words), words);
    await task.destroy();
    const raw = bytes.toString('latin1');
    const named = [...raw.matchAll(/\/BaseFont \/[A-Z]{6}\+(\w+)/g)].map(([, base]) => base);
    assert.ok(named.length > 0 && named.every((base) => base === name), named.join());
    assert.match(raw, /\/FontFile2/);
    assert.doesNotMatch(raw, /\/BaseFont \/Helvetica/);
  }
});

test('pgfplots holds the numbers of the data, in balanced braces, with nothing that TeX would take for a command', async (context) => {
  for (const chart of CHARTS) {
    const { text } = await render(context, chart, 'pgfplots', { title: '50 % of A_1 & {B}' });
    const body = text.replace(/^% .*$/gm, '').replaceAll(/\\[{}]/g, '');
    assert.equal([...body.matchAll(/\{/g)].length, [...body.matchAll(/\}/g)].length, chart.kind);
    assert.ok(text.includes('\\textbf{50 \\% of A\\_1 \\& \\{B\\}}'), chart.kind);
    assert.equal(
      [...text.matchAll(/\\begin\{(\w+)\}/g)].length,
      [...text.matchAll(/\\end\{(\w+)\}/g)].length,
    );
    assert.doesNotMatch(body, /[^ -~\n]/, chart.kind);
  }
  const { text } = await render(context, HEAT_MAP, 'pgfplots');
  const numbers = [...text.matchAll(/^(\d) (\d) ([\d.]+)\\\\$/gm)].map(([, x, y, value]) =>
    [x, y, value].map(Number),
  );
  assert.deepEqual(numbers, [
    [0, 0, 51],
    [1, 0, 56.5],
    [0, 1, 62.5],
    [1, 1, 70],
  ]);
});

test('CSV and JSON hold what is drawn, unrounded', async (context) => {
  const { text } = await render(context, HEAT_MAP, 'csv');
  const lines = text.trim().split('\n');
  assert.equal(lines[0], 'squeeze ratio,3×3 share,state,test accuracy,low,high,n seeds,n cells,left out');
  assert.equal(lines.length, 1 + 4 + 2 + 2 + 1);
  assert.match(text, /^0\.125,0,measured,0\.51,0\.38293\d+,0\.63706\d+,2,1,$/m);
  assert.match(text, /^1,0\.5,measured,0\.7,,,1,1,1 diverged$/m);
  // of the greatest squeeze ratio one cell has both seeds and one cell one: no block has an interval
  assert.match(text, /^1,mean,marginal,0\.6325,,,0,2,$/m);
  const json = JSON.parse((await render(context, HEAT_MAP, 'json')).text) as {
    rows: unknown[];
    runs: unknown[];
  };
  assert.deepEqual([json.rows.length, json.runs.length], [9, 8]);
});

test('CSV of curves, of settings and results, and of matrices has the left-out runs', async (context) => {
  const linesOf = async (chart: unknown): Promise<string[]> =>
    (await render(context, chart, 'csv')).text.trim().split('\n');
  const curves = await linesOf({ kind: 'curves', metric: 'loss', groupBy: ['cell'] });
  assert.match(curves[0] ?? '', /,n,left out,ends early,sample$/);
  assert.match(curves.at(-1) ?? '', /^"SR = 1, 3×3 = 0\.5",,.*,1,,1 diverged,$/);
  const parallel = await linesOf({ kind: 'parallel', columns: ['sr', 'pct3x3', 'parameters'] });
  assert.match(parallel.at(-1) ?? '', /^,1,0\.5,\d+,,1 diverged$/);
  const confusion = await linesOf({ kind: 'confusion' });
  assert.match(confusion.at(-1) ?? '', /^"SR = 1, 3×3 = 0\.5",1,dog_&,dog_&,8,0\.8,1 diverged$/);
});

test('curves without a value are a problem that says so', async (context) => {
  await assert.rejects(render(context, { kind: 'curves', metric: 'validationLoss' }, 'svg'), {
    code: 'usage',
    message: 'None of these runs has a curve of validation loss.',
  });
});

test('pgfplots shows the ranges that axes of numbers are asked to show, whatever the chart', async (context) => {
  // of which axes each has numbers
  const axes: readonly (readonly [
    chart: { readonly kind: string; readonly [field: string]: unknown },
    axes: string,
  ])[] = [
    [HEAT_MAP, ''],
    [{ kind: 'factor', x: 'sr', line: 'pct3x3' }, 'y'],
    [{ kind: 'cost' }, 'xy'],
    [{ kind: 'parallel', columns: ['sr', 'pct3x3', 'parameters'] }, ''],
    [{ kind: 'differences' }, 'x'],
    [{ kind: 'effects', order: '1' }, 'x'],
    [{ kind: 'errors' }, 'xy'],
    [{ kind: 'confusion' }, ''],
    [{ kind: 'curves', metric: 'loss' }, 'xy'],
  ];
  const asked = { x: [1, 1e7], y: [-500, 900] } as const;
  for (const [chart, wanted] of axes) {
    const style = { xRange: asked.x, yRange: asked.y };
    const { text } = await render(context, chart, 'pgfplots', style);
    const plain = (await render(context, chart, 'pgfplots')).text;
    for (const name of ['x', 'y'] as const) {
      const last = (of: string): string =>
        [...of.matchAll(new RegExp(`${name}min=.*, ${name}max=.*`, 'g'))].at(-1)?.[0] ?? '';
      const [low = NaN, high = NaN] = [
        ...last(text).matchAll(new RegExp(`${name}(?:min|max)=([^,]+)`, 'g')),
      ].map(([, end]) => Number(end));
      const isShown = low <= asked[name][0] && high >= asked[name][1];
      assert.equal(isShown, wanted.includes(name), `${chart.kind} ${name}: ${last(text)}`);
      if (!isShown) assert.equal(last(text), last(plain));
    }
  }
});

test('what a table cannot be is a problem that says what it can be', async (context) => {
  await assert.rejects(render(context, { kind: 'table' }, 'pdf'), /booktabs, csv or json/);
  const anova = { kind: 'anova' };
  await assert.rejects(render(context, anova, 'svg'), /booktabs, csv or json/);
  assert.match((await render(context, anova, 'csv')).text, /^test accuracy,effect,squeeze ratio,,1,/m);
  await assert.rejects(
    render(context, { kind: 'heat map', x: 'sr', y: 'pct3x3', metric: 'device' }, 'svg'),
    /contains no numbers/,
  );
});

test('letters that a file cannot show are named in a warning', async (context) => {
  const setting = {
    ...figureSetting(context),
    datasetOf: () => ({ classes: ['猫', 'пёс'], shape: [32, 32, 3] as const }),
  };
  const specification = figureSpecificationSchema.parse({
    source: { kind: 'study', study: 'two-by-two' },
    chart: { kind: 'confusion' },
    style: { font: 'serif' },
  });
  for (const [format, lost] of [
    ['svg', null],
    ['csv', null],
    ['pdf', /^The fonts of this file do not contain 猫 \(U\+732B\), so/],
    ['png', /^The fonts of this file do not contain 猫 \(U\+732B\), so/],
    [
      'pgfplots',
      /^pdflatex .* cannot typeset 猫, п, ё, с \(U\+732B, U\+043F, U\+0451, U\+0441\): use lualatex/,
    ],
  ] as const) {
    const { warning, file } = await renderFigure(setting, specification, formatNamed(format));
    if (lost === null) assert.equal(warning, null, format);
    else assert.match(warning ?? '', lost);
    if (format === 'pgfplots')
      assert.ok(Buffer.from(file.bytes).toString().split('\n')[1]?.startsWith('% pdflatex'));
  }
});
