import type { CellTable, MeasuredCell } from '../../../src-shared/charts/cells/measured-cell.ts';
import { quantityOf } from '../../../src-shared/charts/quantity.ts';
import type { RandomStream } from '../../../src-shared/random.ts';
import { requireColumn } from '../../../src-shared/runs/resolve-column.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';

export interface Simulation {
  /** What each cell reaches in the mean over all seeds. */
  readonly truth: readonly number[];
  readonly seeds: number;
  /** Images of the test part; half as many are for validation, or none. */
  readonly images: number;
  readonly hasValidation: boolean;
  /** Standard deviation of what a training reaches, over the seeds. */
  readonly spread: number;
}

/**
 * A table of cells whose networks reach `truth` but for their seeds, both parts counted on images: what a network reaches
 * by the luck of its seed is in validation and test, what the images add is in one of them.
 */
export function simulatedCells(simulation: Simulation, random: RandomStream): CellTable {
  const { truth, seeds, images, hasValidation, spread } = simulation;
  const cells = truth.map((reached, place): MeasuredCell => {
    const measured = Array.from({ length: seeds }, (_, seed) => {
      const network = Math.min(0.999, Math.max(0.001, reached + spread * random.normal()));
      const value = counted(network, images, random);
      const judged = hasValidation ? counted(network, images / 2, random) : null;
      return { run: `${place} ${seed}`, seed, value, judged };
    });
    return {
      ...{ id: String(place), study: 'simulated', dataset: 'none', network: null, measured },
      ...{
        settings: { cell: place },
        runs: [],
        leftOut: [],
        unasked: 0,
        computedWith: [],
        parameters: 1,
        macs: 1,
      },
      interval: tInterval(measured.map(({ value }) => value)),
    };
  });
  const [quantity, judge] = ['testAccuracy', 'validationAccuracy'].map((key) =>
    quantityOf(requireColumn(key)),
  );
  if (!quantity || !judge) throw new Error('there are such columns');
  return { quantity, judge, cells, varying: [], aside: '', balance: '', times: '' };
}

/** A share of so many images: the normal limit of the binomial distribution, in whole images. */
function counted(share: number, images: number, random: RandomStream): number {
  const right = images * share + Math.sqrt(images * share * (1 - share)) * random.normal();
  return Math.min(1, Math.max(0, Math.round(right) / Math.round(images)));
}
