import type { MethodDescription } from '../../src-shared/analysis/analysis-result.ts';
import { type ChartSource, sourceOfRuns } from '../../src-shared/charts/chart-source.ts';
import type { ChosenRuns } from '../../src-shared/runs/choose-runs.ts';
import { readAnalysisFile } from '../artifacts/read-analysis-file.ts';
import type { DatasetDescription } from '../datasets/dataset.ts';
import type { Store } from '../store/store.ts';

/** Null for a data set that is not there (any more). */
export type DatasetOf = (dataset: string) => Pick<DatasetDescription, 'classes' | 'shape'> | null;

/** Charts of chosen runs gather their data from the store. */
export function storeSource(
  store: Store,
  chosen: ChosenRuns,
  { methods, datasetOf }: { readonly methods: readonly MethodDescription[]; readonly datasetOf: DatasetOf },
): ChartSource {
  return {
    ...sourceOfRuns(chosen),
    methods,
    curves: (runs, metric) => store.curves(runs, metric),
    histograms: (runs, wanted) => store.histogramsOf(runs, wanted),
    confusions: (runs) =>
      runs.flatMap((run) => {
        const counts = store.confusion(run)?.counts;
        return counts ? [{ run, counts }] : [];
      }),
    dataset: (name) => {
      const found = datasetOf(name);
      return (
        found && { classes: found.classes, images: { input: found.shape, classes: found.classes.length } }
      );
    },
    designs: (studies) =>
      new Map(
        studies.flatMap((name) => {
          const definition = store.findStudy(name)?.definition;
          return definition && 'design' in definition ? [[name, definition.design]] : [];
        }),
      ),
    analyses: (runs, finding, which) => store.analyses(runs, { findings: [finding], ...which }),
    file: (analysis, name) => readAnalysisFile(store, analysis, name).bytes.toString('utf8'),
  };
}
