import type { FactorValue } from '../../studies/cell.ts';
import { settingKey, type VaryingSetting } from './measured-cell.ts';

interface Placed {
  /** Of the settings that vary, by path. */
  readonly settings: Readonly<Record<string, FactorValue>>;
}

/** Cells along a setting, as far as a line may join their means. */
export interface BalancedCells<Cell> {
  readonly kept: readonly Cell[];
  /** Those that have no counterpart at another value of the setting. */
  readonly left: readonly Cell[];
  /** Whether the means are over the same cells at every value, but for the value itself. */
  readonly isBalanced: boolean;
}

/**
 * Of cells along a setting those whose other settings occur at each of its values that has a cell at all, so that means
 * along it differ by nothing else. Where nothing occurs at each value all are kept, and no line may join them.
 *
 * @param others the further settings that vary.
 */
export function balancedCells<Cell extends Placed>(
  cells: readonly Cell[],
  along: VaryingSetting,
  others: readonly VaryingSetting[],
): BalancedCells<Cell> {
  const rest = ({ settings }: Cell): string =>
    others.map(({ path }) => settingKey(settings[path])).join('\n');
  const byValue = Map.groupBy(cells, ({ settings }) => settingKey(settings[along.path]));
  const present = [...byValue.values()].map((members) => new Set(members.map(rest)));
  const isEverywhere = (cell: Cell): boolean => present.every((rests) => rests.has(rest(cell)));
  const kept = cells.filter(isEverywhere);
  if (kept.length === 0) return { kept: cells, left: [], isBalanced: cells.length === 0 };
  return { kept, left: cells.filter((cell) => !isEverywhere(cell)), isBalanced: true };
}
