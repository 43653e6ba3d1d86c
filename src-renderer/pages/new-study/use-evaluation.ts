import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue';
import { wantedRuns } from '../../../src-shared/studies/wanted-runs.ts';
import type { StudyData } from '../../../src-shared/studies/cost-cells.ts';
import type { StudyMistake } from '../../../src-shared/studies/read-study.ts';
import type { StudyDefinition } from '../../../src-shared/studies/study-definition.ts';
import { studyFields } from './edit-study-text.ts';
import { costRows, readDraft, type CostedRow } from './evaluate-study.ts';

export interface Evaluation {
  readonly definition: Ref<StudyDefinition | null>;
  /** Of the last draft that could be read; `stale` says that the present one cannot. */
  readonly rows: Ref<readonly CostedRow[]>;
  readonly stale: Ref<boolean>;
  readonly mistakes: Ref<readonly StudyMistake[]>;
  readonly runs: Ref<number>;
  /** Cells that the study has; `rows` may still be filling. */
  readonly cells: Ref<number>;
}

/** Grids up to this many cells are evaluated at once, before the page is drawn; larger ones when the hand rests. */
const AT_ONCE = 250;
const REST_MILLISECONDS = 200;
/** Of a frame's 16.7. */
const SLICE_MILLISECONDS = 8;
/** One mistake of each kind says enough. */
const MOST_MISTAKES = 20;

/** What the draft is and costs, kept up to date. `data` is null while the data set's images are not known. */
export function useEvaluation(text: Ref<string>, data: Ref<StudyData | null>): Evaluation {
  const definition = shallowRef<StudyDefinition | null>(null);
  const rows = shallowRef<readonly CostedRow[]>([]);
  const mistakes = shallowRef<readonly StudyMistake[]>([]);
  const stale = ref(false);
  const runs = ref(0);
  const cells = ref(0);
  let waiting: number | undefined;
  let slice: number | undefined;

  function evaluate(): void {
    cancelAnimationFrame(slice ?? 0);
    const reading = readDraft(text.value);
    if (!('definition' in reading)) {
      mistakes.value = reading;
      stale.value = true;
      return;
    }
    stale.value = false;
    definition.value = reading.definition;
    mistakes.value = reading.mistakes;
    cells.value = reading.cells.length;
    runs.value = wantedRuns(reading.definition, reading.cells).length;
    if (data.value === null) rows.value = reading.cells.map((cell) => ({ cell, cost: null }));
    else fill(costRows(reading.cells, reading.definition, data.value), []);
  }

  /** Goes on until the slice of this frame is used up; what is there is shown at once. */
  function fill(source: ReturnType<typeof costRows>, done: CostedRow[]): void {
    const end = performance.now() + SLICE_MILLISECONDS;
    const found: StudyMistake[] = [];
    let isMore = true;
    while (isMore && (done.length < AT_ONCE || performance.now() < end)) {
      const next = source.next();
      isMore = next.done !== true;
      if (next.done === true) break;
      done.push(next.value);
      if (next.value.mistake) found.push(next.value.mistake);
    }
    if (found.length > 0 && mistakes.value.length < MOST_MISTAKES)
      mistakes.value = [...mistakes.value, ...found].slice(0, MOST_MISTAKES);
    rows.value = [...done];
    if (isMore) slice = requestAnimationFrame(() => fill(source, done));
  }

  watch(
    [text, data],
    () => {
      clearTimeout(waiting);
      if (combinations(text.value) <= AT_ONCE) evaluate();
      else waiting = window.setTimeout(evaluate, REST_MILLISECONDS);
    },
    { immediate: true },
  );
  onScopeDispose(() => {
    clearTimeout(waiting);
    cancelAnimationFrame(slice ?? 0);
  });
  return { definition, rows, stale, mistakes, runs, cells };
}

/** How many cells the draft asks for, roughly and without reading it all. */
function combinations(text: string): number {
  const { vary, cells, sample } = studyFields(text) ?? {};
  if (Array.isArray(cells)) return cells.length;
  const sizes = Object.values(vary ?? {}).map((values: unknown) =>
    Array.isArray(values) ? values.length : 1,
  );
  const drawn =
    typeof sample === 'object' && sample !== null && 'cells' in sample ? Number(sample.cells) : Infinity;
  return Math.min(
    drawn,
    sizes.reduce((product, size) => product * size, 1),
  );
}
