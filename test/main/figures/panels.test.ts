import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatNamed } from '../../../src-main/figures/formats/registry.ts';
import { metadataOf } from '../../../src-main/figures/provenance.ts';
import {
  type FigureSetting,
  renderFigure,
  type RenderedFigure,
} from '../../../src-main/figures/render-figure.ts';
import { type SvgText, svgTexts } from '../../../src-main/figures/svg-texts.ts';
import { panelsOf, withPanels } from '../../../src-shared/figures/figure-panels.ts';
import {
  type FigureSpecification,
  figureSpecificationSchema,
} from '../../../src-shared/figures/figure-specification.ts';
import { figureStyleSchema } from '../../../src-shared/figures/figure-style.ts';
import { PANEL_PARTS } from '../../../src-shared/figures/panel-schema.ts';
import { STYLE_OPTIONS, WHOLE_OPTIONS } from '../../../src-shared/figures/style-options.ts';
import { figureSetting } from './figure-store.ts';

const source = { kind: 'study', study: 'two-by-two' };
const BY_RATIO = { kind: 'factor', x: 'sr', line: 'pct3x3' };
const LOSS = { ...BY_RATIO, metric: 'testLoss' };

function specified(figure: object): FigureSpecification {
  return figureSpecificationSchema.parse({ source, ...figure });
}

async function render(
  setting: FigureSetting,
  figure: object,
  format = 'svg',
): Promise<RenderedFigure & { readonly text: string }> {
  const rendered = await renderFigure(setting, specified(figure), formatNamed(format));
  return { ...rendered, text: Buffer.from(rendered.file.bytes).toString('utf8') };
}

function textsNamed(svg: string, text: string): SvgText[] {
  return svgTexts(svg).filter((each) => each.text === text);
}

test('panels that share an axis have one range, words at the edge only, and plots in rows and columns', async (context) => {
  const setting = figureSetting(context);
  const half = { source: { kind: 'filter', filter: 'study = two-by-two and pct3x3 = 0' } };
  const { text, warning } = await render(setting, {
    ...{ chart: BY_RATIO, panels: [{ chart: { ...BY_RATIO, line: null }, ...half }, { chart: LOSS }] },
    layout: { columns: 2, share: 'both' },
    style: { width: 'custom', widthMillimetres: 150, notes: false },
  });
  assert.equal(warning, null);
  assert.match(text, /^<svg [^>]*width="150mm"/m);
  // the letters stand where rows and columns begin
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => textsNamed(text, letter)[0]?.at ?? [NaN, NaN]);
  assert.ok(a && b && c);
  assert.deepEqual([a[1], a[0]], [b[1], c[0]]);
  assert.ok(b[0] > a[0] && c[1] > a[1]);
  // the upright axis of a and b is written once; x stands below c, and below b, which has nothing below it
  assert.equal(textsNamed(text, 'test accuracy (%)').length, 1);
  assert.equal(textsNamed(text, 'test loss').length, 1);
  assert.equal(textsNamed(text, 'squeeze ratio').length, 2);
  assert.equal(svgTexts(text).filter(({ text: words, at }) => words === '60' && at[0] > b[0]).length, 0);
  // a tick of the ratio at the same place of the column
  const ratios = textsNamed(text, '0.125').map(({ at }) => at[0]);
  assert.equal(ratios.length, 2);
});

