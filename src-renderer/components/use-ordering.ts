import { nextTick, ref, type Ref } from 'vue';

export interface Ordering {
  /** The key of what something is dragged over now. */
  readonly over: Readonly<Ref<string | null>>;
  /** What the element of a key listens to, so that it is dragged and others are dropped on it. */
  readonly listeners: (key: string) => Readonly<Record<string, (event: DragEvent) => void>>;
  /** Moves by so many places; the element of the event keeps the focus. */
  readonly shift: (key: string, by: number, event: Event) => Promise<void>;
}

/** Things in a row that are ordered by dragging or by the keyboard. @param order told of the new order */
export function useOrdering(keys: () => readonly string[], order: (keys: string[]) => void): Ordering {
  const dragged = ref<string | null>(null);
  const over = ref<string | null>(null);

  function moveTo(key: string, place: number): void {
    const next = [...keys()];
    const from = next.indexOf(key);
    if (from < 0 || place < 0 || place >= next.length || from === place) return;
    next.splice(place, 0, ...next.splice(from, 1));
    order(next);
  }

  function drop(target: string): void {
    if (dragged.value !== null) moveTo(dragged.value, keys().indexOf(target));
    dragged.value = null;
    over.value = null;
  }

  return {
    over,
    listeners: (key) => ({
      dragstart: () => (dragged.value = key),
      dragover: (event) => {
        event.preventDefault();
        over.value = key;
      },
      dragleave: () => (over.value = null),
      drop: (event) => {
        event.preventDefault();
        drop(key);
      },
      dragend: () => (dragged.value = null),
    }),
    async shift(key, by, { currentTarget }) {
      moveTo(key, keys().indexOf(key) + by);
      // an element that is moved loses the focus
      await nextTick();
      if (currentTarget instanceof HTMLElement) currentTarget.focus();
    },
  };
}
