import { latexText } from '../../../../src-shared/charts/latex/latex-text.ts';

/** As it stands, each line with its indentation; long ones are broken at blanks. */
export function codeText(text: string): string {
  const lines = text.split('\n').map((code) => {
    const [indent = ''] = /^ */.exec(code) ?? [];
    const rest = breakable(code.slice(indent.length)).replaceAll("'", '{\\textquotesingle}');
    return String.raw`\mbox{}${'~'.repeat(indent.length)}${rest}`;
  });
  return String.raw`
{\small\ttfamily\raggedright
${lines.join('\\\\\n')}\par}`;
}

/** In one line. */
export function line(text: string): string {
  return breakable(text.replaceAll(/\s*\n\s*/g, ' '));
}

/** A word of more letters, as an address or a hash is, is broken between any two where it meets the end of a line. */
export const LONGEST_WORD = 30;

function breakable(text: string): string {
  return text
    .normalize('NFC')
    .split(/(\s+)/)
    .map((word) =>
      word.length <= LONGEST_WORD ? latexText(word) : Array.from(word, latexText).join('\\allowbreak{}'),
    )
    .join('');
}

/** An item that begins with a bracket is no label of its own. */
export function itemize(items: readonly string[]): string {
  const lines = items.map((item) => String.raw`\item{} ${item}`);
  return [String.raw`\begin{itemize}`, ...lines, String.raw`\end{itemize}`].join('\n');
}
