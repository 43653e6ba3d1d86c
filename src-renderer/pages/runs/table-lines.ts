import type { RunGroup } from '../../../src-shared/runs/group-rows.ts';
import type { RunQueryResult } from '../../../src-shared/runs/query-runs.ts';

/** One line of the table: a run, or the head of a group. */
export type TableLine =
  | { readonly kind: 'run'; readonly row: number; readonly isMember: boolean }
  | { readonly kind: 'group'; readonly group: RunGroup; readonly isOpen: boolean };

/** The lines in order; the members of a group only where it is open. */
export function tableLines(
  { rows, groups }: RunQueryResult,
  open: ReadonlySet<string>,
): readonly TableLine[] {
  if (groups.length === 0) return rows.map((row) => ({ kind: 'run', row, isMember: false }));
  return groups.flatMap((group): TableLine[] => {
    const isOpen = open.has(group.key);
    const members = isOpen ? group.rows : [];
    return [
      { kind: 'group', group, isOpen },
      ...members.map((row): TableLine => ({ kind: 'run', row, isMember: true })),
    ];
  });
}
