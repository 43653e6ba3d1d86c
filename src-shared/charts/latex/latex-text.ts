import { fixed } from '../../numbers.ts';

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '\u00a0': '~',
};

/** Signs that pdfTeX's fonts have in mathematics only. */
const MATHEMATICS: Readonly<Record<string, string>> = {
  ...{
    '×': '\\times',
    '±': '\\pm',
    '−': '-',
    '·': '\\cdot',
    '≤': '\\leq',
    '≥': '\\geq',
    '≈': '\\approx',
    '≠': '\\neq',
    '∞': '\\infty',
    '→': '\\to',
    '²': '^2',
  },
  ...{
    α: '\\alpha',
    β: '\\beta',
    γ: '\\gamma',
    δ: '\\delta',
    ε: '\\epsilon',
    η: '\\eta',
    θ: '\\theta',
    λ: '\\lambda',
  },
  ...{
    μ: '\\mu',
    π: '\\pi',
    ρ: '\\rho',
    σ: '\\sigma',
    τ: '\\tau',
    φ: '\\phi',
    χ: '\\chi',
    ω: '\\omega',
    Δ: '\\Delta',
  },
};

/**
 * Plain text as LaTeX: what would be a command is written out, signs and Greek letters stand in mathematics, accents are part of
 * their letters, as names of files on a Mac have them apart, and the two hyphens of an option make no dash. Control characters, at which
 * LaTeX stops, are named.
 */
export function latexText(text: string): string {
  return Array.from(text.toWellFormed().normalize('NFC'))
    .map((letter, place, letters) => {
      const sign = MATHEMATICS[letter];
      if (sign !== undefined) return `$${sign}$`;
      if (CONTROL.test(letter)) return controlName(letter);
      if (letter === '-' && letters[place + 1] === '-') return '-{}';
      return letter === '–' ? '--' : letter === '…' ? '\\ldots{}' : (SPECIAL[letter] ?? letter);
    })
    .join('');
}

const CONTROL = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** A line or paragraph ends, and a tab is, where there is a space. Other ones, of direction too, have their number. */
function controlName(letter: string): string {
  if (/\s/.test(letter)) return ' ';
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** A row of a table of cells that are LaTeX already. A bracket or star at its head would belong to the command before it. */
export function latexRow(cells: readonly string[]): string {
  const row = cells.join(' & ');
  return `${/^\s*[[*]/.test(row) ? '{}' : ''}${row} \\\\`;
}

/** A p in a column of such, with three decimals. */
export function pLatex(p: number | null): string {
  if (p === null) return '--';
  return p < 0.001 ? '$<0.001$' : fixed(p, 3);
}