test('heat maps as panels of one column keep the numbers and names of their cells, and say what has no room', async (context) => {
  const setting = figureSetting(context);
  const map = { kind: 'heat map', x: 'sr', y: 'pct3x3' };
  const figure = { chart: map, panels: [{ chart: { ...map, metric: 'testLoss' } }] };
  const narrow = await render(setting, { ...figure, style: { width: 'one column' } });
  const wide = await render(setting, { ...figure, style: { width: 'two columns' } });
  const numbers = ({ text }: { readonly text: string }): string[] =>
    [...text.matchAll(/<text[^>]*bold[^>]*>([\d.]+)</g)].flatMap(([, number]) => number ?? []);
  assert.ok(numbers(wide).length >= 8);
  assert.deepEqual(numbers(narrow).toSorted(), numbers(wide).toSorted());
  for (const name of ['0.125', '0.5', 'mean'])
    assert.ok(textsNamed(narrow.text, name).length >= textsNamed(wide.text, name).length, name);
  const told = (text: string): string =>
    svgTexts(text)
      .map(({ text: words }) => words)
      .join(' ');
  assert.match(told(narrow.text), /mean; there is no room for its interval and n/);
  assert.match(told(wide.text), /mean and 95\u00a0% t interval/);
  const specks = await render(setting, {
    ...{ ...figure, panels: [...figure.panels, { chart: map }], layout: { columns: 3 } },
    style: { width: 'custom', widthMillimetres: 60 },
  });
  assert.match(told(specks.text), /mean, by its colour; there is no room for numbers/);
  assert.match(told(specks.text), /not every value of squeeze ratio has room for its name/);
});

test('panels that cannot share an axis keep their own, and say so', async (context) => {
  const setting = figureSetting(context);
  const { text, warning } = await render(setting, {
    ...{ chart: BY_RATIO, panels: [{ chart: LOSS }], layout: { share: 'y' } },
  });
  assert.equal(warning, 'Panels a and b do not have the same y axis: each keeps its words and its range.');
  assert.equal(textsNamed(text, 'test accuracy (%)').length, 1);
  assert.equal(textsNamed(text, 'test loss').length, 1);
  // what the marks are stands below both plots, once where it is the same
  const lowest = Math.max(...textsNamed(text, 'squeeze ratio').map(({ at }) => at[1]));
  const told = svgTexts(text).filter(({ text: words }) => words.includes('mean and 95\u00a0% t interval'));
  assert.equal(told.length, 1);
  assert.ok((told[0]?.at[1] ?? 0) > lowest);
  const limited = { chart: BY_RATIO, style: { yLimits: [40, 90] } };
  const { warning: cut } = await render(setting, {
    ...{ chart: BY_RATIO, panels: [limited], layout: { share: 'y' } },
  });
  assert.match(cut ?? '', /Panels a and b do not have the same y axis/);
});

test('a common legend has each entry once, and there is none where panels would contradict it', async (context) => {
  const setting = figureSetting(context);
  const figure = { chart: BY_RATIO, panels: [{ chart: LOSS }], style: { notes: false } };
  const own = await render(setting, figure);
  const common = await render(setting, { ...figure, layout: { commonLegend: true } });
  assert.deepEqual(
    [own, common].map(({ text }) => textsNamed(text, '3×3 share').length),
    [2, 1],
  );
  assert.equal(common.warning, null);
  const below = { ...figure, layout: { commonLegend: true }, style: { notes: false, legend: 'bottom' } };
  const [letter] = textsNamed((await render(setting, below)).text, 'a');
  const [legend] = textsNamed((await render(setting, below)).text, '3×3 share');
  assert.ok(letter && legend && legend.at[1] > letter.at[1]);
  // lines with symbols and lines without them, of one colour
  const curves = { kind: 'curves', metric: 'loss', colourBy: 'pct3x3' };
  const lines = await render(setting, {
    ...{ chart: BY_RATIO, panels: [{ chart: curves }], style: { notes: false } },
    layout: { commonLegend: true },
  });
  assert.equal(lines.warning, null);
  assert.equal(textsNamed(lines.text, '3×3 share').length, 1);
  const mixed = await render(setting, {
    ...{ chart: BY_RATIO, panels: [{ chart: { kind: 'cost' } }] },
    layout: { commonLegend: true },
  });
  assert.match(mixed.warning ?? '', /^The panels show ".*" in different ways: each keeps its own legend\.$/m);
});

