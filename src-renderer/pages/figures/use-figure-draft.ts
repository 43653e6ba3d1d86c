import { useTimeoutFn } from '@vueuse/core';
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { type LocationQueryRaw, useRoute, useRouter } from 'vue-router';
import type { SavedFigure } from '../../../src-shared/contract/api/figures.ts';
import {
  figureSpecificationSchema,
  type FigureSpecification,
} from '../../../src-shared/figures/figure-specification.ts';
import { type NamedRuns, readDraft, writeDraft } from '../../figures/draft-address.ts';
import { useSelection } from '../../stores/selection.ts';

/** Milliseconds after a change before it stands in the address: browsers refuse many in a short time. */
const QUIET = 400;

export interface FigureDraft {
  /** Null where no figure is open. */
  readonly specification: Readonly<Ref<FigureSpecification | null>>;
  /** The saved figure that is being changed; null for one that was not saved. */
  readonly opened: ComputedRef<SavedFigure | null>;
  readonly isChanged: ComputedRef<boolean>;
  /** Why the address opens no figure; empty where all is well. */
  readonly problem: Readonly<Ref<string>>;
  /** The figure as it is now. */
  readonly replace: (figure: FigureSpecification) => void;
  /** Opens a saved figure, with changes or without, or one that is not saved, or none. */
  readonly open: (figure: SavedFigure | null, draft: FigureSpecification | null) => void;
}

/**
 * The figure that is open, by the address: `?figure=ID` is a saved one, `?draft=JSON` one that is not saved, both a
 * saved one with changes. So a reload and the way back come to the same figure. A draft of many selected runs names them as
 * the selection, which is kept with the tab, as Compare does.
 */
export function useFigureDraft(saved: Ref<readonly SavedFigure[]>): FigureDraft {
  const route = useRoute();
  const router = useRouter();
  const selection = useSelection();
  const specification = shallowRef<FigureSpecification | null>(null);
  const problem = ref('');
  /** The query that a change here is about to write: when it comes back, newer changes may have been made. */
  let written: LocationQueryRaw | null = null;

  const opened = computed(() => saved.value.find(({ id }) => id === route.query['figure']) ?? null);
  const isChanged = computed(
    () => opened.value !== null && !isSame(specification.value, opened.value.specification),
  );

  watch(
    [() => route.query['draft'], opened],
    ([draft, figure]) => {
      if (route.path !== '/figures' || isOurs()) return;
      const found =
        typeof draft === 'string' ? readDraft(draft, namedRuns(figure)) : (figure?.specification ?? null);
      problem.value = typeof found === 'string' ? found : '';
      const next = typeof found === 'string' ? null : found;
      if (!isSame(next, specification.value)) specification.value = next;
    },
    { immediate: true },
  );

  function namedRuns(figure: SavedFigure | null): NamedRuns {
    return { selected: selection.visible, saved: figure?.specification.source ?? null };
  }

  function isOurs(): boolean {
    const { figure, draft } = written ?? {};
    const is = written !== null && figure === route.query['figure'] && draft === route.query['draft'];
    if (is) written = null;
    return is;
  }

  /** How large the preview is and which panel is being changed stay in the address. */
  function besideHere(): LocationQueryRaw {
    const { scale, panel } = route.query;
    return { ...(scale !== undefined && { scale }), ...(panel !== undefined && { panel }) };
  }

  /** And, as long as it is the same figure, whether a change of runs is one of all panels. */
  function besideSame(): LocationQueryRaw {
    const oneSource = route.query['one-source'];
    return { ...besideHere(), ...(oneSource !== undefined && { 'one-source': oneSource }) };
  }

  function open(figure: SavedFigure | null, draft: FigureSpecification | null): void {
    writing.stop();
    void router.push({
      path: '/figures',
      query: { ...besideHere(), ...queryOf(figure, draft, namedRuns(figure)) },
    });
  }

  function replace(figure: FigureSpecification): void {
    specification.value = figure;
    writing.start();
  }
  const writing = useTimeoutFn(
    () => {
      written = queryOf(opened.value, specification.value, namedRuns(opened.value));
      void router.replace({ path: '/figures', query: { ...besideSame(), ...written } });
    },
    QUIET,
    { immediate: false },
  );

  return { specification, opened, isChanged, problem, replace, open };
}

function queryOf(
  figure: SavedFigure | null,
  draft: FigureSpecification | null,
  named: NamedRuns,
): LocationQueryRaw {
  const isDraft = draft !== null && !(figure && isSame(draft, figure.specification));
  return { ...(figure && { figure: figure.id }), ...(isDraft && { draft: writeDraft(draft, named) }) };
}

/** Both went through the schema, which gives their fields an order. */
function isSame(one: FigureSpecification | null, other: FigureSpecification | null): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

function ordered(specification: FigureSpecification | null): FigureSpecification | null {
  return specification && figureSpecificationSchema.parse(specification);
}
