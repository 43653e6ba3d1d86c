import type { Blocks, MarkdownBlock, MarkdownSpan, Row, Spans } from './markdown.ts';

/** An element of HTML, or text. Who shows it escapes texts and attributes. */
export type MarkdownNode = string | MarkdownElement;

export interface MarkdownElement {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly MarkdownNode[];
}

/** A text in Markdown as elements. @param below the level of the heading that it stands under */
export function markdownElements(blocks: Blocks, below: number): MarkdownElement[] {
  return blocks.map((block) => elementOf(block, below));
}

function elementOf(block: MarkdownBlock, below: number): MarkdownElement {
  switch (block.kind) {
    case 'heading':
      return element(`h${Math.min(6, below + block.level)}`, spansOf(block.spans));
    case 'paragraph':
      return element('p', spansOf(block.spans));
    case 'list': {
      const items = block.items.map((item) => element('li', itemChildren(item, below)));
      return block.start === null
        ? element('ul', items)
        : element('ol', items, block.start === 1 ? {} : { start: String(block.start) });
    }
    case 'quotation':
      return element('blockquote', markdownElements(block.blocks, below));
    case 'code':
      return element('pre', [element('code', [block.text])], { tabindex: '0' });
    case 'rule':
      return element('hr', []);
    case 'table': {
      const row = (cells: Row, tag: string): MarkdownElement =>
        element(
          'tr',
          cells.map((cell, place) => element(tag, spansOf(cell), alignment(block.columns[place]?.align))),
        );
      const head = element('thead', [
        row(
          block.columns.map(({ title }) => title),
          'th',
        ),
      ]);
      const body = element(
        'tbody',
        block.rows.map((cells) => row(cells, 'td')),
      );
      const attributes = { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': 'Table of the note' };
      return element('div', [element('table', [head, body])], attributes);
    }
  }
}

/** The text of an item is no paragraph of its own. */
function itemChildren(item: Blocks, below: number): readonly MarkdownNode[] {
  const [first, ...rest] = item;
  return first?.kind === 'paragraph'
    ? [...spansOf(first.spans), ...markdownElements(rest, below)]
    : markdownElements(item, below);
}

function alignment(align = 'left'): MarkdownElement['attributes'] {
  return align === 'left' ? {} : { class: align === 'right' ? 'number' : align };
}

function spansOf(spans: Spans): MarkdownNode[] {
  return spans.map(nodeOf);
}

const TAGS = { strong: 'strong', emphasis: 'em', struck: 's' } as const;

function nodeOf(span: MarkdownSpan): MarkdownNode {
  switch (span.kind) {
    case 'text':
      return span.text;
    case 'code':
      return element('code', [span.text]);
    case 'break':
      return element('br', []);
    case 'link':
      return element('a', spansOf(span.spans), {
        ...{ href: span.address, target: '_blank', rel: 'noopener noreferrer' },
      });
    case 'strong':
    case 'emphasis':
    case 'struck':
      return element(TAGS[span.kind], spansOf(span.spans));
  }
}

function element(
  tag: string,
  children: readonly MarkdownNode[],
  attributes: MarkdownElement['attributes'] = {},
): MarkdownElement {
  return { tag, attributes, children };
}
