import type { Mistake } from '../mistakes/mistake.ts';
import type { Factors } from './cell.ts';
import { parseFactorPath, wholeField } from './factor-path.ts';
import { showFactors } from './show-factors.ts';
import type { Design } from './study-definition.ts';

/** A mistake of some cells of a study, by their factors. */
export interface CellMistake {
  /** Of the cell's network or training, at `network.<field>` or `training.<field>`. */
  readonly mistake: Mistake;
  readonly factors: Factors;
  /** The cell's place in the order of the study. */
  readonly index: number;
}

/**
 * Mistakes of cells, each at the place of the study file that it comes from: the value of the factor that sets the field,
 * else the field of network or training. What many cells share is told once.
 *
 * @param cells how many the study has; what all of them share is no matter of some
 */
export function locateMistakes(design: Design, cells: number, found: readonly CellMistake[]): Mistake[] {
  const groups = Map.groupBy(found, (each) => {
    const { path, message } = locate(design, each);
    return JSON.stringify([path, message]);
  });
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const located = locate(design, first);
    const which = group.length === cells ? '' : whichCells(design, first, group.length);
    return [{ ...located, message: `${which}${located.message}` }];
  });
}

function locate(design: Design, { mistake, factors, index }: CellMistake): Mistake {
  const [part, field, ...rest] = mistake.path;
  const factor = Object.keys(factors).find((path) => setsField(path, String(part), String(field)));
  if (factor === undefined) return mistake;
  if (design.kind === 'list') return { ...mistake, path: ['cells', index, factor, ...rest] };
  const place = design.vary[factor]?.indexOf(factors[factor] ?? null) ?? -1;
  return { ...mistake, path: ['vary', factor, ...(place < 0 ? [] : [place, ...rest])] };
}

/** Whether a factor sets a field, or one entry of it: `network.sr[2]` sets `sr`. */
function setsField(path: string, part: string, field: string): boolean {
  const factor = parseFactorPath(path);
  return factor?.part === part && (factor.field === field || wholeField(factor) === field);
}

/** Nothing where the place says it: an entry of a list. */
function whichCells(design: Design, { factors }: CellMistake, count: number): string {
  if (design.kind === 'list' && count === 1) return '';
  return count === 1
    ? `in the cell ${showFactors(factors)}: `
    : `in ${count} cells, such as ${showFactors(factors)}: `;
}
