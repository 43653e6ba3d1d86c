import { mean } from '../../statistics/interval.ts';
import type { LayerTable } from './layer-table.ts';
import { type SameCells, sameCells } from './same-cells.ts';

/** What a measure is by layer where it must say little. */
export interface BaselineMeans {
  readonly label: string;
  readonly layers: readonly { readonly layer: string; readonly value: number }[];
}

/**
 * Each baseline as the mean over all cells that are shown, at the layers that all of them have; where imported networks
 * stand beside runs, over those of the runs.
 */
export function baselineMeans(drawn: readonly SameCells[], table: LayerTable): BaselineMeans[] {
  const shown = [...new Set(drawn.flatMap((same) => same.cells))];
  const runs = shown.filter(({ isImported }) => !isImported);
  const { cells, layers } = sameCells(runs.length > 0 ? runs : shown, table, null);
  const names = [...new Set(cells.flatMap(({ baselines }) => [...baselines.keys()]))];
  return names.map((label) => ({
    label,
    layers: layers.flatMap((layer) => {
      const values = cells.flatMap(({ baselines }) => baselines.get(label)?.get(layer) ?? []);
      return values.length === cells.length ? [{ layer, value: mean(values) }] : [];
    }),
  }));
}
