import type { Mistake } from '../mistakes/mistake.ts';
import type { Factors } from './cell.ts';
import { straySeeds } from './seeds-of-cells.ts';
import { showFactors } from './show-factors.ts';
import type { StudyDefinition } from './study-definition.ts';

/** Every entry of `extraSeeds` must mean a cell: one that means none is a slip. */
export function checkExtraSeeds(
  definition: StudyDefinition,
  cells: readonly { readonly factors: Factors }[],
): Mistake[] {
  const expected =
    definition.design.kind === 'list'
      ? 'give all factors of one entry of cells'
      : 'give factors of vary with values that stand there';
  return straySeeds(definition, cells).map((index) => {
    const value = definition.extraSeeds?.[index]?.cells ?? {};
    const message = `no cell has ${showFactors(value)}; ${expected}.`;
    return { path: ['extraSeeds', index, 'cells'], value, message };
  });
}
