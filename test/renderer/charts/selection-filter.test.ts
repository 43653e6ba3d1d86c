import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectionFilter } from '../../../src-renderer/charts/selection-filter.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { queryRuns } from '../../../src-shared/runs/query-runs.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';

/** Runs of cells with so many seeds. */
function runsOf(study: string, cells: number, seeds: number): RunRow[] {
  return Array.from({ length: cells * seeds }, (_, place): RunRow => {
    const [cell, seed] = [`c${Math.floor(place / seeds)}`, place % seeds];
    const factors = { 'network.sr': Math.floor(place / seeds) };
    const row = {
      ...{ id: `${study}-${place}`, study, cell, seed, factors, tags: [], state: 'complete' },
      metrics: {},
    };
    return row as unknown as RunRow;
  });
}

/** The filter, which is checked to find what was selected. */
function filterOf(runs: readonly RunRow[], isSelected: (run: RunRow) => boolean): string | null {
  const selected = new Set(runs.filter(isSelected).map(({ id }) => id));
  const filter = selectionFilter(selected, runs);
  if (filter === null) return null;
  const index = indexRuns({ runs: [...runs], cells: [] });
  const { rows } = queryRuns(index, { filter, sort: [], groupBy: [], summarize: [] });
  assert.deepEqual(new Set(rows.map((row) => index.rows[row]?.id)), selected, filter);
  return filter;
}

test('whole cells are found by their names, or by those of the others', () => {
  const runs = runsOf('one', 20, 10);
  assert.equal(
    filterOf(runs, ({ cell }) => cell === 'c1' || cell === 'c2'),
    'cell in (c1, c2)',
  );
  assert.equal(
    filterOf(runs, ({ cell }) => cell !== 'c1'),
    'cell not in (c1)',
  );
});

test('cells that go by one name in two studies are told apart', () => {
  const runs = [...runsOf('a study', 5, 50), ...runsOf('other', 5, 50)];
  const one = filterOf(runs, ({ study, cell }) => study === 'a study' && cell === 'c1');
  assert.equal(one, 'study = "a study" cell in (c1)');
  assert.equal(
    filterOf(runs, ({ study }) => study === 'other'),
    'study = "other"',
  );
  const mixed = ({ study, cell }: RunRow): boolean => (study === 'other' ? cell === 'c0' : cell === 'c1');
  assert.equal(filterOf(runs, mixed), null);
});

test('all but some runs are found by those; what is neither has no filter', () => {
  const runs = runsOf('one', 20, 20);
  assert.equal(
    filterOf(runs, ({ id }) => id !== 'one-7' && id !== 'one-30'),
    'id not in (one-7, one-30)',
  );
  assert.equal(
    selectionFilter(
      new Set(runs.filter((_, place) => place % 2 === 0).map(({ id }) => id)),
      runsOf('one', 2000, 4),
    ),
    null,
  );
});
