import { type Font, openSync } from 'fontkit';
import { FIGURE_FONTS, type FigureFont } from './font-files.ts';
import { lostLetters, nameLetters } from './lost-letters.ts';

const opened = new Map<string, Font>();

/** The letters of an SVG's texts for which a font has no glyph. */
export function lettersWithout(font: FigureFont, svg: string): string[] {
  const file = opened.get(font.regular) ?? openSync(font.regular);
  opened.set(font.regular, file);
  const text = svg.replaceAll(/<[^>]*>/g, '');
  return lostLetters(text, (letter) => file.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
}

/** The letters of an SVG that a PDF or PNG of it lacks, as both have our fonts only; null where they have all. */
export function fontWarning(svg: string): string | null {
  const { sans, serif } = FIGURE_FONTS;
  const without = new Set(lettersWithout(serif, svg));
  const lost = lettersWithout(sans, svg).filter((letter) => without.has(letter));
  if (lost.length === 0) return null;
  return `The fonts of this file do not contain ${nameLetters(lost)}, so they are missing. An SVG shows them in the fonts of the program that opens it.`;
}
