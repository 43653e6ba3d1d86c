import type { ChartSource } from '../../chart-source.ts';
import { countCells, samplerOf } from '../../../studies/samplers/registry.ts';
import type { Design } from '../../../studies/study-definition.ts';

/** What the cells stand for: a random sample for the grid that it was drawn from, others for themselves. */
export interface CellSample {
  readonly isRandom: boolean;
  /** In words. */
  readonly about: string;
}

const CHOSEN: CellSample = {
  isRandom: false,
  about: 'no band: these cells were selected, so that they stand for themselves',
};

/** How the cells of a source were chosen: as the file of their study says, or by whoever selected them. */
export async function sampleOf({ chosen, designs }: ChartSource): Promise<CellSample> {
  const [study, ...others] = new Set(chosen.cells.map((cell) => cell.study));
  if (study === undefined || others.length > 0) return CHOSEN;
  const design = (await designs([study])).get(study);
  if (!design || countCells(design) !== BigInt(chosen.cells.length)) return CHOSEN;
  return sampleOfDesign(design);
}

function sampleOfDesign(design: Design): CellSample {
  const { title, isRandom } = samplerOf(design);
  const isWhole = design.kind === 'grid' && countCells({ ...design, sample: null }) === countCells(design);
  if (isWhole) return { isRandom: false, about: 'no band: these are all cells of the grid' };
  if (isRandom) return { isRandom, about: '' };
  return { isRandom, about: `no band: the cells of a ${title} are not drawn independently at random` };
}
