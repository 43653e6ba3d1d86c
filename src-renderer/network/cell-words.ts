import type { CellRow } from '../../src-shared/runs/run-row.ts';

/** A cell by what it varies: `sr 0.25, pct3x3 1`. */
export function cellWords({ factors, id }: Pick<CellRow, 'factors' | 'id'>): string {
  return fieldsText(factors) || `cell ${id}`;
}

/** Fields with their values, `sr 0.25, bypass simple`. */
export function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  const words = Object.entries(fields).map(
    ([path, value]) =>
      `${path.replace(/^(network|training)\./, '')} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return words.join(', ');
}
