import { cividis } from './figure-style.ts';
import { SYMBOLS, type SymbolName } from './marks.ts';
import { type Factor, type StudyCell, valueKey } from './study-summary.ts';

/** How cells are told apart: the first factor by colour, the second by symbol. */
export interface CellStyles {
  readonly colourFactor: Factor | null;
  readonly symbolFactor: Factor | null;
  readonly colour: (cell: StudyCell) => string;
  readonly symbol: (cell: StudyCell) => SymbolName;
  readonly colourOf: (index: number) => string;
}

const MOST_COLOURS = 8;
const PLAIN_COLOUR = '#2f6690';

/** A factor of too many values to tell apart is not coded. */
export function cellStyles([first, second]: readonly Factor[]): CellStyles {
  const colourFactor = first && first.values.length <= MOST_COLOURS ? first : null;
  const symbolFactor = second && second.values.length <= SYMBOLS.length ? second : null;
  const last = (colourFactor?.values.length ?? 1) - 1;
  const colourOf = (index: number): string => (colourFactor ? cividis(index / last) : PLAIN_COLOUR);
  return {
    colourFactor,
    symbolFactor,
    colourOf,
    colour: (cell) => colourOf(indexIn(colourFactor, cell)),
    symbol: (cell) => SYMBOLS[indexIn(symbolFactor, cell)] ?? 'circle',
  };
}

function indexIn(factor: Factor | null, cell: StudyCell): number {
  if (!factor) return 0;
  const key = valueKey(cell.factors[factor.path]);
  return Math.max(
    0,
    factor.values.findIndex((value) => valueKey(value) === key),
  );
}
