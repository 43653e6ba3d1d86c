import { whole } from '../numbers.ts';
import { type Checked, type Mistake, right, wrong } from '../mistakes/mistake.ts';
import type { Factors } from './cell.ts';
import { type CellMistake, locateMistakes } from './locate-mistake.ts';
import { cellMaker, type CheckedCell } from './make-cell.ts';
import { countCells, sampleCells } from './samplers/registry.ts';
import { showFactors } from './show-factors.ts';
import type { Design, StudyDefinition } from './study-definition.ts';
import { MOST_CELLS } from './study-limits.ts';

/**
 * The cells of a study, as its sampler chooses them. Mistakes stand where the file has what they come from: a combination that
 * cannot be, two that compute the same, too many.
 */
export function expandStudy(definition: StudyDefinition): Checked<readonly CheckedCell[]> {
  const { design } = definition;
  const many = tooMany(design);
  if (many) return wrong(many);
  const makeCell = cellMaker(definition);
  const cells: CheckedCell[] = [];
  const mistakes: CellMistake[] = [];
  const combinations = sampleCells(design);
  for (const [index, factors] of combinations.entries()) {
    const made = makeCell(factors);
    if (made.ok) cells.push(made.value);
    else mistakes.push(...made.mistakes.map((mistake) => ({ mistake, factors, index })));
  }
  if (mistakes.length > 0) return wrong(...locateMistakes(design, combinations.length, mistakes));
  const repeated = findRepeated(design, cells);
  return repeated ? wrong(repeated) : right(cells);
}

function tooMany(design: Design): Mistake | null {
  if (design.kind === 'list') return null;
  const { sample } = design;
  const wanted = countCells(design);
  if (wanted <= MOST_CELLS) return null;
  const message = `${shown(wanted)} ${sample ? 'cells' : 'combinations'} are more than the limit of ${shown(MOST_CELLS)} per study; sample: { cells: 100 } draws some of them.`;
  return { path: sample ? ['sample', 'cells'] : ['vary'], value: undefined, message };
}

/** The first cell that computes the same as one before it. */
function findRepeated(design: Design, cells: readonly CheckedCell[]): Mistake | null {
  const seen = new Map<string, Factors>();
  for (const [index, { id, factors }] of cells.entries()) {
    const same = seen.get(id);
    seen.set(id, factors);
    if (!same) continue;
    const path = design.kind === 'list' ? ['cells', index] : ['vary'];
    const message = `the cells ${showFactors(same)} and ${showFactors(factors)} are the same computation; leave one of them out.`;
    return { path, value: factors, message };
  }
  return null;
}

function shown(count: number | bigint): string {
  return whole(count);
}
