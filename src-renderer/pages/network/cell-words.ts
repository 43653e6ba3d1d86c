import type { CellRow } from '../../../src-shared/runs/run-row.ts';

/** A cell by what it varies: `sr 0.25, pct3x3 1`. */
export function cellWords({ factors, id }: Pick<CellRow, 'factors' | 'id'>): string {
  const words = Object.entries(factors).map(
    ([path, value]) =>
      `${path.replace(/^(network|training)\./, '')} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return words.length > 0 ? words.join(', ') : `cell ${id}`;
}
