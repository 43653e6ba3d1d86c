import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { boldCell, booktabsTable } from '../../../src-shared/charts/kinds/table/latex.ts';
import { runRow, sampleRuns } from '../../shared/charts/sample-runs.ts';

/** Three cells of these test accuracies, by seed. @param validation of a cell; without it that of the test, less a point */
function table(
  accuracies: readonly (readonly number[])[],
  metric = 'testAccuracy',
  validation?: (cell: number) => number | null,
): CellTable {
  const seeds = accuracies[0]?.length ?? 0;
  const { index, rows, cells } = sampleRuns('network.sr: [0.25, 0.5, 1]', seeds, (run, { cell, seed }) => {
    const row = cells0(run.cell, run.id, accuracies[cell]?.[seed] ?? 0, seed);
    const metrics = validation ? { ...row.metrics, validationAccuracy: validation(cell) } : row.metrics;
    return { ...row, metrics, factors: run.factors, parameters: run.parameters, macs: run.macs };
  });
  return measureCells(index, rows, cells, metric);
}

function cells0(cell: string, id: string, accuracy: number, seed: number): ReturnType<typeof runRow> {
  const row = { study: 'sample', asked: null, id: cell, factors: {}, network: {}, parameters: 0, macs: 0 };
  return runRow({ ...row, recipe: undefined as never }, seed, id, accuracy);
}

/** Seven seeds of three cells, the last clearly the best: as few as can carry a claim among three. */
const CLEAR = [
  [0.5, 0.51, 0.52, 0.49, 0.53, 0.5, 0.51],
  [0.6, 0.61, 0.625, 0.59, 0.63, 0.61, 0.6],
  [0.7, 0.71, 0.722, 0.69, 0.73, 0.7, 0.72],
];

function boldMeans(text: string): (string | undefined)[] {
  return [...text.matchAll(/\\textbf\{([^}]*)\}/g)].map(([, words]) => words);
}

test('the best is bold where it is significantly better than every other, and the caption says how', () => {
  const text = booktabsTable(table(CLEAR));
  assert.deepEqual(boldMeans(text), ['71.0 $\\pm$ 1.3']);
  assert.match(
    text,
    /\$n = 7\$ seeds\. Bold: significantly better than every other \(best mean validation accuracy; tested by the paired t test, p adjusted for 2 comparisons \(Holm\) and for selecting the baseline among 3 cells; /,
  );
  // a loss is best where it is least: the same cell, since losses fall as accuracies rise
  assert.equal(boldCell(table(CLEAR, 'testLoss')).cell?.settings['network.sr'], 1);
  assert.match(booktabsTable(table(CLEAR, 'testLoss')), /\(best mean validation loss; /);
});

test('nothing is bold with too few seeds, equal differences, or a next best that may be as good', () => {
  const few = CLEAR.map((seeds) => seeds.slice(0, 3));
  assert.deepEqual(boldMeans(booktabsTable(table(few))), []);
  assert.match(
    booktabsTable(table(few)),
    /No mean is bold: SR = 1 is not .*no claim of significance: .*; 7 in every cell would be needed\)/,
  );
  // two seeds, a tie: every difference is a tenth of a point
  const tied = booktabsTable(
    table([
      [0.83, 0.861],
      [0.82, 0.851],
      [0.831, 0.862],
    ]),
  );
  assert.deepEqual(boldMeans(tied), []);
  assert.match(tied, /no difference can be tested/);
  const close = CLEAR.map((seeds, cell) => (cell === 1 ? (CLEAR[2] ?? []).toReversed() : seeds));
  assert.deepEqual(boldMeans(booktabsTable(table(close))), []);
  assert.deepEqual(boldMeans(booktabsTable(table([[0.5], [0.6], [0.7]]))), []);
});

test('the best is chosen on the validation part, and on the test part only where there is no other', () => {
  // on the validation part the second cell is the best, on the test part the third
  const validation = [0.5, 0.9, 0.7];
  const judged = table(CLEAR, 'testAccuracy', (cell) => validation[cell] ?? null);
  assert.deepEqual(boldMeans(booktabsTable(judged)), []);
  assert.match(
    booktabsTable(judged),
    /No mean is bold: SR = 0\.5 is not .* \(best mean validation accuracy;/,
  );
  const unjudged = table(CLEAR, 'testAccuracy', () => null);
  assert.equal(boldMeans(booktabsTable(unjudged)).length, 1);
  assert.match(
    booktabsTable(unjudged),
    /\(best mean test accuracy, selected on the test data: not all runs have a validation accuracy; /,
  );
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
