import { Problem } from '../mistakes/problem.ts';
import { type Checked, right, wrong } from '../mistakes/mistake.ts';
import type { Shape } from '../networks/layer.ts';
import { networkCost, type NetworkCost } from '../networks/costs.ts';
import type { NetworkDescription } from '../networks/families.ts';
import { resolveNetwork } from '../networks/parse-network.ts';
import type { CostedCell } from './cell.ts';
import { checkDataSettings } from './check-data-settings.ts';
import { type CellMistake, locateMistakes } from './locate-mistake.ts';
import type { CheckedCell } from './make-cell.ts';
import type { StudyDefinition } from './study-definition.ts';
import { trainingImages } from './training-images.ts';

/** A cell that can be trained on its study's data, with what that costs. */
export type FittedCell = CheckedCell &
  CostedCell &
  Pick<NetworkCost, 'sizeBytes' | 'layersWithWeights' | 'activationBytes'>;

/** What the cells of a study have to fit. */
export interface StudyData {
  readonly name: string;
  readonly shape: Shape;
  readonly classes: number;
  readonly trainingCount: number;
}

/**
 * Resolves every cell's network for the data set and checks that each cell can be trained on it: mistakes are a network
 * that shrinks its image to nothing, a batch larger than the data, and a limit beyond it, where the study file has what
 * they come from.
 */
export function costCells(
  { design, data: settings }: Pick<StudyDefinition, 'design' | 'data'>,
  cells: readonly CheckedCell[],
  data: StudyData,
): Checked<readonly FittedCell[]> {
  const unfit = checkDataSettings(settings, data);
  if (unfit.length > 0) return wrong(...unfit);
  const costOf = cellCosts(settings, data);
  const costed: FittedCell[] = [];
  const mistakes: CellMistake[] = [];
  for (const [index, cell] of cells.entries()) {
    const cost = costOf(cell);
    if (cost.ok) {
      const { parameters, macs, sizeBytes, layersWithWeights, activationBytes } = cost.value;
      costed.push({ ...cell, parameters, macs, sizeBytes, layersWithWeights, activationBytes });
    } else mistakes.push(...cost.mistakes.map((mistake) => ({ mistake, factors: cell.factors, index })));
  }
  return mistakes.length > 0 ? wrong(...locateMistakes(design, cells.length, mistakes)) : right(costed);
}

/**
 * A function that says what one cell costs in full, for those who show cells one by one. Cells that share a network are
 * given the same object. Mistakes stand at `network.<field>` and `training.<field>`.
 */
export function cellCosts(
  settings: StudyDefinition['data'],
  data: StudyData,
): (cell: Pick<CheckedCell, 'network' | 'recipe'>) => Checked<NetworkCost> {
  const images = trainingImages(data.trainingCount, settings);
  // cells that differ in their training only share one network, and one object of it
  const known = new Map<NetworkDescription, Checked<NetworkCost>>();
  return ({ network, recipe: { batch } }) => {
    if (batch > images) {
      const message = `${batch} is more than the ${images} training images that ${data.name} has after the validation cut (data.validationShare, data.trainingLimit); make it smaller.`;
      return wrong({ path: ['training', 'batch'], value: batch, message });
    }
    const cost = known.get(network) ?? costOf(network, data);
    known.set(network, cost);
    return cost;
  };
}

function costOf(network: NetworkDescription, { shape, classes }: StudyData): Checked<NetworkCost> {
  try {
    return right(networkCost(resolveNetwork(network, { input: shape, classes })));
  } catch (error) {
    if (error instanceof Problem && error.mistakes.length > 0) return { ok: false, mistakes: error.mistakes };
    throw error;
  }
}
