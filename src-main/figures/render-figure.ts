import type { AnalysisSettings, MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { type ChartNumbers, isDrawn } from '../../src-shared/charts/chart.ts';
import type { AxisRanges } from '../../src-shared/charts/chart-style.ts';
import type { ChartSource } from '../../src-shared/charts/chart-source.ts';
import { hasAxisChoices, limitNotes, unmetChoices } from '../../src-shared/charts/unmet-choices.ts';
import { withNames } from '../../src-shared/charts/given-names.ts';
import { chartKind, chartWord, gatherChart } from '../../src-shared/charts/kinds/registry.ts';
import type { FigureSpecification } from '../../src-shared/figures/figure-specification.ts';
import type { RunIndex } from '../../src-shared/runs/run-index.ts';
import type { Store } from '../store/store.ts';
import { figureRuns, shownRuns } from './figure-runs.ts';
import { type FigureFiles, type FigureFormat, warningOf } from './formats/format.ts';
import { requireShown } from './formats/registry.ts';
import { provenanceOf } from './provenance.ts';
import { type DatasetOf, storeSource } from './store-source.ts';
import { chartStyle } from './svg-figure.ts';

/** What a figure is drawn from. */
export interface FigureSetting {
  readonly store: Store;
  /** Every run of the store. */
  readonly index: RunIndex;
  readonly datasetOf: DatasetOf;
  /** What layers can be asked. */
  readonly methods: readonly MethodDescription[];
}

export interface RenderedFigure extends FigureFiles {
  /** Ids of the runs that it shows. */
  readonly runs: readonly string[];
  /** What it says besides its marks: above all which runs are left out, and why. */
  readonly notes: readonly string[];
}

/**
 * Draws a figure in one format.
 *
 * @param name of its file, without the ending.
 * @throws Problem `usage` where the runs make no such figure or the format cannot show it, `not-found` for runs or a study
 * that are not there.
 */
export async function renderFigure(
  setting: FigureSetting,
  specification: FigureSpecification,
  format: FigureFormat,
  name = chartWord(chartKind(specification.chart)),
): Promise<RenderedFigure> {
  const { chart } = specification;
  requireShown(format, chartKind(chart));
  const { runs, numbers } = await gather(setting, specification, format.instead?.(chart) ?? chart);
  const { notes, unmet } = ofStyle(numbers, specification, format);
  const provenance = provenanceOf(specification, shownRuns(runs), [...numbers.notes, ...notes]);
  const files = await format.render({ numbers, provenance, name });
  return {
    ...{ ...files, runs: provenance.runs, notes: provenance.notes },
    warning: warningOf([...unmet, files.warning]),
  };
}

/** What is to be said of the style of a chart, and what of it the chart cannot show; nothing where numbers are written. */
function ofStyle(
  numbers: ChartNumbers,
  { style }: FigureSpecification,
  { draws }: FigureFormat,
): { readonly notes: readonly string[]; readonly unmet: readonly string[] } {
  if (!isDrawn(numbers) || draws.includes('tables')) return { notes: [], unmet: [] };
  const own = chartStyle(numbers, style);
  // else the whole chart would be made once more for nothing
  if (!hasAxisChoices(own)) return { notes: [], unmet: [] };
  const option = numbers.option(own);
  return { notes: limitNotes(own, option), unmet: unmetChoices(own, option) };
}

/**
 * What the axes of a figure show, so that others can show the same; null where they are none of numbers.
 * @throws Problem as `renderFigure` does
 */
export async function figureRanges(
  setting: FigureSetting,
  specification: FigureSpecification,
): Promise<AxisRanges | null> {
  const { numbers } = await gather(setting, specification, specification.chart);
  if (!isDrawn(numbers)) return null;
  return numbers.ranges?.(chartStyle(numbers, specification.style)) ?? null;
}

async function gather(
  setting: FigureSetting,
  { source, settings, style }: FigureSpecification,
  chart: FigureSpecification['chart'],
) {
  const runs = figureRuns(setting.store, setting.index, source);
  const analysed = withSettings(storeSource(setting.store, runs, setting), settings);
  const numbers = await gatherChart(chart, withNames(analysed, style.names, style.order));
  return { runs, numbers };
}

/** Of the analyses only those that have all of these settings. */
function withSettings(source: ChartSource, wanted: AnalysisSettings = {}): ChartSource {
  const entries = Object.entries(wanted);
  return {
    ...source,
    analyses: async (runs, finding, which) => {
      const all = await source.analyses(runs, finding, which);
      return all.filter(({ settings }) => entries.every(([name, value]) => settings[name] === value));
    },
  };
}
