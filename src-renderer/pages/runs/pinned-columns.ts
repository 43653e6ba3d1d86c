import type { Column } from '../../../src-shared/runs/column.ts';

/** They stay in view while the others scroll: what became of a run, and its result. */
const PINNED: readonly string[] = ['state', 'testAccuracy'];

export function isPinned({ key }: Column): boolean {
  return PINNED.includes(key);
}

/**
 * Where each pinned column stays, from the left side of the table, by its key.
 *
 * @param first where the first of them stays, in CSS pixels.
 * @param widths of all columns.
 */
export function pinnedPlaces(
  columns: readonly Column[],
  widths: readonly number[],
  first: number,
): ReadonlyMap<string, { readonly left: string }> {
  let left = first;
  const places = new Map<string, { readonly left: string }>();
  for (const [place, column] of columns.entries()) {
    if (!isPinned(column)) continue;
    places.set(column.key, { left: `${left}px` });
    left += widths[place] ?? 0;
  }
  return places;
}
