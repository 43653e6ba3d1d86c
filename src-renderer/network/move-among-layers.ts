const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** Arrow keys, Home and End in a list box of layers: focuses the next one, which then is the active one. */
export function moveAmongLayers(event: KeyboardEvent): void {
  const list = event.currentTarget;
  if (!(list instanceof HTMLElement)) return;
  const layers = [...list.querySelectorAll<HTMLElement>('[role=option]')];
  const place = layers.findIndex((layer) => layer === document.activeElement);
  const step = STEPS[event.key];
  const next =
    event.key === 'Home'
      ? 0
      : event.key === 'End'
        ? layers.length - 1
        : step === undefined
          ? -1
          : place + step;
  const layer = layers[next];
  if (!layer) return;
  event.preventDefault();
  layer.focus();
}
