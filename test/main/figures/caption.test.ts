import assert from 'node:assert/strict';
import { test } from 'node:test';
import { captionOf, type ToldPanel } from '../../../src-main/figures/caption.ts';
import { formatNamed } from '../../../src-main/figures/formats/registry.ts';
import { metadataOf } from '../../../src-main/figures/provenance.ts';
import { type FigureSetting, renderFigure } from '../../../src-main/figures/render-figure.ts';
import { svgTexts } from '../../../src-main/figures/svg-texts.ts';
import { CAPTION_FORMS } from '../../../src-shared/figures/caption-forms.ts';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import { figureSetting } from './figure-store.ts';

const source = { kind: 'study', study: 'two-by-two' };
const FACTOR = { kind: 'factor', x: 'sr', line: 'pct3x3' };

async function render(setting: FigureSetting, figure: object, format = 'svg') {
  const specification = figureSpecificationSchema.parse({ source, ...figure });
  const rendered = await renderFigure(setting, specification, formatNamed(format), 'mine');
  return { ...rendered, text: Buffer.from(rendered.file.bytes).toString('utf8') };
}

function panel(letter: string, what: string, of: string, notes: readonly string[]): ToldPanel {
  return { letter, what, of, notes };
}

test('a caption says what is shown, of which runs, what the marks are and what is left out', async (context) => {
  const setting = figureSetting(context);
  const { caption, text } = await render(setting, { chart: FACTOR, style: { notes: false } });
  assert.match(caption, /^Test accuracy by squeeze ratio and 3×3 share \(study two-by-two, data shapes\)\. /);
  assert.match(caption, /Mean and 95\u00a0% t interval; dots: runs; n\u00a0=\u00a01 to 2 seeds of 1 cell; /);
  assert.match(caption, /1 of 8 runs left out: 1 diverged\.$/);
  assert.ok(!svgTexts(text).some((each) => each.text.includes('t interval')));
  const { caption: kept } = JSON.parse(metadataOf(text) ?? '') as { readonly caption: string };
  assert.equal(kept, caption);
  // whatever the format, and of tests, too
  assert.equal((await render(setting, { chart: FACTOR }, 'csv')).caption, caption);
  assert.match((await render(setting, { chart: { kind: 'differences' } })).caption, /paired t test/);
});

test('what holds for all panels stands once, at the end', () => {
  const notes = ['mean', 'n = 3'];
  assert.equal(
    captionOf([
      panel('(a)', 'loss', 'study s', notes),
      panel('(b)', 'Cost', 'study s', [...notes, 'line: front']),
    ]),
    '(a) Loss. (b) Cost. Line: front. All panels: study s. Mean; n = 3.',
  );
  assert.equal(
    captionOf([panel('a', 'loss', 'study s', ['n = 2']), panel('b', 'loss', 'study t', ['n = 3'])]),
    'a, Loss (study s). n = 2. b, Loss (study t). n = 3.',
  );
  assert.equal(captionOf([panel('', 'x', 'study s', [])]), 'x (study s).');
});

test('a caption stands below the figure, or in a file beside it', async (context) => {
  const setting = figureSetting(context);
  const plain = await render(setting, { chart: FACTOR });
  const below = await render(setting, { chart: FACTOR, style: { caption: 'below' } });
  const words = svgTexts(below.text).map(({ text }) => text);
  assert.ok(words.includes('diverged.'), words.join('|'));
  const height = (svg: string): number => Number(/ height="([\d.]+)mm"/.exec(svg)?.[1]);
  assert.ok(height(below.text) > height(plain.text) + 5);
  const own = { caption: 'latex', captionText: 'Accuracy: 50 % & more.' };
  for (const format of ['svg', 'pdf', 'csv']) {
    const { pictures } = await render(setting, { chart: FACTOR, style: own }, format);
    const [beside] = pictures;
    assert.equal(beside?.fileName, 'mine-caption.tex');
    assert.equal(
      Buffer.from(beside.bytes).toString('utf8'),
      '\\caption{Accuracy: 50 \\% \\& more.}\n\\label{fig:mine}\n',
    );
  }
});

test('signs of a form are no signs of the caption', () => {
  const [latex, markdown, plain] = CAPTION_FORMS.map(({ write }) => write('a_b* < 5 %', 'Ratio: "how far"'));
  assert.equal(latex, '\\caption{a\\_b* \\textless{} 5 \\%}\n\\label{fig:Ratio-how-far}');
  assert.equal(markdown, String.raw`a\_b\* \< 5 %`);
  assert.equal(plain, 'a_b* < 5 %');
});
