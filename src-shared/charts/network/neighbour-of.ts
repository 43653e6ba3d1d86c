import type { GraphNode } from './graph-layout.ts';

export type Step = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End';

/**
 * The node that a key leads to: up and down in the order of the network, left and right to what stands on the same level. Null where
 * there is none.
 */
export function neighbourOf(nodes: readonly GraphNode[], from: GraphNode, step: Step): GraphNode | null {
  const own = nodes.filter(({ side }) => side === from.side);
  const place = own.indexOf(from);
  switch (step) {
    case 'Home':
      return own[0] ?? null;
    case 'End':
      return own.at(-1) ?? null;
    case 'ArrowUp':
      return own[place - 1] ?? null;
    case 'ArrowDown':
      return own[place + 1] ?? null;
    case 'ArrowLeft':
    case 'ArrowRight': {
      const sign = step === 'ArrowRight' ? 1 : -1;
      const distance = (node: GraphNode): number => sign * (middleOf(node) - middleOf(from));
      const beside = nodes.filter((node) => !node.isOpen && overlaps(node, from) && distance(node) > 0);
      return beside.toSorted((one, other) => distance(one) - distance(other))[0] ?? null;
    }
  }
}

function middleOf({ x, width }: GraphNode): number {
  return x + width / 2;
}

/** Whether two nodes share a level. */
function overlaps(one: GraphNode, other: GraphNode): boolean {
  return one.y < other.y + other.height && other.y < one.y + one.height;
}
