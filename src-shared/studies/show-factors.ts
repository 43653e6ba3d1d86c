import { showValue } from '../mistakes/show-value.ts';
import type { Factors } from './cell.ts';

/** `{ network.sr: 0.5, training.augment: ["crop"] }` */
export function showFactors(factors: Factors): string {
  const entries = Object.entries(factors).map(([path, value]) => `${path}: ${showValue(value)}`);
  return entries.length > 0 ? `{ ${entries.join(', ')} }` : '{ no factors }';
}