test('a figure of panels is drawn again from its own file, and its notes say of which panel they are', async (context) => {
  const setting = figureSetting(context);
  const first = await render(setting, {
    ...{
      chart: BY_RATIO,
      panels: [{ chart: { kind: 'cost' } }, { chart: { kind: 'heat map', x: 'sr', y: 'pct3x3' } }],
    },
    ...{ layout: { columns: 3, commonLegend: true }, style: { letters: '(A)', width: 'two columns' } },
  });
  const { specification } = JSON.parse(metadataOf(first.text) ?? '') as {
    specification: FigureSpecification;
  };
  const again = await render(setting, specification);
  assert.ok(again.text === first.text, 'the same file');
  for (const letter of ['(A)', '(B)', '(C)']) assert.equal(textsNamed(first.text, letter).length, 1, letter);
  assert.ok(first.notes.some((note) => note.startsWith('b: ')));
  assert.ok(first.notes.some((note) => !/^[abc]: /.test(note)));
  const json = JSON.parse((await render(setting, specification, 'json')).text) as {
    readonly panels: readonly { readonly panel: string; readonly rows: readonly unknown[] }[];
    readonly specification: unknown;
  };
  assert.deepEqual(json.specification, specification);
  assert.deepEqual(
    json.panels.map(({ panel, rows }) => [panel, rows.length > 0]),
    [
      ['a', true],
      ['b', true],
      ['c', true],
    ],
  );
});

test('PDF and PNG have all panels; formats of one chart have a file for each', async (context) => {
  const setting = figureSetting(context);
  const figure = { chart: BY_RATIO, panels: [{ chart: { kind: 'cost' } }] };
  for (const format of ['pdf', 'png']) {
    const { isInParts, warning } = await render(setting, figure, format);
    assert.deepEqual([isInParts, warning], [false, null], format);
  }
  for (const format of ['csv', 'pgfplots', 'booktabs']) {
    const { file, pictures, isInParts } = await render(setting, figure, format);
    assert.ok(isInParts);
    assert.match(file.fileName, /-a\.(csv|tex)$/, format);
    assert.deepEqual(
      pictures.map(({ fileName }) => /-b\.(csv|tex)$/.test(fileName)),
      [true],
      format,
    );
  }
  await assert.rejects(
    render(setting, { ...figure, panels: [{ chart: { kind: 'anova' } }] }),
    /cannot be drawn as SVG/,
  );
});

test('panels put together are those that were taken apart', () => {
  const figure = specified({
    chart: BY_RATIO,
    panels: [
      {
        chart: LOSS,
        style: { yTitle: 'mine', xLimits: [0, 1] },
        source: { kind: 'filter', filter: 'seed = 0' },
      },
      { chart: { kind: 'cost' } },
    ],
    layout: { columns: 3 },
    style: { title: 'first', palette: 'greys' },
  });
  const [first, ...others] = panelsOf(figure);
  assert.ok(first);
  assert.deepEqual(withPanels(figure, [first, ...others]), figure);
  const [second] = others;
  assert.ok(second);
  assert.deepEqual([second.style.yTitle, second.style.palette, second.style.title], ['mine', 'greys', '']);
  const turned = withPanels(figure, [second, first]);
  assert.deepEqual([turned.style.yTitle, turned.style.title, turned.style.palette], ['mine', '', 'greys']);
  assert.equal(turned.panels?.[0]?.style.title, 'first');
  const alone = withPanels(figure, [first]);
  assert.equal(alone.panels, undefined);
});

test('the options of a whole figure are those of no panel', () => {
  const changed = figureStyleSchema.parse({
    ...{ xRange: [0, 1], yRange: [0, 1], xLimits: [0, 1], yLimits: [0, 1], xScale: 'log', yScale: 'log' },
    ...{ xReversed: true, yReversed: true, xTitle: 'x', yTitle: 'y', title: 'a' },
    ...{ lines: [{ axis: 'x', at: '1' }], annotations: [{ x: '1', y: '1', text: 'a' }] },
  });
  const written = STYLE_OPTIONS.filter(({ write }) => write(changed) !== null);
  assert.equal(written.length, PANEL_PARTS.length);
  assert.deepEqual(
    WHOLE_OPTIONS.filter((option) => written.includes(option)),
    [],
  );
});
