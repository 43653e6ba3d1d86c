import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIGURE_FONTS } from '../../../src-main/figures/font-files.ts';
import { withTextLengths } from '../../../src-main/figures/text-lengths.ts';

const { sans } = FIGURE_FONTS;

function textTag(content: string, style: string): string {
  return `<text x="1" style="font-size:10px;font-family:${style}">${content}</text>`;
}

function lengthOf(svg: string): number | null {
  const [, length = null] =
    / textLength="([\d.]+)" lengthAdjust="spacingAndGlyphs">/.exec(withTextLengths(svg)) ?? [];
  return length === null ? null : Number(length);
}

test('texts state the lengths that Pillow (FreeType) measures in our fonts: a nought has 0.497 em, in bold 0.528', () => {
  assert.equal(lengthOf(textTag('0000', sans.stack)), 19.88);
  assert.equal(lengthOf(textTag('0000', `${sans.stack};font-weight:bold`)), 21.12);
  assert.equal(lengthOf(textTag('0&lt;0', sans.stack)), 14.91);
});

test('what our fonts do not have is left to the program that shows it', () => {
  for (const svg of [textTag('猫', sans.stack), textTag('0000', 'Papyrus'), textTag('', sans.stack)])
    assert.equal(withTextLengths(svg), svg);
});
