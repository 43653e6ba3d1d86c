import { networkTotals } from '../../src-shared/networks/network-totals.ts';
import type { CostedCell } from '../../src-shared/studies/cell.ts';
import type { StudyData } from '../../src-shared/studies/cost-cells.ts';
import { passesOf, type PartSizes } from './run-course.ts';

/**
 * What a value of a layer's output costs besides multiply-accumulates, in these: batch norm, activations, pooling, and memory
 * that is read and written. With it the time for the same work differs by a quarter (standard deviation) among twelve networks of
 * three families with 0.3 to 52 million multiply-accumulates on two cores, without it by a factor of 1.8.
 */
const OF_OUTPUT = 80;

const FLOAT_BYTES = 4;

/**
 * Says what a run of a cell computes, so that runs of unlike cells can be compared, in any unit. Each network is looked at once.
 *
 * @param data what the networks are fitted to
 */
export function cellWork(
  parts: PartSizes,
  data: Pick<StudyData, 'shape' | 'classes'>,
): (cell: CostedCell) => number {
  const costOf = networkTotals(data);
  return ({ network, macs, recipe: { epochs } }) => {
    const ofPass = macs + (OF_OUTPUT * costOf(network).activationBytes) / FLOAT_BYTES;
    return ofPass * passesOf(parts, epochs);
  };
}
