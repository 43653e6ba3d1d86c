import type { ColumnValue } from './column.ts';
import type { ValueKind } from '../metrics/value-kind.ts';
import { rankValues } from './compare-values.ts';

export interface SortKey {
  readonly kind: ValueKind;
  readonly descending: boolean;
  /** The value at each place. */
  readonly values: readonly ColumnValue[];
}

/**
 * The same places by the first key, equal ones by the next, and so on; what is equal in all keeps its order.
 * Places without a value stand last in both directions.
 */
export function sortPlaces(places: readonly number[], keys: readonly SortKey[]): number[] {
  const ranked = keys.map(({ kind, descending, values }) => {
    const ranks = rankValues(
      kind,
      places.map((place) => values[place] ?? null),
    );
    return Float64Array.from(values, (value) => {
      const rank = ranks.get(value);
      return rank === undefined ? Infinity : descending ? -rank : rank;
    });
  });
  return places.toSorted((a, b) => {
    for (const ranks of ranked) {
      const first = ranks[a] ?? Infinity;
      const second = ranks[b] ?? Infinity;
      if (first !== second) return first < second ? -1 : 1;
    }
    return 0;
  });
}
