import { computed, type ComputedRef, type Ref } from 'vue';
import {
  letterOf,
  panelsOf,
  type WholePanel,
  withPanels,
} from '../../../src-shared/figures/figure-panels.ts';
import type { FigureSpecification } from '../../../src-shared/figures/figure-specification.ts';
import { MOST_PANELS } from '../../../src-shared/figures/panel-schema.ts';
import { useText } from '../../components/use-query.ts';

export interface Panels {
  readonly all: ComputedRef<readonly WholePanel[]>;
  /** The place of the panel that is being changed; in the address by its letter. */
  readonly at: ComputedRef<number>;
  /** That panel; null where no figure is open. */
  readonly panel: ComputedRef<WholePanel | null>;
  readonly isFull: ComputedRef<boolean>;
  readonly choose: (place: number) => void;
  /** Of this panel; of the style what is not a panel's own changes for the figure. */
  readonly change: (part: Partial<WholePanel>) => void;
  /** Of every panel. */
  readonly changeSource: (source: WholePanel['source']) => void;
  /** Behind the others; the first of them is changed next. */
  readonly add: (more: readonly WholePanel[]) => void;
  readonly remove: () => void;
  readonly move: (by: -1 | 1) => void;
}

/** The panels of a figure that is being changed. */
export function usePanels(
  figure: Ref<FigureSpecification | null>,
  replace: (figure: FigureSpecification) => void,
): Panels {
  const letter = useText('panel', letterOf(0));
  const all = computed(() => (figure.value ? panelsOf(figure.value) : []));
  const at = computed(() => {
    const place = all.value.findIndex((_, each) => letterOf(each) === letter.value);
    return Math.max(0, place);
  });
  const panel = computed(() => all.value[at.value] ?? null);
  const isFull = computed(() => all.value.length >= MOST_PANELS);

  function choose(place: number): void {
    letter.value = letterOf(place);
  }

  /** @param style of which the figure has what is not a panel's own */
  function set(panels: readonly WholePanel[], style?: WholePanel['style']): void {
    const [first, ...others] = panels;
    const now = figure.value;
    if (!first || !now) return;
    replace(withPanels({ ...now, ...(style && { style }) }, [first, ...others]));
  }

  return {
    ...{ all, at, panel, isFull, choose },
    change: (part) =>
      set(
        all.value.map((each, place) => (place === at.value ? { ...each, ...part } : each)),
        part.style,
      ),
    changeSource: (source) => set(all.value.map((each) => ({ ...each, source }))),
    add: (more) => {
      const room = MOST_PANELS - all.value.length;
      choose(all.value.length);
      set([...all.value, ...more.slice(0, room)]);
    },
    remove: () => {
      const rest = all.value.filter((_, place) => place !== at.value);
      choose(Math.min(at.value, rest.length - 1));
      set(rest);
    },
    move: (by) => {
      const next = [...all.value];
      const [moved] = next.splice(at.value, 1);
      if (!moved) return;
      next.splice(at.value + by, 0, moved);
      choose(at.value + by);
      set(next);
    },
  };
}
