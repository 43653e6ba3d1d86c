import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { type Font, openSync } from 'fontkit';
import { FIGURE_FONTS } from '../../../src-main/figures/font-files.ts';
import {
  BOLD,
  fittingTexts,
  fittingText,
  textWidth,
  wrapText,
} from '../../../src-shared/charts/text-width.ts';

test('a text fits into the room that was made for it, whatever is added to that and taken away again', () => {
  const text = 'no test, n = 1';
  for (let margin = 1; margin < 200; margin += 0.7) {
    const room = textWidth(text, 10.2) + margin - margin;
    assert.equal(fittingText([text], 10.2, room), text);
    assert.deepEqual(wrapText(text, 10.2, room), [text]);
  }
  assert.match(fittingText([text], 10.2, textWidth(text, 10.2) - 1), /^no test.*…$/);
});

const { resolve } = createRequire(import.meta.url);
const inter = (part: string): Font =>
  openSync(resolve(`@fontsource-variable/inter/files/inter-${part}-wght-normal.woff2`));
/** The page's, whose letters are in several files, and those of figures. */
const [PAGE, ...MORE] = ['latin', 'latin-ext', 'greek'].map(inter);
const FIGURES = Object.values(FIGURE_FONTS).map(({ regular, bold }) => ({
  regular: openSync(regular),
  bold: openSync(bold),
}));
const advanceIn = (font: Font, text: string): number => font.layout(text).advanceWidth / font.unitsPerEm;
const has = (font: Font, letter: string): boolean => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0);

test('no letter of Inter or of a figure’s fonts is wider than it is taken for, and none by much narrower', () => {
  const ascii = Array.from({ length: 95 }, (_, place) => String.fromCodePoint(32 + place));
  const others = Array.from('×±−–—…·²³°µ½§«»’‘“”àéîñöüÀÉÎÑÖÜŁøØßæÆœŒΔΣΩαβγδεησμλρφω\u00a0');
  for (const letter of [...ascii, ...others]) {
    const page = [PAGE, ...MORE].find((font) => font && has(font, letter));
    assert.ok(page, `Inter has ${letter}`);
    const all = [page, ...FIGURES.map(({ regular }) => regular).filter((font) => has(font, letter))];
    const widest = Math.max(...all.map((font) => advanceIn(font, letter)));
    const taken = textWidth(letter, 1);
    assert.ok(taken >= widest - 1e-9 && taken <= widest + 0.06, `${letter}: ${taken} for ${widest}`);
  }
});

const LABELS = [
  'SR = 0.125, 3×3 = 0.25',
  '81.24 ± 0.31',
  'HOW THE NETWORK GREW',
  'Test accuracy (%)',
  'fire2/squeeze',
];

test('a label gets the room that Inter takes, and a bold one that of its bold letters', () => {
  assert.ok(PAGE);
  for (const label of LABELS) {
    const own = advanceIn(PAGE, label);
    const taken = textWidth(label, 1);
    assert.ok(own <= taken && taken < 1.12 * own, `${label}: ${taken} for ${own}`);
    for (const { bold } of FIGURES) assert.ok(advanceIn(bold, label) <= BOLD * taken, `${label} in bold`);
  }
});

test('letters of other scripts have a width, and accents none', () => {
  assert.equal(textWidth('a\u0308', 1), textWidth('ä', 1));
  assert.ok(textWidth('猫', 1) >= 1 && textWidth('🔥', 1) >= 1);
  assert.equal(textWidth('한국', 1), textWidth('猫猫', 1));
});

test('texts that differ still do when they are cut', () => {
  const cells = ['SR = 0.5, schedule = constant', 'SR = 0.5, schedule = cosine', 'SR = 1, schedule = cosine'];
  assert.deepEqual(fittingTexts(cells, 1, 100), cells);
  const width = textWidth('SR = 0.5, sche…', 1);
  const cut = fittingTexts(cells, 1, width);
  for (const [place, end] of ['…constant', '…cosine', '…cosine'].entries())
    assert.ok(cut[place]?.endsWith(end), cut[place]);
  assert.equal(new Set(cut).size, 3);
  for (const text of cut) assert.ok(textWidth(text, 1) <= width, text);
  assert.deepEqual(fittingTexts(['network_a', 'network_b'], 1, textWidth('net…b', 1)), ['net…a', 'net…b']);
  // where their beginnings tell them apart they are cut at the end
  assert.deepEqual(fittingTexts(['first of many', 'second of many'], 1, textWidth('second…', 1)), [
    'first of…',
    'second…',
  ]);
  // also where each has another room
  const rooms = [textWidth('SR = 0.1…0.5', 1), textWidth('SR = 0.125, …', 1)];
  const [first = '', second = ''] = fittingTexts(
    ['SR = 0.125, 3×3 = 0.5', 'SR = 0.125, 3×3 = 1'],
    1,
    (place) => rooms[place] ?? 0,
  );
  assert.ok(first.endsWith('0.5') && second.endsWith('1'), `${first} and ${second}`);
  // where nothing could, as much as has room
  assert.deepEqual(fittingTexts(['aaaab', 'aaaac'], 1, textWidth('…', 1)), ['…', '…']);
});
