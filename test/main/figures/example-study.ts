import { tInterval } from '../../../src-shared/statistics/interval.ts';
import type { FactorValue, StudyCell, StudySummary } from '../../../src-main/figures/study-summary.ts';

type Grid = Readonly<Record<string, readonly FactorValue[]>>;

/** A study over a full grid, its values computed from the cell's index: 0.5, 0.51 ..., seeds 0.01 apart. */
export function exampleStudy(
  grid: Grid,
  seeds: number,
  change: (cell: StudyCell) => StudyCell = same,
): StudySummary {
  let combinations: Record<string, FactorValue>[] = [{}];
  for (const [path, values] of Object.entries(grid)) {
    combinations = combinations.flatMap((factors) => values.map((value) => ({ ...factors, [path]: value })));
  }
  const cells = combinations.map((factors, index) => {
    const values = Array.from({ length: seeds }, (_, seed) => 0.5 + 0.02 * index + 0.01 * seed);
    const { n, mean, low, high } = tInterval(values);
    const cost = { parameters: 20_000 * (index + 1), macs: 1_500_000 * (index + 1) };
    return change({ id: `cell-${index}`, factors, n, mean, low, high, values, ...cost });
  });
  return { study: 'example <study> & more', dataset: 'shapes', metric: 'test accuracy', cells };
}

function same(cell: StudyCell): StudyCell {
  return cell;
}

/** A cell as it is before any of its runs has finished. */
export function withoutRuns(cell: StudyCell): StudyCell {
  return { ...cell, n: 0, mean: null, low: null, high: null, values: [] };
}

export const twoFactors: Grid = {
  'network.sr': [1, 0.125, 0.5],
  'network.pct3x3': [0, 0.5, 0.75, 1],
};
