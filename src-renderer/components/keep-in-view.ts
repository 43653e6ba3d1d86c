import { useEventListener, useResizeObserver, useTimeoutFn } from '@vueuse/core';
import { type EffectScope, effectScope } from 'vue';

/** Milliseconds in which what stands above has arrived, or is not waited for. */
const SETTLING = 5000;

/** Keeps an element at the top of what scrolls while what stands above it still arrives, until somebody scrolls, clicks or types. */
export function keepInView(element: HTMLElement): void {
  const around = element.parentElement;
  if (!around) return;
  const scope: EffectScope = effectScope();
  const stop = (): void => scope.stop();
  scope.run(() => {
    useResizeObserver(around, () => element.scrollIntoView({ block: 'start' }));
    for (const event of ['wheel', 'pointerdown', 'keydown'] as const)
      useEventListener(window, event, stop, { passive: true });
    useTimeoutFn(stop, SETTLING);
  });
}
