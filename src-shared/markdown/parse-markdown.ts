import MarkdownIt, { type Token } from 'markdown-it';
import type { Blocks, MarkdownBlock, MarkdownColumn, MarkdownSpan, Row, Spans } from './markdown.ts';

/** A table of more columns is shown as it was typed. */
const MOST_COLUMNS = 40;

/**
 * Reads a text in Markdown (CommonMark with tables and struck text) of anybody: raw HTML in it is text, links lead to web pages and
 * mail addresses only, and pictures are links to them, so that nothing is fetched where it is shown.
 */
export function parseMarkdown(text: string): Blocks {
  return blocksIn(topLevel(reader.parse(text, {})), text.split('\n'));
}

const reader = new MarkdownIt({ html: false, linkify: true });
reader.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
reader.validateLink = (address) => /^(?:https?|mailto):/i.test(address.trim());

/** A token with those between it and its closing one. */
interface Part {
  readonly token: Token;
  readonly inner: readonly Token[];
}

function topLevel(tokens: readonly Token[]): Part[] {
  const parts: Part[] = [];
  let depth = 0;
  let begin = 0;
  for (const [place, { nesting }] of tokens.entries()) {
    if (depth === 0) begin = place;
    depth += nesting;
    const token = tokens[begin];
    if (depth === 0 && token)
      parts.push({ token, inner: tokens.slice(begin + 1, Math.max(begin + 1, place)) });
  }
  return parts;
}

function blocksIn(parts: readonly Part[], lines: readonly string[]): Blocks {
  return parts.map((part) => blockOf(part, lines));
}

function blockOf({ token, inner }: Part, lines: readonly string[]): MarkdownBlock {
  switch (token.type) {
    case 'heading_open':
      return { kind: 'heading', level: Number(token.tag.slice(1)), spans: inlineSpans(inner) };
    case 'bullet_list_open':
    case 'ordered_list_open':
      return {
        kind: 'list',
        start: token.type === 'bullet_list_open' ? null : Number(token.attrGet('start') ?? 1),
        items: topLevel(inner).map((item) => blocksIn(topLevel(item.inner), lines)),
      };
    case 'blockquote_open':
      return { kind: 'quotation', blocks: blocksIn(topLevel(inner), lines) };
    case 'code_block':
    case 'fence':
      return { kind: 'code', text: token.content.replace(/\n$/, '') };
    case 'hr':
      return { kind: 'rule' };
    case 'table_open':
      return tableOf(token, inner, lines);
    default:
      return { kind: 'paragraph', spans: inlineSpans(inner) };
  }
}

function tableOf(token: Token, inner: readonly Token[], lines: readonly string[]): MarkdownBlock {
  const [head, ...rows] = topLevel(inner)
    .flatMap((section) => topLevel(section.inner))
    .map((row) => topLevel(row.inner));
  const columns = (head ?? []).map((cell): MarkdownColumn => ({
    align: alignOf(cell.token),
    title: inlineSpans(cell.inner),
  }));
  if (columns.length > MOST_COLUMNS) {
    const [first, last] = token.map ?? [0, 0];
    return { kind: 'code', text: lines.slice(first, last).join('\n') };
  }
  return { kind: 'table', columns, rows: rows.map((row): Row => row.map((cell) => inlineSpans(cell.inner))) };
}

function alignOf(token: Token): MarkdownColumn['align'] {
  const [, align] = /text-align:(center|right)/.exec(attribute(token, 'style')) ?? [];
  return align === 'center' || align === 'right' ? align : 'left';
}

function attribute(token: Token, name: string): string {
  return String(token.attrGet(name) ?? '');
}

function inlineSpans(tokens: readonly Token[]): Spans {
  return spansIn(topLevel(tokens.flatMap(({ children }) => children ?? [])));
}

function spansIn(parts: readonly Part[]): Spans {
  return parts.map(spanOf);
}

function spanOf({ token, inner }: Part): MarkdownSpan {
  switch (token.type) {
    case 'strong_open':
      return { kind: 'strong', spans: spansIn(topLevel(inner)) };
    case 'em_open':
      return { kind: 'emphasis', spans: spansIn(topLevel(inner)) };
    case 's_open':
      return { kind: 'struck', spans: spansIn(topLevel(inner)) };
    case 'link_open':
      return { kind: 'link', address: attribute(token, 'href'), spans: spansIn(topLevel(inner)) };
    case 'image': {
      const address = attribute(token, 'src');
      const spans = spansIn(topLevel(token.children ?? []));
      return { kind: 'link', address, spans: spans.length > 0 ? spans : [{ kind: 'text', text: address }] };
    }
    case 'code_inline':
      return { kind: 'code', text: token.content };
    case 'hardbreak':
      return { kind: 'break' };
    case 'softbreak':
      return { kind: 'text', text: ' ' };
    default:
      // written as entities they would begin a new line, or code
      return { kind: 'text', text: token.content.replaceAll(/[\t\n\v\f\r]/g, ' ') };
  }
}
