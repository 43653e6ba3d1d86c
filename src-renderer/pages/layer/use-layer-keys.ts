import { onKeyStroke } from '@vueuse/core';
import { useRouter } from 'vue-router';
import type { LayerAddress } from '../../network/layer-address.ts';

export interface LayerWays {
  readonly previous: LayerAddress | null;
  readonly next: LayerAddress | null;
  /** The layers of the network. */
  readonly back: { readonly path: string; readonly query: Readonly<Record<string, string>> };
}

/** Where a key belongs to what has the focus, or to what stands before the page. */
const ELSEWHERE = 'input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]';

/** The arrows lead to the layers beside this one, Esc back to all of them. */
export function useLayerKeys(ways: () => LayerWays): void {
  const router = useRouter();

  onKeyStroke(['ArrowLeft', 'ArrowRight', 'Escape'], (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target instanceof Element && event.target.closest(ELSEWHERE)) return;
    const { previous, next, back } = ways();
    if (event.key === 'Escape') return void router.push(back);
    const to = event.key === 'ArrowLeft' ? previous : next;
    if (!to || scrollsSideways(event.target)) return;
    event.preventDefault();
    void router.replace(to);
  });
}

/** Whether the arrows move what has the focus: a table or a picture that is wider than its place. */
function scrollsSideways(target: EventTarget | null): boolean {
  const region = target instanceof Element ? target.closest('[role="region"][tabindex="0"]') : null;
  return region !== null && region.scrollWidth > region.clientWidth;
}
