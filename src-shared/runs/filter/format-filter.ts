import type { FilterNode } from './filter-node.ts';

/** A filter as text that `parseFilter` reads back to the same filter. */
export function formatFilter(node: FilterNode): string {
  switch (node.kind) {
    case 'all':
      return node.parts.map((part) => (part.kind === 'any' ? grouped(part) : formatFilter(part))).join(' ');
    case 'any':
      return node.parts
        .map((part) => (part.kind === 'any' ? grouped(part) : formatFilter(part)))
        .join(' or ');
    case 'not':
      return `-${node.part.kind === 'all' || node.part.kind === 'any' ? grouped(node.part) : formatFilter(node.part)}`;
    case 'comparison':
      return `${node.name}${node.operator}${formatValue(node.value.text, node.value.quoted)}`;
    case 'membership':
      return `${node.name} in (${node.values.map(({ text, quoted }) => formatValue(text, quoted)).join(', ')})`;
    case 'text':
      return formatValue(node.text, node.quoted);
  }
}

/** A value with quotation marks where it needs them, or where they turn `*` and `none` into plain text. */
export function formatValue(text: string, quoted = false): string {
  const plain = !quoted && /^[^\s(),"']+$/.test(text);
  return plain ? text : `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function grouped(node: FilterNode): string {
  return `(${formatFilter(node)})`;
}
