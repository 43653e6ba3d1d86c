import type { KnownAnalysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { LayerQuestion } from '../../../src-shared/recipes/question.ts';

type Step = LayerQuestion['steps'][number];

/** Of how many of these runs a question is answered, all of its steps with their settings. @param known by run */
export function answeredRuns(
  { steps }: Pick<LayerQuestion, 'steps'>,
  runs: readonly string[],
  known: ReadonlyMap<string, readonly KnownAnalysis[]>,
): number {
  const isKnown = (run: string, step: Step): boolean =>
    (known.get(run) ?? []).some(
      ({ method, settings }) =>
        method === step.method &&
        Object.entries(step.settings).every(([name, value]) => settings[name] === value),
    );
  return runs.filter((run) => steps.every((step) => isKnown(run, step))).length;
}
