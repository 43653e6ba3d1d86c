import fs from 'node:fs';
import { FIGURE_FONTS } from '../../../figures/font-files.ts';

/**
 * The font that figures are set in, as a part of the page's style: where it is not installed, a wider one in its place would make words
 * of a figure overlap. It is about a megabyte.
 */
export function fontFaces(): string {
  const { family, regular, bold } = FIGURE_FONTS.sans;
  const face = (file: string, weight: number): string =>
    `@font-face { font-family: '${family}'; font-weight: ${weight}; src: url(data:font/ttf;base64,${fs.readFileSync(file, 'base64')}) format('truetype'); }\n`;
  return face(regular, 400) + face(bold, 700);
}
