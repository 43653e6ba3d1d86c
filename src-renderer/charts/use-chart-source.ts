import { LRUCache } from 'lru-cache';
import { computed, type ComputedRef, shallowRef, watch } from 'vue';
import type { Analysis } from '../../src-shared/analysis/analysis-result.ts';
import type { ParametersOf } from '../../src-shared/contract/api/index.ts';
import type { ChartSource } from '../../src-shared/charts/chart-source.ts';
import { request } from '../connection/request.ts';
import { useConnection } from '../stores/connection.ts';
import { useCurves } from '../stores/curves.ts';
import { useFrontUncertainty } from './use-front-uncertainty.ts';

/**
 * Where a chart of the page gathers its data: runs and cells from what the page holds, the rest by requests, curves kept
 * up to date by events. It is another source whenever it would answer otherwise, so that the chart is gathered anew.
 *
 * @param held what the page holds.
 * @param version changes when analyses do.
 */
export function useChartSource(
  held: () => ChartSource,
  version: () => unknown = () => null,
): ComputedRef<ChartSource> {
  const connection = useConnection();
  const answers = shallowRef(newAnswers());
  watch([() => connection.generation, version], () => (answers.value = newAnswers()));
  const askedCurves = useCurves();
  const frontUncertainty = useFrontUncertainty();
  return computed(() => {
    const curves = askedCurves.value;
    return {
      ...held(),
      ...answers.value,
      curves: async (runs, metric) => (await curves({ runs, metrics: [metric] })).get(metric) ?? [],
      frontUncertainty: frontUncertainty.value,
    };
  });
}

const NO_HISTOGRAMS = { recorded: 0, runs: [] };

/** What was answered is not asked again. */
function newAnswers(): Pick<ChartSource, 'histograms' | 'confusions' | 'dataset' | 'analyses' | 'file'> {
  const datasets = remembered(() => request('datasets.list', {}));
  const histograms = remembered((asked: ParametersOf<'runs.histograms'>) =>
    request('runs.histograms', asked),
  );
  const confusions = remembered((runs: string[]) => request('runs.confusions', { runs }));
  const analyses = remembered((asked: ParametersOf<'analysis.results'>) =>
    request('analysis.results', asked),
  );
  const text = remembered(
    async (of: Pick<Analysis, 'run' | 'method' | 'settings'> & { readonly file: string }) =>
      new TextDecoder().decode((await request('analysis.file', of)).bytes),
    MOST_FILES,
  );
  return {
    histograms: (runs, wanted) =>
      runs.length === 0 ? NO_HISTOGRAMS : histograms({ runs: [...runs], ...wanted }),
    confusions: (runs) => (runs.length === 0 ? [] : confusions([...runs])),
    dataset: async (name) => {
      const set = (await datasets(null)).find((each) => each.name === name);
      if (!set?.shape) return null;
      return { classes: set.classes, images: { input: set.shape, classes: set.classes.length } };
    },
    analyses: (runs, finding, which) =>
      runs.length === 0 ? [] : analyses({ runs: [...runs], findings: [finding], ...which }),
    file: ({ run, method, settings }, file) => text({ run, method, settings, file }),
  };
}

/** Answers that are kept: one for each of a few settings that a person goes back and forth between, and files. */
const FEW = 4;
const MOST_FILES = 2000;

function remembered<Question, Answer>(
  ask: (question: Question) => Promise<Answer>,
  max = FEW,
): (question: Question) => Promise<Answer> {
  const answers = new LRUCache<string, Promise<Answer>>({ max });
  return (question) => {
    const key = JSON.stringify(question);
    const answer = answers.get(key) ?? ask(question);
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
    return answer;
  };
}
