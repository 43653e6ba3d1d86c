import { networkCost } from '../../src-shared/networks/costs.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
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
  { shape, classes }: Pick<StudyData, 'shape' | 'classes'>,
): (cell: CostedCell) => number {
  /** Of one pass. */
  const known = new Map<string, number>();
  const passWork = ({ network, macs }: CostedCell): number => {
    const { activationBytes } = networkCost(resolveNetwork(parseNetwork(network), { input: shape, classes }));
    return macs + (OF_OUTPUT * activationBytes) / FLOAT_BYTES;
  };
  return (cell) => {
    const key = JSON.stringify(cell.network);
    const work = known.get(key) ?? passWork(cell);
    known.set(key, work);
    return work * passesOf(parts, cell.recipe.epochs);
  };
}
