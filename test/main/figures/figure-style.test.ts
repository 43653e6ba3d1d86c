import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { figureCommand } from '../../../src-main/cli/figure.ts';
import { styleOf } from '../../../src-main/cli/figure/style-option.ts';
import { formatNamed } from '../../../src-main/figures/formats/registry.ts';
import { renderFigure, type RenderedFigure } from '../../../src-main/figures/render-figure.ts';
import { svgTexts } from '../../../src-main/figures/svg-texts.ts';
import { figureCommandLine } from '../../../src-shared/figures/command-line.ts';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import { figureStyleSchema, USUAL_STYLE } from '../../../src-shared/figures/figure-style.ts';
import { STYLE_OPTIONS } from '../../../src-shared/figures/style-options.ts';
import { figureSetting } from './figure-store.ts';

const FACTOR = { kind: 'factor', x: 'sr', line: 'pct3x3' };
const COST = { kind: 'cost' };

async function render(
  context: TestContext,
  chart: unknown,
  style: unknown,
  format = 'svg',
): Promise<RenderedFigure & { readonly text: string }> {
  const source = { kind: 'study', study: 'two-by-two' };
  const specification = figureSpecificationSchema.parse({ source, chart, style });
  const figure = await renderFigure(figureSetting(context), specification, formatNamed(format));
  return { ...figure, text: Buffer.from(figure.file.bytes).toString('utf8') };
}

function placeOfText(svg: string, text: string): readonly [x: number, y: number] {
  const found = svgTexts(svg).find((each) => each.text === text);
  assert.ok(found, `no text ${text}`);
  return found.at;
}

/** A value for each part of a style that is not what it is by itself. */
const CHANGED = figureStyleSchema.parse({
  ...{ width: 'custom', widthMillimetres: 120, aspect: 0.5, font: 'serif', fontSize: 9, dpi: 600 },
  ...{ xRange: [-1, 2], yRange: [0, 1e6], xLimits: [0.5, 2], yLimits: [-3, -1.5] },
  ...{ xScale: 'log', yScale: 'linear', xReversed: true, yReversed: true },
  ...{ caption: 'latex', captionText: "it's", xTitle: "it's x", yTitle: '-y', title: 'a = b', notes: false },
  ...{
    legend: 'right',
    letters: '(a)',
    palette: 'tol-muted',
    map: 'viridis',
    colours: { 'SR = 1': '#123456' },
  },
  names: { sr: 'ratio ρ', 'sr=0.5': 'a half', 'SR = 1, 3×3 = 0': 'mine' },
  lines: [
    { axis: 'y', at: '90', label: 'best = known' },
    { axis: 'x', at: '0.5', label: '' },
  ],
  annotations: [{ x: '0.5', y: '88.1', text: 'here, it = falls' }],
  order: { sr: ['1', '0.5'], 'network.widths': ['16, 24', '8, 8'], 'network.one': ['1, 2'] },
});

test('every part of a style has an option of the command, and is read from it as it was', () => {
  const own = STYLE_OPTIONS.filter(({ option }) => option !== 'journal');
  const parts = own.map(({ option, write }) => [option, write(CHANGED)] as const);
  assert.deepEqual(
    parts.filter(([, words]) => words === null),
    [],
  );
  assert.deepEqual(
    STYLE_OPTIONS.filter(({ write }) => write(USUAL_STYLE) !== null),
    [],
  );
  const specification = figureSpecificationSchema.parse({
    ...{ source: { kind: 'study', study: 'demo' }, chart: COST, style: CHANGED },
  });
  const line = figureCommandLine(specification);
  for (const [option] of parts) assert.ok(line.includes(` --${option}`), option);
  const words = own.flatMap(({ option, isList, write }) => {
    const [first, ...others] = write(CHANGED) ?? [];
    if (first === undefined) return [`--${option}`];
    return isList ? [`--${option}`, first, ...others] : [`--${option}=${first}`];
  });
  const command = figureCommand().commands.find((each) => each.name() === 'cost');
  assert.ok(command);
  command.action(() => undefined).parse(['--study', 'demo', '--output', 'a.svg', ...words], { from: 'user' });
  assert.deepEqual(figureStyleSchema.parse(styleOf(command.opts())), CHANGED);
});

test('a journal sets width and font, and what is said besides changes them', () => {
  const read = (...words: string[]) => {
    const command = figureCommand().commands.find((each) => each.name() === 'cost');
    command
      ?.action(() => undefined)
      .parse(['--study', 'demo', '--output', 'a.svg', ...words], { from: 'user' });
    return figureStyleSchema.parse(styleOf(command?.opts() ?? {}));
  };
  const ieee = { width: 'custom', widthMillimetres: 88.9, font: 'serif', fontSize: 8, letters: '(a)' };
  assert.deepEqual(read('--journal', 'ieee'), { ...USUAL_STYLE, ...ieee });
  assert.deepEqual(read('--font', 'sans', '--journal', 'ieee-wide'), {
    ...{ ...USUAL_STYLE, ...ieee, widthMillimetres: 182, font: 'sans' },
  });
});

