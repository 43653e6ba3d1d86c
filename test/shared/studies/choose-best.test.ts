import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chooseBest, type JudgedRun, rankCells } from '../../../src-shared/studies/choose-best.ts';

const run = (value: number, judged: number | null): JudgedRun => ({ value, judged });

interface Cell {
  readonly name: string;
  readonly runs: readonly JudgedRun[];
}
const ranked = (cells: readonly Cell[], better: 'higher' | 'lower' | null): readonly [string[], boolean] => {
  const ranking = rankCells(cells, ({ runs }) => runs, better);
  return [ranking.cells.map(({ name }) => name), ranking.isJudged];
};

test('cells are ordered by what judges them, those without a run are in no order', () => {
  const cells = [
    { name: 'none', runs: [] },
    { name: 'lucky', runs: [run(0.9, 0.25)] },
    { name: 'good', runs: [run(0.7, 0.5), run(0.8, 1)] },
    { name: 'like it', runs: [run(0.1, 0.75)] },
  ];
  assert.deepEqual(ranked(cells, 'higher'), [['good', 'like it', 'lucky'], true]);
  assert.deepEqual(ranked(cells, 'lower'), [['lucky', 'good', 'like it'], true]);
  assert.equal(chooseBest(cells, ({ runs }) => runs, 'higher')?.cell.name, 'good');
  assert.equal(
    chooseBest(cells.slice(0, 1), ({ runs }) => runs, 'higher'),
    null,
  );
});

test('where one run has nothing to judge it by, the values order all of them', () => {
  const cells = [
    { name: 'good', runs: [run(0.7, 0.9)] },
    { name: 'unjudged', runs: [run(0.8, null)] },
  ];
  assert.deepEqual(ranked(cells, 'higher'), [['unjudged', 'good'], false]);
});
