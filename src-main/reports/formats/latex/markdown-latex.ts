import type { Blocks, MarkdownBlock, MarkdownSpan, Spans } from '../../../../src-shared/markdown/markdown.ts';
import { markdownWords } from '../../../../src-shared/markdown/markdown-words.ts';
import { tableText } from './table-text.ts';
import { codeText, line } from './texts.ts';

/** LaTeX nests no more than four lists of a kind, and six of all kinds. What is deeper stands at the same level. */
const DEEPEST = 4;

/** A text in Markdown as LaTeX. Its headings are below those of sections, and have no numbers. */
export function markdownLatex(blocks: Blocks): string {
  return blocksText(blocks, 0);
}

function blocksText(blocks: Blocks, depth: number): string {
  return blocks.map((block) => blockText(block, depth)).join('\n');
}

function blockText(block: MarkdownBlock, depth: number): string {
  switch (block.kind) {
    case 'heading':
      return headingText(block.level, spansText(block.spans));
    case 'paragraph':
      return `\n${spansText(block.spans)}`;
    case 'list':
      return listText(block, depth);
    case 'quotation': {
      const inner = blocksText(block.blocks, depth + 1);
      return depth < DEEPEST ? `\\begin{quote}\n${inner}\n\\end{quote}` : inner;
    }
    case 'code':
      return codeText(block.text);
    case 'rule':
      return String.raw`
\begin{center}\rule{0.5\linewidth}{0.4pt}\end{center}`;
    case 'table':
      return noteTable(block);
  }
}

function headingText(level: number, text: string): string {
  if (level === 1) return `\\subsection*{${text}}`;
  return level === 2 ? `\\subsubsection*{${text}}` : `\n\\textbf{${text}}`;
}

function listText({ start, items }: Extract<MarkdownBlock, { kind: 'list' }>, depth: number): string {
  const texts = items.map((item, place) => {
    const number = start === null ? null : `${start + place}.`;
    const inner = blocksText(item, depth + 1);
    if (depth >= DEEPEST) return `\n${number ?? '--'} ${inner.trimStart()}`;
    return `\\item${number === null ? '' : `[${number}]`}{} ${inner.trimStart()}`;
  });
  if (depth >= DEEPEST || items.length === 0) return texts.join('\n');
  return ['\\begin{itemize}', ...texts, '\\end{itemize}'].join('\n');
}

function noteTable({ columns, rows }: Extract<MarkdownBlock, { kind: 'table' }>): string {
  const table = {
    ...{ caption: '', notes: [] },
    columns: columns.map(({ title, align }) => ({
      title: markdownWords(title),
      isNumber: align === 'right',
    })),
    rows: rows.map((row) => row.map(markdownWords)),
  };
  return tableText(table, {
    columns: columns.map(({ title }) => spansText(title)),
    rows: rows.map((row) => row.map(spansText)),
  });
}

function spansText(spans: Spans): string {
  return spans.map(spanText).join('');
}

function spanText(span: MarkdownSpan): string {
  switch (span.kind) {
    case 'text':
      return line(span.text);
    case 'code':
      return String.raw`\texttt{${line(span.text)}}`;
    case 'break':
      return String.raw`\newline{}`;
    case 'strong':
      return String.raw`\textbf{${spansText(span.spans)}}`;
    case 'emphasis':
      return String.raw`\emph{${spansText(span.spans)}}`;
    case 'struck':
      return `(struck out: ${spansText(span.spans)})`;
    case 'link':
      return linkText(span.address, span.spans);
  }
}

/** On paper an address is read, not clicked. */
function linkText(address: string, spans: Spans): string {
  const shown = address.replace(/^mailto:/i, '');
  const words = markdownWords(spans);
  const written = String.raw`\texttt{${line(shown)}}`;
  return [address, shown].includes(words) ? written : `${spansText(spans)} (${written})`;
}
