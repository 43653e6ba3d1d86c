import { counted } from '../../counted.ts';
import type { StepHistograms, WantedHistograms } from '../../metrics/layer-histograms.ts';
import { whole } from '../../numbers.ts';
import { Problem } from '../../mistakes/problem.ts';
import type { ChartSource } from '../chart-source.ts';
import { runLabels } from '../cells/run-labels.ts';

/** Maps of so many can be read side by side. */
const MOST_RUNS = 6;

/** A run with what was recorded of it. */
export interface RecordedRun {
  readonly run: string;
  /** What tells it from the others that are drawn; empty for the only one. */
  readonly label: string;
  readonly steps: readonly StepHistograms[];
}

export interface RecordedRuns {
  /** So many at most as can be read side by side. */
  readonly runs: readonly RecordedRun[];
  /** What is to be said of the others; empty without such. */
  readonly notes: readonly string[];
}

/**
 * The histograms of the chosen runs, whether these have ended or not, and however they have.
 * @throws Problem `usage` where none of them has any, with what records them
 */
export async function recordedRuns(
  { chosen, histograms }: ChartSource,
  wanted: Omit<WantedHistograms, 'most'>,
): Promise<RecordedRuns> {
  const { index } = chosen;
  const rows = chosen.rows.toSorted((one, other) => one - other);
  const ids = rows.flatMap((row) => index.rows[row]?.id ?? []);
  const { runs, recorded } = await histograms(ids, { ...wanted, most: MOST_RUNS });
  if (recorded === 0) throw new Problem('usage', NOT_RECORDED);
  const drawn = new Set(runs.map(({ run }) => run));
  const labels = runLabels(
    index,
    rows.filter((row) => drawn.has(index.rows[row]?.id ?? '')),
  );
  const without = ids.length - recorded;
  return {
    runs: runs.map(({ run, steps }) => ({
      run,
      steps,
      label: runs.length > 1 ? (labels.get(run) ?? run) : '',
    })),
    notes: [
      runs.length < recorded
        ? `${runs.length} of ${counted(recorded, 'recorded run')}, evenly over their order`
        : '',
      without > 0 ? `${counted(without, 'run')} without histograms` : '',
    ],
  };
}

const NOT_RECORDED =
  'None of these runs has histograms. They are recorded of runs that train after the study file asks for them: record: { histograms: 20 }.';

/** Of each step that was recorded one column. */
export function stepAxis(steps: readonly Pick<StepHistograms, 'step'>[]) {
  return {
    title: 'step',
    labels: steps.map(({ step }) => whole(step)),
    values: steps.map(({ step }) => step),
  };
}
