import { type DrawnBlock } from '../../../src-shared/networks/lay-out-network.ts';

/** Parts of the address that say how a network is drawn, whichever it is. */
export const GRAPH_LOOK = ['colour', 'open'] as const;

/** Up to so many layers all modules are open at first: more of them are no longer seen at one glance. */
const MOST_OPEN = 24;

/** What `&open=` says: `all`, `none`, or names of modules; empty for what suits the network. */
export function openModules(text: string, blocks: readonly DrawnBlock[]): ReadonlySet<string> {
  const modules = moduleNames(blocks);
  const layers = blocks.reduce((sum, block) => sum + block.layers.length, 0);
  if (text === 'all' || (text === '' && layers <= MOST_OPEN)) return new Set(modules);
  const named = text.split(',');
  return new Set(modules.filter((name) => named.includes(name)));
}

/** The other way round. */
export function textOfOpen(open: ReadonlySet<string>, blocks: readonly DrawnBlock[]): string {
  const modules = moduleNames(blocks);
  if (modules.every((name) => open.has(name))) return 'all';
  return open.size === 0 ? 'none' : modules.filter((name) => open.has(name)).join(',');
}

function moduleNames(blocks: readonly DrawnBlock[]): string[] {
  return [...new Set(blocks.flatMap(({ name, layers }) => (layers[0]?.layer.module == null ? [] : [name])))];
}
