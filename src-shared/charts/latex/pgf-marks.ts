import { fixed } from '../../numbers.ts';
import type { Spread } from '../quantity.ts';
import type { SymbolName } from '../palette.ts';

/** What pgfplots calls our symbols; a filled cross it does not have. */
const MARKS: Readonly<Record<SymbolName, string>> = {
  circle: '*',
  square: 'square*',
  diamond: 'diamond*',
  triangle: 'triangle*',
  'inverted triangle': 'triangle*',
  cross: 'pentagon*',
};

/** A mark filled with a colour that is defined under this name, with a dark edge. */
export function pgfMark(symbol: SymbolName, colour: string): string {
  const rotate = symbol === 'inverted triangle' ? ', rotate=180' : '';
  return `mark=${MARKS[symbol]}, mark options={solid, draw=black, fill=${colour}${rotate}}`;
}

/** Dashes given in line widths. */
export function pgfDash(dash: readonly number[], lineWidth: number): string {
  if (dash.length === 0) return 'solid';
  const parts = dash.map(
    (length, place) => `${place % 2 === 0 ? 'on' : 'off'} ${fixed(length * lineWidth, 2)}pt`,
  );
  return `dash pattern=${parts.join(' ')}`;
}

/** Upright error bars, for a table that says `y error minus` and `y error plus`. */
export const ERROR_BARS = 'error bars/.cd, y dir=both, y explicit';

/** How far an interval reaches below and above its mean; nowhere where there is none. */
export function errorBar({ mean, low, high }: Spread, scale: number): [below: number, above: number] {
  if (mean === null || low === null || high === null) return [0, 0];
  return [(mean - low) * scale, (high - mean) * scale];
}
