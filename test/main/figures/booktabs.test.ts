import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { booktabsTable, significantBest } from '../../../src-main/figures/booktabs.ts';
import { runRow, sampleRuns } from '../../shared/charts/sample-runs.ts';

/** Three cells of these accuracies, by seed. */
function table(accuracies: readonly (readonly number[])[], metric = 'testAccuracy'): CellTable {
  const seeds = accuracies[0]?.length ?? 0;
  const { index, rows, cells } = sampleRuns('network.sr: [0.25, 0.5, 1]', seeds, (run, { cell, seed }) => {
    const row = cells0(run.cell, run.id, accuracies[cell]?.[seed] ?? 0, seed);
    return { ...row, factors: run.factors, parameters: run.parameters, macs: run.macs };
  });
  return measureCells(index, rows, cells, metric);
}

function cells0(cell: string, id: string, accuracy: number, seed: number): ReturnType<typeof runRow> {
  const row = { study: 'sample', asked: null, id: cell, factors: {}, network: {}, parameters: 0, macs: 0 };
  return runRow({ ...row, recipe: undefined as never }, seed, id, accuracy);
}

test('the best is bold where it differs from every other after Holm', () => {
  const clear = table([
    [0.5, 0.51, 0.52],
    [0.6, 0.61, 0.625],
    [0.7, 0.71, 0.722],
  ]);
  assert.equal(significantBest(clear)?.settings['network.sr'], 1);
  const text = booktabsTable(clear);
  assert.deepEqual(
    [...text.matchAll(/\\textbf\{([^}]*)\}/g)].map(([, words]) => words),
    ['71.1 $\\pm$ 2.7'],
  );
  assert.match(text, /Bold: better than every other by the t test.*Holm-corrected, \$p < 0\.05\$/);
  assert.match(text, /\$n = 3\$ seeds/);
  // A loss is best where it is least: the same cell, since losses fall as accuracies rise.
  assert.equal(
    significantBest({ ...clear, quantity: { ...clear.quantity, better: 'lower' } })?.settings['network.sr'],
    0.25,
  );
});

test('nothing is bold where the next best may be as good, or where nothing can be tested', () => {
  const close = table([
    [0.5, 0.51, 0.52],
    [0.7, 0.69, 0.73],
    [0.7, 0.71, 0.72],
  ]);
  assert.equal(significantBest(close), null);
  assert.doesNotMatch(booktabsTable(close), /\\textbf/);
  assert.match(booktabsTable(close), /No mean is bold/);
  assert.equal(significantBest(table([[0.5], [0.6], [0.7]])), null);
});

test('a row for each cell, in the columns of its head', () => {
  const lines = booktabsTable(
    table([
      [0.5, 0.52],
      [0.6, 0.61],
      [0.7, 0.71],
    ]),
  ).split('\n');
  const rows = lines.filter((line) => line.endsWith('\\\\'));
  assert.equal(rows.length, 4);
  assert.ok(
    rows.every((row) => row.split(' & ').length === 5),
    rows.join('\n'),
  );
  assert.match(rows[0] ?? '', /squeeze ratio & parameters & MACs & test accuracy \(\\%\) & \$n\$/);
});
