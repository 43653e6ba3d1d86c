import type { FactorValue, Factors } from '../../../src-shared/studies/cell.ts';

/** `network.sr` as `sr`. */
export function factorName(path: string): string {
  return path.replace(/^(network|training)\./, '');
}

/** A value as a label shows it. */
export function valueText(value: FactorValue | undefined): string {
  if (value === undefined || value === null) return '–';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(', ');
  return typeof value === 'number' ? String(Number(value.toPrecision(6))) : String(value);
}

/** `sr 0.125, pct3x3 0.5`, or words for a study without factors. */
export function factorsText(factors: Factors): string {
  const entries = Object.entries(factors).map(([path, value]) => `${factorName(path)} ${valueText(value)}`);
  return entries.join(', ') || 'the only cell';
}
