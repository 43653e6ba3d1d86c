import { storeToRefs } from 'pinia';
import { computed, type ComputedRef, type InjectionKey, type Ref } from 'vue';
import { rankedCells, type RankedCells } from '../../../src-shared/charts/cells/best-cell.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { type ChartSource, sourceOfCells, sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import type { FigureSource } from '../../../src-shared/runs/run-source.ts';
import { chooseRuns, type ChosenRuns } from '../../../src-shared/runs/choose-runs.ts';
import { formatValue } from '../../../src-shared/runs/filter/format-filter.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { resolveColumn } from '../../../src-shared/runs/resolve-column.ts';
import { usualMetric } from '../../../src-shared/runs/usual-metric.ts';
import { useChoice } from '../../components/use-query.ts';
import { useRunTable } from '../../stores/run-table.ts';
import { RUN_COLOURS, useSelection } from '../../stores/selection.ts';

/** Ids of cells; null for all of them. */
export type SomeCells = ReadonlySet<string> | null;

/** What is compared: the runs of a study, or those that are selected. */
export interface Compared {
  readonly chosen: ComputedRef<ChosenRuns>;
  readonly metric: Ref<string>;
  readonly table: ComputedRef<CellTable>;
  /** The cells that have a value, and by what they are ordered. */
  readonly ranked: ComputedRef<RankedCells>;
  /** So many of the cells, the best first and those without a value last. */
  readonly bestOf: (count: number) => SomeCells;
  /** Where charts of some of the cells gather their data, and where a figure finds the runs of these. */
  readonly sourceOf: (some: SomeCells) => ChartSource;
  readonly figureSourceOf: (some: SomeCells) => FigureSource;
}

export const COMPARED: InjectionKey<Compared> = Symbol('compared');

/** @param study name, or null for the selection (without its hidden runs). */
export function useCompared(study: Ref<string | null>): Compared {
  const runTable = useRunTable();
  const { index } = storeToRefs(runTable);
  const selection = useSelection();
  const whole = computed((): FigureSource =>
    study.value === null
      ? { kind: 'runs', runs: [...selection.visible] }
      : { kind: 'study', study: study.value },
  );
  const chosen = computed(() => chooseRuns(index.value, runTable.cells.values(), whole.value));
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
  /** A few runs that were selected keep the colours that they have in the table of runs. */
  const colours = computed(() => {
    const { value } = whole;
    if (value.kind !== 'runs' || value.runs.length > RUN_COLOURS.length) return {};
    const own = value.runs.map((run) => [run, selection.colourOf(run)] as const);
    return {
      colours: new Map(own.flatMap(([run, colour]) => (colour === null ? [] : [[run, colour] as const]))),
    };
  });

  function bestOf(count: number): SomeCells {
    if (ordered.value.length <= count) return null;
    return new Set(ordered.value.slice(0, count).map(({ id }) => id));
  }

  function sourceOf(some: SomeCells): ChartSource {
    const all = { ...source.value, ...colours.value };
    return some === null ? all : sourceOfCells(all, some);
  }

  function figureSourceOf(some: SomeCells): FigureSource {
    if (some === null) return whole.value;
    if (study.value === null) {
      const { rows } = sourceOf(some).chosen;
      return { kind: 'runs', runs: runsAt(index.value, rows).map(({ id }) => id) };
    }
    return {
      kind: 'filter',
      filter: `study = ${formatValue(study.value, true)} and asked = true and cell in (${[...some].join(', ')})`,
    };
  }

  return { chosen, metric, table, ranked, bestOf, sourceOf, figureSourceOf };
}
