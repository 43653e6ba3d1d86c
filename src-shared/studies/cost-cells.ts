import { Problem } from '../contract/problem.ts';
import { networkCost } from '../networks/costs.ts';
import { parseNetwork, resolveNetwork } from '../networks/parse-network.ts';
import type { Shape } from '../networks/graph.ts';
import type { Cell, CostedCell, DataSettings } from './cell.ts';
import { showFactors } from './expand-study.ts';
import { trainingImages } from './training-images.ts';

/** What the cells of a study have to fit. */
export interface StudyData {
  readonly name: string;
  readonly shape: Shape;
  readonly classes: number;
  readonly trainingCount: number;
}

/**
 * Resolves every cell's network for the data set and checks that each cell can be trained on it.
 *
 * @throws Problem `network-invalid` for a network that shrinks its image to nothing, `study-invalid` for a batch
 *   larger than the data; both name the cell's factors.
 */
export function costCells(cells: readonly Cell[], settings: DataSettings, data: StudyData): CostedCell[] {
  const images = trainingImages(data.trainingCount, settings);
  const known = new Map<string, Pick<CostedCell, 'parameters' | 'macs'>>();
  return cells.map((cell) => {
    if (cell.recipe.batch > images) {
      throw new Problem(
        'study-invalid',
        `training.batch: ${cell.recipe.batch} is more than the ${images} training images that ${data.name} has after the validation cut (data.validationShare, data.trainingLimit); make it smaller${inCell(cell)}.`,
      );
    }
    // cells that differ in their training only share one network
    const key = JSON.stringify(cell.network);
    const cost = known.get(key) ?? costOf(cell, data);
    known.set(key, cost);
    return { ...cell, ...cost };
  });
}

function costOf(cell: Cell, { shape, classes }: StudyData): Pick<CostedCell, 'parameters' | 'macs'> {
  try {
    const { parameters, macs } = networkCost(
      resolveNetwork(parseNetwork(cell.network), { input: shape, classes }),
    );
    return { parameters, macs };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(error.code, `${error.message}${inCell(cell)}`, { cause: error });
  }
}

function inCell({ factors }: Cell): string {
  return Object.keys(factors).length > 0 ? ` (in the cell ${showFactors(factors)})` : '';
}
