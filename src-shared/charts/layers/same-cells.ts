import { counted } from '../../counted.ts';
import { Problem } from '../../mistakes/problem.ts';
import { leftCellsNote } from '../kinds/factor/line-notes.ts';
import type { LayerCell, LayerTable } from './layer-table.ts';

/** What means along layers are of: the same cells at each of these layers. */
export interface SameCells {
  readonly cells: readonly LayerCell[];
  readonly layers: readonly string[];
}

/**
 * Networks differ by layers that some of them lack, and a mean over other cells at each layer would rise and fall with the
 * cells. So means are over the cells that have a layer of each of these roles (as far as any has), at the layers that all
 * of these cells have.
 */
export function sameCells(
  cells: readonly LayerCell[],
  { layers, roleOf }: Pick<LayerTable, 'layers' | 'roleOf'>,
  roles: readonly string[] | null,
): SameCells {
  const hasRole = (cell: LayerCell, role: string): boolean =>
    [...cell.layers.keys()].some((layer) => roleOf.get(layer) === role);
  const wanted = roles?.filter((role) => cells.some((cell) => hasRole(cell, role))) ?? [];
  const able = cells.filter((cell) => wanted.every((role) => hasRole(cell, role)));
  const common = layers.filter((layer) => able.every((cell) => cell.layers.has(layer)));
  return { cells: able, layers: able.length === 0 ? [] : common };
}

/** What is to be said of the layers and cells that are in none of several such means. */
export function sameCellsNotes(table: LayerTable, shown: readonly SameCells[]): string[] {
  const drawn = new Set(shown.flatMap(({ layers }) => layers));
  const used = new Set(shown.flatMap(({ cells }) => cells.map(({ id }) => id)));
  const missing = table.layers.filter((layer) => !drawn.has(layer));
  const roles = [...new Set(missing.map((layer) => table.roleOf.get(layer) ?? 'other'))];
  return [
    missing.length === 0
      ? ''
      : `left out: ${counted(missing.length, 'layer')} that some of the cells lack (${roles.join(', ')})`,
    leftCellsNote(
      table.cells.filter(({ id }) => !used.has(id)),
      table.varying,
      'that lack a role shown',
    ),
  ];
}

/** The layers that are in any of several such means. @throws Problem `usage` where none is */
export function shownLayers({ layers }: LayerTable, drawn: readonly SameCells[]): string[] {
  const shown = layers.filter((layer) => drawn.some((same) => same.layers.includes(layer)));
  if (shown.length > 0) return shown;
  throw new Problem(
    'usage',
    'No layer exists in all cells of a series: draw one series per cell, or choose fewer roles or other runs.',
  );
}
