import type {
  Blocks,
  MarkdownBlock,
  MarkdownSpan,
  Row,
  Spans,
} from '../../../../src-shared/markdown/markdown.ts';
import { markdownText } from '../../../files/markdown-text.ts';
import { fenced, moreTicks, withoutHead } from './texts.ts';

/** Of the title of a section. */
const LEVEL = 2;

/**
 * A text in Markdown as a part of a page: written anew from what was read, as a fence or comment that somebody has left open would take the
 * rest of the page with it. Its headings are below the page's.
 */
export function markdownPart(blocks: Blocks): string {
  return blocks.map(blockText).join('\n\n');
}

function blockText(block: MarkdownBlock): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(Math.min(6, LEVEL + block.level))} ${spansText(block.spans)}`;
    case 'paragraph':
      return spansText(block.spans);
    case 'list':
      return block.items.map((item, place) => itemText(markOf(block.start, place), item)).join('\n');
    case 'quotation':
      return prefixed(markdownPart(block.blocks), '> ', '> ');
    case 'code':
      return fenced(block.text);
    case 'rule':
      return '---';
    case 'table': {
      const row = (cells: Row): string => `| ${cells.map((cell) => spansText(cell, true)).join(' | ')} |`;
      const rule = block.columns.map(({ align }) => ({ left: '---', center: ':---:', right: '---:' })[align]);
      return [
        row(block.columns.map(({ title }) => title)),
        `| ${rule.join(' | ')} |`,
        ...block.rows.map(row),
      ].join('\n');
    }
  }
}

function markOf(start: number | null, place: number): string {
  return start === null ? '- ' : `${start + place}. `;
}

function itemText(mark: string, item: Blocks): string {
  return prefixed(markdownPart(item), mark, ' '.repeat(mark.length));
}

/** Each line after what begins it; empty lines after what is seen of that. */
function prefixed(text: string, first: string, others: string): string {
  return text
    .split('\n')
    .map((each, place) => `${place === 0 ? first : others}${each}`.trimEnd())
    .join('\n');
}

/** What begins a line is no mark. */
function spansText(spans: Spans, inTable = false): string {
  return inline(spans, inTable)
    .split('\n')
    .map((each) => withoutHead(each.trim()))
    .join('\n');
}

function inline(spans: Spans, inTable: boolean): string {
  return spans.map((span) => spanText(span, inTable)).join('');
}

const MARKS = { strong: '**', emphasis: '*', struck: '~~' } as const;

function spanText(span: MarkdownSpan, inTable: boolean): string {
  switch (span.kind) {
    case 'text':
      return markdownText(span.text).replaceAll('~~', String.raw`\~\~`);
    case 'code':
      return inTable ? codeSpan(span.text).replaceAll('|', String.raw`\|`) : codeSpan(span.text);
    case 'break':
      return '\\\n';
    case 'link':
      return `[${inline(span.spans, inTable)}](<${span.address}>)`;
    case 'strong':
    case 'emphasis':
    case 'struck':
      return `${MARKS[span.kind]}${inline(span.spans, inTable)}${MARKS[span.kind]}`;
  }
}

/** Between more backticks than are in it. */
function codeSpan(text: string): string {
  const ticks = moreTicks(text, 1);
  const space = /^`|`$|^ .* $/.test(text) ? ' ' : '';
  return `${ticks}${space}${text}${space}${ticks}`;
}
