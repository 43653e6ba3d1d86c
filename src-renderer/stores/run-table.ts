import { useRafFn } from '@vueuse/core';
import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import type { ParametersOf } from '../../src-shared/contract/api/index.ts';
import type { AnnotationBack } from '../../src-shared/contract/api/runs.ts';
import { indexRuns } from '../../src-shared/runs/run-index.ts';
import type { CellRow, RunRow } from '../../src-shared/runs/run-row.ts';
import { request } from '../connection/request.ts';
import { annotatedText, backText, backTo } from './annotation-change.ts';
import { inParts } from './in-parts.ts';
import { useLoading } from './loading.ts';
import { useNotices } from './notices.ts';
import { useUndo } from './undo.ts';

type Annotation = Omit<ParametersOf<'runs.annotate'>, 'runs'>;

/** The tags in a text, with commas between them. */
export function tagsIn(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
}

/** Key of a cell among all studies. */
export function cellKey(run: { readonly study: string; readonly cell: string }): string {
  return `${run.study}/${run.cell}`;
}

function keyed(cells: readonly CellRow[]): Map<string, CellRow> {
  return new Map(cells.map((cell) => [cellKey({ study: cell.study, cell: cell.id }), cell]));
}

/** Every run there is, kept up to date. The rows are plain objects; a changed run is another object. */
export const useRunTable = defineStore('run table', () => {
  const runs = shallowRef<RunRow[]>([]);
  const cells = shallowRef(new Map<string, CellRow>());
  const classes = shallowRef<ReadonlyMap<string, readonly string[]>>(new Map());
  const places = new Map<string, number>();

  const loading = useLoading(async (isLatest) => {
    const table = await request('runs.table', {});
    if (!isLatest()) return;
    places.clear();
    for (const [place, run] of table.runs.entries()) places.set(run.id, place);
    cells.value = keyed(table.cells);
    classes.value = new Map(table.classes.map(({ dataset, names }) => [dataset, names]));
    runs.value = [...table.runs];
  }, apply);

  /** Many runs may change at once; the page follows once a frame. */
  const { resume: changed } = useRafFn(() => void (runs.value = [...runs.value]), {
    immediate: false,
    once: true,
  });

  function put(row: RunRow): void {
    const place = places.get(row.id);
    if (place === undefined) {
      places.set(row.id, runs.value.length);
      runs.value.push(row);
    } else {
      runs.value[place] = row;
    }
  }

  function apply(event: ApplicationEvent): void {
    if (event.type === 'runs') for (const row of event.runs) put(row);
    else if (event.type === 'cells') putCells(event.study, event.cells);
    else return;
    changed();
  }

  /** In the place of those that the study had, in their order. */
  function putCells(study: string, own: readonly CellRow[]): void {
    const others = [...cells.value.values()].filter((cell) => cell.study !== study);
    cells.value = keyed([...others, ...own]);
  }

  /** Writes a note, adds and removes tags. Resolves to whether that was done; why it was not is shown. */
  async function annotate(ids: readonly string[], change: Annotation): Promise<boolean> {
    const before = ids.flatMap((id) => byId.value(id) ?? []);
    const rows: RunRow[] = [];
    const isDone = await useNotices().attempt(async () => {
      await inParts(ids, 'Writing of runs', async (part) => {
        const written = await request('runs.annotate', { runs: part, ...change });
        putAnnotations(written);
        rows.push(...written);
      });
      return true;
    });
    const back = backTo(before, rows);
    if (back.length > 0) useUndo().did({ done: annotatedText(back), undo: () => annotateBack(back) });
    return isDone === true;
  }

  async function annotateBack(back: readonly AnnotationBack[]): Promise<string> {
    let changed = 0;
    await inParts(back, 'Undoing', async (part) => {
      const answer = await request('runs.annotateBack', { runs: part });
      putAnnotations(answer.rows);
      changed += answer.changed.length;
    });
    return backText(back, changed);
  }

  /** What else has changed meanwhile is told by events. */
  function putAnnotations(rows: readonly RunRow[]): void {
    for (const { id, note, tags } of rows) {
      const known = byId.value(id);
      if (known) put({ ...known, note, tags });
    }
    changed();
  }

  /** For filters, groups and charts; made anew when a run changes. */
  const index = computed(() =>
    indexRuns({ runs: runs.value, cells: [...cells.value.values()] }, classes.value),
  );
  const byId = computed(() => {
    const current = runs.value;
    return (id: string): RunRow | undefined => current[places.get(id) ?? -1];
  });
  const cellOf = computed(() => {
    const current = cells.value;
    return (run: { readonly study: string; readonly cell: string }): CellRow | undefined =>
      current.get(cellKey(run));
  });

  return { runs, cells, index, byId, cellOf, annotate, ...loading };
});
