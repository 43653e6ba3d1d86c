import type { Analysis, MethodDescription } from '../analysis/analysis-result.ts';
import type { WantedFindings } from '../analysis/findings.ts';
import type { Curve, RunConfusion } from '../runs/curve.ts';
import type { AnyCurveMetric } from '../metrics/imported-metric.ts';
import type { FoundHistograms, WantedHistograms } from '../metrics/layer-histograms.ts';
import type { NetworkContext } from '../networks/family.ts';
import { type ChosenRuns, runsOfCells } from '../runs/choose-runs.ts';
import { type CellValues, frontUncertainty, type FrontUncertainty } from '../statistics/front-uncertainty.ts';
import type { ForestImportance } from '../statistics/forest-importance.ts';
import { askForest, type ForestQuestion } from '../statistics/forest-question.ts';
import type { HypervolumeReference } from '../statistics/hypervolume.ts';
import type { Design } from '../studies/study-definition.ts';
import { cellTableOf } from './cells/measure-cells.ts';
import type { AnovaData } from './kinds/anova/data.ts';
import type { AnovaModel } from './kinds/anova/model.ts';
import type { CurveLimit } from './kinds/curves/choose-curves.ts';
import type { CellTable } from './cells/measured-cell.ts';

export type Awaitable<Value> = Value | Promise<Value>;

/** What a data set is, as far as charts tell of it. */
export interface ChartDataset {
  readonly classes: readonly string[];
  readonly images: NetworkContext;
}

/**
 * Where a chart gathers its data: the main side answers from the store, the page from what it holds and by requests. All
 * is about the chosen runs; whoever is asked for runs that it does not know answers without them.
 */
export interface ChartSource {
  readonly chosen: ChosenRuns;
  /** The methods of analysis that there are. */
  readonly methods: readonly MethodDescription[];
  /** The cells of the runs with a metric. @throws Problem `usage` for a column that there is not, or that has no numbers */
  readonly cells: (metric: string) => CellTable;
  readonly curves: (runs: readonly string[], metric: AnyCurveMetric) => Awaitable<readonly Curve[]>;
  /** What was recorded over training, whether the runs have ended or not. */
  readonly histograms: (runs: readonly string[], wanted: WantedHistograms) => Awaitable<FoundHistograms>;
  /** Of those of the runs that have one. */
  readonly confusions: (runs: readonly string[]) => Awaitable<readonly RunConfusion[]>;
  /** Null for a data set that is not there (any more). */
  readonly dataset: (name: string) => Awaitable<ChartDataset | null>;
  /** How the cells of studies were chosen, by the names of these; without those that are not there or were imported. */
  readonly designs: (studies: readonly string[]) => Awaitable<ReadonlyMap<string, Design>>;
  /**
   * @param finding all findings of a method, or those of one measure, e.g. `probe/accuracy`.
   * @param which `overTraining` has also those of checkpoints before the last.
   */
  readonly analyses: (
    runs: readonly string[],
    finding: string,
    which?: Pick<WantedFindings, 'overTraining'>,
  ) => Awaitable<readonly Analysis[]>;
  /** The text of a file that an analysis left. */
  readonly file: (analysis: Analysis, name: string) => Awaitable<string>;
  /** How much the fronts of cells depend on the seeds; null as long as that is being worked out. */
  readonly frontUncertainty: (
    cells: readonly CellValues[],
    reference: HypervolumeReference | null,
  ) => Awaitable<FrontUncertainty | null>;
  /** How much of the variance factors explain; null where nothing varies. */
  readonly forestImportance: (question: ForestQuestion) => Awaitable<ForestImportance | null>;
  /** An analysis of variance; absent where it is worked out at once. @throws Problem `usage` where none is possible */
  readonly anova?: (table: CellTable, model: AnovaModel) => Awaitable<AnovaData>;
  /** How many curves are drawn here; absent for as many as can be. */
  readonly curveLimit?: CurveLimit;
  /** By run the colour that it has wherever else it is shown; absent where they have none. */
  readonly colours?: ReadonlyMap<string, string>;
}

/** The runs alone, without curves, matrices or analyses; a source of more adds to it. Tables of cells are made once. */
export function sourceOfRuns(chosen: ChosenRuns): ChartSource {
  const tables = new Map<string, CellTable>();
  return {
    ...{ chosen, methods: [] },
    cells: (metric) => {
      const table = tables.get(metric) ?? cellTableOf(chosen, metric);
      tables.set(metric, table);
      return table;
    },
    curves: () => [],
    histograms: () => ({ recorded: 0, runs: [] }),
    confusions: () => [],
    dataset: () => null,
    designs: () => new Map(),
    analyses: () => [],
    file: () => '',
    forestImportance: askForest,
    frontUncertainty: (cells, reference) => frontUncertainty(cells, { reference }),
  };
}

/** Some of the cells of a source, which are told apart as all of them are. @param ids of these cells */
export function sourceOfCells(source: ChartSource, ids: ReadonlySet<string>): ChartSource {
  return {
    ...source,
    chosen: runsOfCells(source.chosen, ids),
    cells: (metric) => {
      const table = source.cells(metric);
      return { ...table, cells: table.cells.filter(({ id }) => ids.has(id)) };
    },
  };
}
