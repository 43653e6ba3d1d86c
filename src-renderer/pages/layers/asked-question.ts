import type { KnownAnalysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { LayerQuestion } from '../../../src-shared/recipes/question.ts';

type Step = LayerQuestion['steps'][number];

/** Of how many of these runs a question is answered, all of its steps with their settings. */
export function answeredRuns(
  { steps }: Pick<LayerQuestion, 'steps'>,
  runs: readonly string[],
  known: readonly KnownAnalysis[],
): number {
  const byRun = Map.groupBy(known, ({ run }) => run);
  const isKnown = (run: string, step: Step): boolean =>
    (byRun.get(run) ?? []).some(
      ({ method, settings }) =>
        method === step.method &&
        Object.entries(step.settings).every(([name, value]) => settings[name] === value),
    );
  return runs.filter((run) => steps.every((step) => isKnown(run, step))).length;
}
