import { formatValue } from '../../src-shared/runs/filter/format-filter.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';

/** Longer addresses are cut by some of the programs through which links are sent. */
const MOST_LETTERS = 2000;

type Placed = Pick<RunRow, 'id' | 'study' | 'cell'>;

/**
 * A filter that finds exactly the selected ones of these runs, short enough for an address: by their cells where they are whole ones, or
 * by the runs that they lack. Null where there is none.
 */
export function selectionFilter(selected: ReadonlySet<string>, runs: readonly Placed[]): string | null {
  const missing = runs.filter(({ id }) => !selected.has(id)).map(({ id }) => id);
  const filters = [
    ...cellFilters(selected, runs),
    ...(missing.length > 0 ? [`id not in (${missing.join(', ')})`] : []),
  ];
  const [shortest] = filters.sort((one, other) => one.length - other.length);
  return shortest !== undefined && shortest.length <= MOST_LETTERS ? shortest : null;
}

/** Of whole cells of one study, or of cells that go by the same name in no other one. */
function cellFilters(selected: ReadonlySet<string>, runs: readonly Placed[]): string[] {
  const studies = [...new Set(runs.filter(({ id }) => selected.has(id)).map(({ study }) => study))];
  const [study] = studies;
  const isOfOne = studies.length === 1 && study !== undefined;
  const around = isOfOne ? runs.filter((run) => run.study === study) : runs;
  const cells = Map.groupBy(around, ({ cell }) => cell);
  const chosen: string[] = [];
  const others: string[] = [];
  for (const [cell, own] of cells) {
    const count = own.filter(({ id }) => selected.has(id)).length;
    if (count > 0 && count < own.length) return [];
    (count > 0 ? chosen : others).push(cell);
  }
  const ofStudy = isOfOne && around.length < runs.length ? `study = ${formatValue(study, true)} ` : '';
  if (others.length === 0) return [ofStudy.trim()].filter(Boolean);
  return [`${ofStudy}cell in (${chosen.join(', ')})`, `${ofStudy}cell not in (${others.join(', ')})`];
}
