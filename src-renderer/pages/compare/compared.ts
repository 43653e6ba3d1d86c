import { storeToRefs } from 'pinia';
import { computed, type ComputedRef, type InjectionKey, type Ref, shallowRef, watch } from 'vue';
import { rankedCells, type RankedCells } from '../../../src-shared/charts/cells/best-cell.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { type ChartSource, sourceOfCells, sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { type FigureSource, sourceOfStudyCells } from '../../../src-shared/runs/run-source.ts';
import { chooseRuns, type ChosenRuns } from '../../../src-shared/runs/choose-runs.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { resolveColumn } from '../../../src-shared/runs/resolve-column.ts';
import { usualMetric } from '../../../src-shared/runs/usual-metric.ts';
import { useChoice, useList, useSwitch, useText } from '../../components/use-query.ts';
import { selectionFilter } from '../../charts/selection-filter.ts';
import { MOST_IN_ADDRESS, useFoundRuns, useSelectedRuns } from '../../charts/use-selected-runs.ts';
import { useRunTable } from '../../stores/run-table.ts';
import { RUN_COLOURS, useSelection } from '../../stores/selection.ts';

/** Ids of cells; null for all of them. */
export type SomeCells = ReadonlySet<string> | null;

/** What is compared: the runs of a study, or those that were selected when the page was opened. */
export interface Compared {
  readonly chosen: ComputedRef<ChosenRuns>;
  /** The selected ones of them, which all charts show; empty where none is. */
  readonly selected: ComputedRef<ReadonlySet<string>>;
  /** Cells with a selected run. */
  readonly selectedCells: ComputedRef<ReadonlySet<string>>;
  /** How many runs and cells there are without `only`. */
  readonly all: ComputedRef<{ readonly runs: number; readonly cells: number }>;
  /** Whether the selected runs alone are compared. */
  readonly only: Ref<boolean>;
  readonly metric: Ref<string>;
  readonly table: ComputedRef<CellTable>;
  /** The cells that have a value, and by what they are ordered. */
  readonly ranked: ComputedRef<RankedCells>;
  /** So many of the cells, the best first and those without a value last. */
  readonly bestOf: (count: number) => SomeCells;
  /** Where charts of some of the cells gather their data, and where a figure finds the runs of these. */
  readonly sourceOf: (some: SomeCells) => ChartSource;
  readonly figureSourceOf: (some: SomeCells) => FigureSource;
  /** The same of some of the runs. */
  readonly sourceOfSome: (runs: readonly string[]) => ChartSource;
}

export const COMPARED: InjectionKey<Compared> = Symbol('compared');

/** @param study name, or null for the selection (without its hidden runs). */
export function useCompared(study: Ref<string | null>): Compared {
  const runTable = useRunTable();
  const { index } = storeToRefs(runTable);
  const selection = useSelection();
  const begun = useBegunRuns(study);
  const only = useSwitch('only', false);
  const everything = computed((): FigureSource =>
    study.value === null ? { kind: 'runs', runs: [...begun.value] } : { kind: 'study', study: study.value },
  );
  const all = computed(() => chooseRuns(index.value, runTable.cells.values(), everything.value));
  const allRuns = computed(() => runsAt(index.value, all.value.rows));
  const selected = useSelectedRuns(() => allRuns.value.map(({ id }) => id));
  const narrows = computed(() => only.value && selected.value.size > 0);
  const whole = computed((): FigureSource =>
    narrows.value ? { kind: 'runs', runs: [...selected.value] } : everything.value,
  );
  const chosen = computed(() =>
    narrows.value ? chooseRuns(index.value, runTable.cells.values(), whole.value) : all.value,
  );
  const metric = useChoice(
    'metric',
    () => usualMetric(chosen.value.index, chosen.value.rows),
    (key) => (resolveColumn(key) ? key : null),
    (key) => key,
  );
  const source = computed(() => sourceOfRuns(chosen.value));
  const table = computed(() => source.value.cells(metric.value));
  const ranked = computed(() => rankedCells(table.value));
  const ordered = computed(() => {
    const first = new Set(ranked.value.cells);
    return [...first, ...table.value.cells.filter((cell) => !first.has(cell))];
  });
  /** Of runs that are compared, also when they are no longer selected. */
  const known = new Map<string, string>();
  /** A few runs that were selected keep the colours that they have in the table of runs. */
  const colours = computed(() => {
    const { value } = whole;
    if (value.kind !== 'runs' || value.runs.length > RUN_COLOURS.length) return {};
    for (const run of value.runs) {
      const colour = selection.colourOf(run);
      if (colour !== null) known.set(run, colour);
    }
    return { colours: new Map(known) };
  });

  function bestOf(count: number): SomeCells {
    if (ordered.value.length <= count) return null;
    return new Set(ordered.value.slice(0, count).map(({ id }) => id));
  }

  function sourceOf(some: SomeCells): ChartSource {
    const all = { ...source.value, ...colours.value };
    return some === null ? all : sourceOfCells(all, some);
  }

  function sourceOfSome(runs: readonly string[]): ChartSource {
    const some = chooseRuns(index.value, runTable.cells.values(), { kind: 'runs', runs: [...runs] });
    return { ...sourceOfRuns(some), ...colours.value };
  }

  function figureSourceOf(some: SomeCells): FigureSource {
    if (some === null) return whole.value;
    if (study.value === null || narrows.value) {
      const { rows } = sourceOf(some).chosen;
      return { kind: 'runs', runs: runsAt(index.value, rows).map(({ id }) => id) };
    }
    return sourceOfStudyCells(study.value, some);
  }

  const selectedCells = computed(
    () => new Set(allRuns.value.filter(({ id }) => selected.value.has(id)).map(({ cell }) => cell)),
  );
  return {
    ...{
      chosen,
      selected,
      selectedCells,
      only,
      metric,
      table,
      ranked,
      bestOf,
      sourceOf,
      sourceOfSome,
      figureSourceOf,
    },
    all: computed(() => ({
      runs: allRuns.value.length,
      cells: new Set(allRuns.value.map((run) => `${run.study}/${run.cell}`)).size,
    })),
  };
}

/** The runs that are compared without a study: those of the address, or of its filter, or those that are selected as the page begins. */
function useBegunRuns(study: Ref<string | null>): ComputedRef<readonly string[]> {
  const selection = useSelection();
  const table = useRunTable();
  const foundBy = useFoundRuns();
  const inAddress = useList('runs');
  const filter = useText('where');
  const begun = shallowRef<readonly string[]>([]);
  watch(
    [study, inAddress, filter, () => table.pending],
    ([of, listed, wanted, isPending]) => {
      if (of !== null) return;
      if (listed.length > 0) begun.value = listed;
      else if (wanted !== '')
        begun.value = foundBy(
          wanted,
          table.runs.map(({ id }) => id),
        );
      else {
        begun.value = [...selection.visible];
        if (begun.value.length <= MOST_IN_ADDRESS) inAddress.value = begun.value;
        else if (!isPending) filter.value = selectionFilter(new Set(begun.value), table.runs) ?? '';
      }
    },
    { immediate: true },
  );
  return computed(() => begun.value);
}
