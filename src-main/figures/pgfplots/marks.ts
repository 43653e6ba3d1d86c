import type { SymbolName } from '../../../src-shared/charts/palette.ts';

/** What pgfplots calls our symbols. */
const MARKS: Readonly<Record<SymbolName, string>> = {
  circle: '*',
  square: 'square*',
  diamond: 'diamond*',
  triangle: 'triangle*',
  'inverted triangle': 'triangle*, mark options={rotate=180}',
  cross: '+',
};

export function pgfMark(symbol: SymbolName): string {
  return `mark=${MARKS[symbol]}`;
}

/** Dashes given in line widths. */
export function pgfDash(dash: readonly number[], lineWidth: number): string {
  if (dash.length === 0) return 'solid';
  const parts = dash.map(
    (length, place) => `${place % 2 === 0 ? 'on' : 'off'} ${(length * lineWidth).toFixed(2)}pt`,
  );
  return `dash pattern=${parts.join(' ')}`;
}

/** Error bars from the column `half`; rows without an interval have none. */
export const ERROR_BARS = 'error bars/.cd, y dir=both, y explicit';
