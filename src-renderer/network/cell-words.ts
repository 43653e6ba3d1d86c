import { cellText } from '../../src-shared/studies/factor-text.ts';
import type { CellRow } from '../../src-shared/runs/run-row.ts';
import type { FactorValue } from '../../src-shared/studies/cell.ts';

/** A cell by what it varies: `SR = 0.25, 3×3 = 1`. */
export function cellWords({ factors, id }: Pick<CellRow, 'factors' | 'id'>): string {
  return cellText(factors) || `cell ${id}`;
}

/** Fields of a network with their values, `SR = 0.25, bypass = simple`. */
export function fieldsText(fields: Readonly<Record<string, unknown>>): string {
  return cellText(
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [`network.${name}`, value as FactorValue]),
    ),
  );
}
