import { Problem } from '../../src-shared/mistakes/problem.ts';

/** @throws Problem `usage` that names the option */
export function above(option: string, text: string): number {
  return numberOption(option, text, 'a number above 0', (value) => value > 0);
}

/** Both ends excluded. @param fromZero zero is fit, too. @throws Problem `usage` that names the option */
export function between(option: string, text: string, most: number, fromZero = false): number {
  const expected = `a number ${fromZero ? 'of at least' : 'above'} 0 and below ${most}`;
  return numberOption(option, text, expected, (value) => (fromZero ? value >= 0 : value > 0) && value < most);
}

function numberOption(
  option: string,
  text: string,
  expected: string,
  isFit: (value: number) => boolean,
): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (Number.isFinite(value) && isFit(value)) return value;
  throw new Problem('usage', `${option} ${text}: expected ${expected}.`);
}
