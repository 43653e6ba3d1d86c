import { hexCode, lostLetters, nameLetters } from './lost-letters.ts';

/**
 * The letters beyond ASCII that pdfLaTeX sets without a package, in its own encoding of fonts. Each was tried: test/main/figures/pdflatex-letters.py.
 */
const SET = new RegExp(
  `[${[
    '\\u00A0-\\u00AA\\u00AC-\\u00BA\\u00BC-\\u00CF\\u00D1-\\u00DD\\u00DF-\\u00EF\\u00F1-\\u00FD\\u00FF-\\u0103',
    '\\u0106-\\u010F\\u0112-\\u0117\\u011A-\\u0125\\u0128-\\u012D\\u0130-\\u0137\\u0139-\\u013E\\u0141-\\u0148',
    '\\u014C-\\u0165\\u0168-\\u0171\\u0174-\\u017E\\u0192\\u01C4-\\u01D4\\u01E2-\\u01E3\\u01E6-\\u01E9\\u01F0',
    '\\u01F4-\\u01F5\\u0218-\\u021B\\u0232-\\u0233\\u0237\\u02C6-\\u02C7\\u02D8-\\u02D9\\u02DC-\\u02DD\\u0E3F',
    '\\u1E02-\\u1E03\\u1E0D\\u1E1E-\\u1E21\\u1E25\\u1E30-\\u1E31\\u1E37\\u1E43\\u1E45\\u1E47\\u1E5B\\u1E63\\u1E6D',
    '\\u1E8E-\\u1E91\\u1E9E\\u1EF2-\\u1EF3\\u200C\\u2010-\\u2016\\u2018-\\u2019\\u201C-\\u201D\\u2020-\\u2022',
    '\\u2026\\u2030-\\u2031\\u203B\\u203D\\u2044\\u204E\\u2052\\u20A1\\u20A4\\u20A6\\u20A9\\u20AB-\\u20AC\\u20B1',
    '\\u2103\\u2116-\\u2117\\u211E\\u2120\\u2122\\u2126-\\u2127\\u212E\\u2190-\\u2193\\u2329-\\u232A\\u2422-\\u2423',
    '\\u25E6\\u25EF\\u266A\\u27E8-\\u27E9\\uFB00-\\uFB06',
  ].join('')}]`,
);

/** What pdfLaTeX cannot set of a document, and what to do; null where it can set all of it. @param tex comments are passed over */
export function pdflatexWarning(tex: string): string | null {
  const lost = lostIn(tex);
  if (lost.length === 0) return null;
  return `pdflatex without further packages cannot typeset ${nameLetters(lost)}: use lualatex or xelatex with a font that contains them (\\usepackage{fontspec}\\setmainfont{Noto Sans CJK SC}, say).`;
}

/** For the preamble: pdfLaTeX then sets the numbers of such letters in their place, where it would stop. Other programs pass it over. */
export function pdflatexNumbers(tex: string): string {
  const numbers = lostIn(tex)
    .map(hexCode)
    .map((code) => String.raw`\DeclareUnicodeCharacter{${code}}{U+${code}}`);
  return numbers.length === 0
    ? ''
    : [String.raw`\ifdefined\DeclareUnicodeCharacter`, ...numbers, String.raw`\fi`].join('\n');
}

function lostIn(tex: string): string[] {
  const text = tex.replaceAll(/(?<!\\)%.*$/gm, '');
  return lostLetters(text, (letter) => SET.test(letter));
}
