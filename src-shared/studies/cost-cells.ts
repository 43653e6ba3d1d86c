import { Problem } from '../contract/problem.ts';
import { networkCost, type NetworkCost } from '../networks/costs.ts';
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
  const costOf = cellCosts(settings, data);
  return cells.map((cell) => {
    const { parameters, macs } = costOf(cell);
    return { ...cell, parameters, macs };
  });
}

/**
 * A function that says what one cell costs in full, for those who show cells one by one. Cells that share a network are
 * given the same object. It throws as `costCells` does.
 */
export function cellCosts(settings: DataSettings, data: StudyData): (cell: Cell) => NetworkCost {
  const images = trainingImages(data.trainingCount, settings);
  const known = new Map<string, NetworkCost>();
  return (cell) => {
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
    return cost;
  };
}

function costOf(cell: Cell, { shape, classes }: StudyData): NetworkCost {
  try {
    return networkCost(resolveNetwork(parseNetwork(cell.network), { input: shape, classes }));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw new Problem(error.code, `${error.message}${inCell(cell)}`, { cause: error });
  }
}

function inCell({ factors }: Cell): string {
  return Object.keys(factors).length > 0 ? ` (in the cell ${showFactors(factors)})` : '';
}
