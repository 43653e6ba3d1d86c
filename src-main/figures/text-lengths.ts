import { type Font, openSync } from 'fontkit';
import { fixed } from '../../src-shared/numbers.ts';
import { FIGURE_FONTS, type FigureFont } from './font-files.ts';
import { lettersWithout } from './font-letters.ts';

/**
 * An SVG whose texts state how long they are in the figure's font, so that no wider font which stands in for it lets them run into each
 * other or beyond the edge. Texts with letters that the font lacks are left as they are.
 */
export function withTextLengths(svg: string): string {
  return svg.replaceAll(TEXT, (whole, tag: string, content: string) => {
    const font = Object.values(FIGURE_FONTS).find(({ stack }) => tag.includes(stack));
    const size = Number(/font-size:([\d.]+)px/.exec(tag)?.[1]);
    const text = plainText(content).trim();
    if (font === undefined || !(size > 0) || text === '' || lettersWithout(font, text).length > 0)
      return whole;
    const length = fixed(size * advance(font, tag.includes('font-weight:bold'), text), 2);
    return `${tag} textLength="${Number(length)}" lengthAdjust="spacingAndGlyphs">${content}</text>`;
  });
}

const TEXT = /(<text[^>]*)>([^<]*)<\/text>/g;

const fonts = new Map<string, Font>();

/** The length of a line in em. */
function advance({ regular, bold }: FigureFont, isBold: boolean, text: string): number {
  const file = isBold ? bold : regular;
  const font = fonts.get(file) ?? openSync(file);
  fonts.set(file, font);
  return font.layout(text).advanceWidth / font.unitsPerEm;
}

const MARKS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

function plainText(content: string): string {
  return content.replaceAll(/&(\w+|#39);/g, (mark, name: string) => MARKS[name] ?? mark);
}
