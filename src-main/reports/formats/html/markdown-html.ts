import { type MarkdownNode, markdownElements } from '../../../../src-shared/markdown/markdown-elements.ts';
import type { Blocks } from '../../../../src-shared/markdown/markdown.ts';
import { htmlText } from '../../../../src-shared/html-text.ts';

/** Of the title of a section. */
const LEVEL = 2;

const WITHOUT_END: ReadonlySet<string> = new Set(['br', 'hr']);

export function markdownHtml(blocks: Blocks): string {
  return markdownElements(blocks, LEVEL).map(nodeHtml).join('\n');
}

function nodeHtml(node: MarkdownNode): string {
  if (typeof node === 'string') return htmlText(node);
  const { tag, attributes, children } = node;
  const set = Object.entries(attributes).map(([name, value]) => ` ${name}="${htmlText(value)}"`);
  const start = `<${tag}${set.join('')}>`;
  return WITHOUT_END.has(tag) ? start : `${start}${children.map(nodeHtml).join('')}</${tag}>`;
}
