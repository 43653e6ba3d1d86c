import { roundedTo } from '../../../numbers.ts';
import { Problem } from '../../../mistakes/problem.ts';

/** A contrast as it is written: `sr: 0.125=-1, 0.5=-1, 1=2`. */
export interface WrittenContrast {
  readonly text: string;
  readonly factor: string;
  readonly weights: readonly { readonly value: string; readonly weight: number }[];
}

/** A value may have commas of its own: it ends where a number and a comma follow its equals sign. */
const WEIGHT = /\s*(\S.*?)\s*=\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:\/\d+)?)\s*(?:,|$)/y;

/**
 * Contrasts with semicolons between.
 *
 * @throws Problem `usage` for what is no contrast, or whose weights do not add up to zero
 */
export function readContrasts(text: string): WrittenContrast[] {
  return text
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(readContrast);
}

function readContrast(text: string): WrittenContrast {
  const [, factor = '', rest = ''] = /^([^:]+):(.*)$/.exec(text) ?? [];
  const weights = rest === '' ? null : readWeights(rest);
  if (!weights)
    throw mistake(text, 'expected FACTOR: VALUE=WEIGHT, VALUE=WEIGHT, e.g. sr: 0.125=-1, 0.5=-1, 1=2');
  const sum = weights.reduce((all, { weight }) => all + weight, 0);
  const size = weights.reduce((all, { weight }) => all + Math.abs(weight), 0);
  const read = weights.map(({ value, weight }) => `${short(weight)} for ${value}`).join(', ');
  if (size === 0) throw mistake(text, 'all weights are zero');
  if (Math.abs(sum) > 1e-9 * size)
    throw mistake(text, `the weights (${read}) add up to ${short(sum)}; they must add up to 0`);
  return { text, factor: factor.trim(), weights };
}

function short(number: number): number {
  return roundedTo(number, 6);
}

/** Null where something else is in between. */
function readWeights(text: string): WrittenContrast['weights'] | null {
  const weights: { value: string; weight: number }[] = [];
  WEIGHT.lastIndex = 0;
  let end = 0;
  while (end < text.length) {
    const [, value, written] = WEIGHT.exec(text) ?? [];
    if (value === undefined || written === undefined) return null;
    const [numerator = NaN, denominator = 1] = written.split('/').map(Number);
    weights.push({ value, weight: numerator / denominator });
    end = WEIGHT.lastIndex;
  }
  return weights.every(({ weight }) => Number.isFinite(weight)) ? weights : null;
}

/** Of a contrast that cannot be had. */
export function mistake(text: string, what: string): Problem {
  return new Problem('usage', `Contrast "${text}": ${what}.`);
}