test('a wrong option is named with what would be right', () => {
  const read = (option: string, ...words: string[]) =>
    STYLE_OPTIONS.find((each) => each.option === option)?.read(words);
  for (const [option, word, pattern] of [
    ['x-limits', '2,1', /--x-limits 2,1: give two numbers, the lower one first/],
    ['rename', 'sr', /--rename sr: write WHAT=TEXT/],
    ['arrange', 'sr', /--arrange sr: write SETTING=VALUES/],
  ] as const)
    assert.throws(() => read(option, word), pattern);
});

test('long notes and a legend make a figure taller before they leave nothing of its plot', async (context) => {
  const narrow = { width: 'custom', widthMillimetres: 45, aspect: 0.4, fontSize: 9 };
  const { text } = await render(context, COST, narrow);
  const [, height] = /width="45mm" height="([\d.]+)mm"/.exec(text) ?? [];
  assert.ok(Number(height) > 0.4 * 45 + 10, `${height} mm`);
  const { text: roomy } = await render(context, COST, { ...narrow, notes: false, legend: 'none', aspect: 1 });
  assert.match(roomy, /width="45mm" height="45(\.\d+)?mm"/);
});

test('names, colours and order are those that are given, in the drawing and in LaTeX', async (context) => {
  const style = {
    names: { sr: 'ratio', 'sr=0.125': 'half', testAccuracy: 'top-1 accuracy', 'dots: runs': 'never' },
    ...{ colours: { '0': '#123456' }, order: { pct3x3: ['0.5', '0'] }, palette: 'tol-bright' },
  };
  const { text } = await render(context, FACTOR, style);
  for (const words of ['ratio', 'half', 'top-1 accuracy (%)']) assert.ok(text.includes(`>${words}<`), words);
  assert.ok(!text.includes('squeeze ratio'));
  assert.match(text, /fill="#123456"/);
  // the first of the palette belongs to the value that stands first now
  assert.match(text, /fill="#4477aa"/);
  assert.ok(placeOfText(text, '0.5')[0] < placeOfText(text, '0')[0]);
  const tex = (await render(context, FACTOR, style, 'pgfplots')).text;
  assert.match(tex, /xlabel=\{ratio\}/);
  assert.match(tex, /xticklabels=\{.*\{half\}/);
  assert.match(tex, /\\definecolor\{line1\}\{HTML\}\{123456\}/);
});

test('names, colours and orders that match nothing are told, those of words and values that do are not', async (context) => {
  const matched = {
    names: { sr: 'ratio', 'sr=0.125': 'half', testAccuracy: 'top-1', '3×3 share': 'share' },
    ...{ colours: { '0': '#123456' }, order: { sr: ['1'] } },
  };
  assert.equal((await render(context, FACTOR, matched)).warning, null);
  const others = {
    names: { 'sr=0.3': 'third', 'squeeze ration': 'x' },
    ...{ colours: { '0.7': '#123456' }, order: { sr: ['7', '1'], bypass: ['none'] } },
  };
  const told = [
    'Nothing here is called "sr=0.3": its other name is not used.',
    'Nothing here is called "squeeze ration": its other name is not used.',
    'No series here is called "0.7": its colour is not used.',
    '"sr" has no value 7 here; it has 0.125, 1.',
    '"bypass" does not vary here: the order of its values is not used.',
  ];
  for (const format of ['svg', 'pgfplots'])
    assert.deepEqual((await render(context, FACTOR, others, format)).warning?.split('\n').slice(0, 5), told);
  assert.equal((await render(context, FACTOR, others, 'csv')).warning, null);
});

test('the legend stands where it is wanted, and the plot has the rest', async (context) => {
  const at = async (legend: string) => {
    const { text } = await render(context, FACTOR, { legend, notes: false });
    const hasLegend = text.includes('>3×3 share<');
    return {
      legend: hasLegend ? placeOfText(text, '3×3 share') : [NaN, NaN],
      axis: placeOfText(text, 'squeeze ratio'),
    };
  };
  const [top, right, bottom, none] = [
    await at('top'),
    await at('right'),
    await at('bottom'),
    await at('none'),
  ];
  assert.ok(top.legend[1] < 30 && top.axis[1] > 150);
  assert.ok(right.legend[0] > 150 && right.axis[0] < top.axis[0]);
  assert.ok(bottom.legend[1] > bottom.axis[1]);
  assert.deepEqual(none.legend, [NaN, NaN]);
  for (const [legend, pattern] of [
    ['right', /legend columns=1/],
    ['bottom', /yshift=-3\.4em, anchor=north/],
  ] as const)
    assert.match((await render(context, FACTOR, { legend }, 'pgfplots')).text, pattern);
  assert.doesNotMatch((await render(context, FACTOR, { legend: 'none' }, 'pgfplots')).text, /addlegend/);
});

test('axes have the title, scale, direction and limits that they are given, and say what is cut off', async (context) => {
  const style = { xTitle: 'size', yLimits: [55, 65], xReversed: true };
  const { text, notes, warning } = await render(context, COST, style);
  assert.ok(text.includes('>size<'));
  assert.match(text, /clip-path/);
  assert.ok(notes.includes('y axis from 55 to 65: marks beyond are cut off'));
  assert.equal(warning, null);
  // the parameters of the cells
  const ticks = svgTexts(text).filter((each) => /^[\d.]+ [kM]$/.test(each.text));
  const size = (words: string): number => parseFloat(words) * (words.endsWith('M') ? 1e6 : 1e3);
  const sorted = ticks.toSorted((one, other) => size(one.text) - size(other.text));
  assert.ok(
    ticks.length >= 2,
    svgTexts(text)
      .map((each) => each.text)
      .join(),
  );
  assert.ok((sorted[0]?.at[0] ?? 0) > (sorted.at(-1)?.at[0] ?? 0));
  const { text: tex } = await render(context, COST, style, 'pgfplots');
  for (const option of ['xlabel={size}', 'x dir=reverse', 'ymin=55, ymax=65'])
    assert.ok(tex.includes(`  ${option},`), option);
  assert.match(tex, /y axis from 55 to 65/);
  const curves = { kind: 'curves', metric: 'loss' };
  assert.ok((await render(context, curves, { yScale: 'log' })).text.includes('>step loss, logarithmic<'));
  const logged = (await render(context, curves, { yScale: 'log' }, 'pgfplots')).text;
  assert.match(logged, /ymode=log/);
  assert.match(logged, /xtick=\{[\d,]+\}/, 'whole epochs alone');
});

test('the axis of a setting says its scale, in LaTeX too, and why it cannot have one', async (context) => {
  const by = { kind: 'factor', x: 'sr' };
  assert.ok((await render(context, by, { xScale: 'log' })).text.includes('>squeeze ratio, logarithmic<'));
  const { text: tex } = await render(context, by, { xScale: 'log' }, 'pgfplots');
  assert.match(tex, /xlabel=\{squeeze ratio, logarithmic\}/);
  assert.match(tex, /xtick=\{-0\.90308\d+,0\}/);
  const { warning } = await render(context, { kind: 'factor', x: 'pct3x3' }, { xScale: 'log' });
  assert.equal(warning, 'The x axis cannot be logarithmic: 0 is a value of 3×3 share.');
});

test('what a chart cannot show of a style is said', async (context) => {
  const heatMap = { kind: 'heat map', x: 'sr', y: 'pct3x3' };
  const { warning } = await render(context, heatMap, { xScale: 'log', yReversed: true });
  assert.equal(
    warning,
    'The x axis is not one of numbers: it takes no scale and no limits.\nThe y axis cannot be reversed here.',
  );
  const differences = await render(context, { kind: 'differences' }, { xScale: 'log' });
  assert.equal(differences.warning, 'The x axis shows 0 or less, so it cannot be logarithmic.');
  assert.equal((await render(context, heatMap, { xScale: 'log' }, 'csv')).warning, null);
});

test('reference lines and annotations stand at their values and labels, and cover no words', async (context) => {
  const style = {
    lines: [
      { axis: 'y', at: '66', label: 'published' },
      { axis: 'x', at: '0.125', label: '' },
    ],
    annotations: [{ x: '1', y: '70', text: 'best' }],
  };
  const { text, warning } = await render(context, FACTOR, style);
  assert.equal(warning, null);
  const plain = await render(context, FACTOR, {});
  const dashes = (svg: string): number => [...svg.matchAll(/stroke-dasharray="4,2\.5"/g)].length;
  assert.deepEqual([dashes(plain.text), dashes(text)], [0, 2]);
  // 66 lies between the ticks of 60 and 70; 1 is a name on the axis
  const [low, words, high] = ['60', 'published', '70'].map((each) => placeOfText(text, each)[1]);
  assert.ok((low ?? 0) > (words ?? 0) && (words ?? 0) > (high ?? 0));
  assert.ok(Math.abs(placeOfText(text, 'best')[0] - placeOfText(text, '1')[0]) < 40);
  const { text: tex } = await render(context, FACTOR, style, 'pgfplots');
  assert.match(
    tex,
    /\\draw\[dashed\] \(axis cs:\\pgfkeysvalueof\{\/pgfplots\/xmin\},66\) -- .*\{published\};/,
  );
  assert.match(tex, /\\node\[anchor=west, font=\\footnotesize\] at \(axis cs:[\d.-]+,70\) \{best\};/);
  const far = { lines: [{ axis: 'x', at: '0.7', label: 'nowhere' }] };
  assert.match((await render(context, FACTOR, far)).warning ?? '', /The x axis does not show 0\.7/);
  // an axis of numbers reaches to its line
  const { text: reaching, warning: none } = await render(context, COST, {
    lines: [{ axis: 'y', at: '130', label: 'unreachable' }],
  });
  assert.equal(none, null);
  assert.ok(reaching.includes('>unreachable<'));
});
