import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anovaData } from '../../../src-shared/charts/kinds/anova/data.ts';
import { USUAL_MODEL } from '../../../src-shared/charts/kinds/anova/model.ts';
import { anovaTable } from '../../../src-shared/charts/kinds/anova/table.ts';
import { cellTableOf, measureCells, numericColumn } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import { costChart } from '../../../src-shared/charts/kinds/cost/chart.ts';
import { differencesChart } from '../../../src-shared/charts/kinds/differences/chart.ts';
import { effectsChart } from '../../../src-shared/charts/kinds/effects/chart.ts';
import { factorChart } from '../../../src-shared/charts/kinds/factor/chart.ts';
import { heatMapChart } from '../../../src-shared/charts/kinds/heat-map/chart.ts';
import { parallelChart } from '../../../src-shared/charts/kinds/parallel/chart.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { costData } from '../../../src-shared/charts/kinds/cost/data.ts';
import { differencesData } from '../../../src-shared/charts/kinds/differences/data.ts';
import { factorData } from '../../../src-shared/charts/kinds/factor/data.ts';
import { heatMapData } from '../../../src-shared/charts/kinds/heat-map/data.ts';
import { parallelData } from '../../../src-shared/charts/kinds/parallel/data.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { cellTable } from '../../../src-shared/charts/kinds/table/table.ts';
import { booktabsTable } from '../../../src-shared/charts/kinds/table/latex.ts';
import { failed, sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const STYLE: ChartStyle = {
  ...{ theme: 'light', width: 600, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.5 },
  ...{ interactive: false, title: '', notes: true },
};
const DIVERGED = { code: 'loss-not-finite', message: '', step: 3 } as const;

// of the last cell one seed diverged, one trains, one was never planned
const runs = sampleRuns(TWO_FACTORS, 4, (run, { cell, seed }) => {
  if (cell !== 11 || seed === 0) return run;
  if (seed === 1) return { ...failed(run), failure: DIVERGED };
  return seed === 2 ? { ...failed(run), state: 'running' } : null;
});
const { index, rows, cells } = runs;
const NOTE = '3 of 48 runs left out: 1 diverged, 1 running, 1 not begun';

function charts(metric: string): Chart[] {
  const table = measureCells(index, rows, cells, metric);
  return [
    heatMapChart(heatMapData(table, { x: 'network.sr', y: 'network.pct3x3', marginals: true })),
    factorChart(factorData(table, { x: 'network.sr', line: null })),
    costChart(costData(index, table, numericColumn('parameters')), { front: true, band: true }),
    parallelChart(parallelData(runs, table, { columns: ['sr', 'parameters'] })),
    differencesChart(differencesData(table, null)),
    effectsChart(anovaData(table, USUAL_MODEL)),
  ];
}

test('every chart says above itself how many runs are left out and why', () => {
  for (const chart of charts('testAccuracy')) {
    assert.ok(chart.notes.includes(NOTE), chart.notes.join('; '));
    assert.deepEqual(
      chart.notes.filter((note) => note.endsWith('.')),
      [],
      'they stand in one line',
    );
    // lines are broken where they end
    const drawn = JSON.stringify(chart.option(STYLE)['graphic']).replaceAll(/","x".*?"text":"/g, ' ');
    for (const words of ['3 of 48 runs', 'left out', '1 diverged', '1 not begun'])
      assert.ok(drawn.includes(words), words);
  }
});

test('the tables of charts have the left-out runs beside the numbers they are missing from', () => {
  for (const chart of charts('testAccuracy')) {
    const { columns, rows: lines } = chart.table();
    const places = columns.flatMap((column, place) => (column.startsWith('left out') ? [place] : []));
    const texts = lines.flatMap((line) => places.map((place) => line[place]));
    assert.ok(texts.includes('1 diverged, 1 running, 1 not begun'));
  }
  const table = measureCells(index, rows, cells, 'testAccuracy');
  const cellLines = cellTable(table);
  assert.equal(
    cellLines.rows.at(-1)?.[cellLines.columns.indexOf('left out')],
    '1 diverged, 1 running, 1 not begun',
  );
  assert.ok(booktabsTable(table).includes(`${NOTE}.`));
});

test('a cell without any run that counts still has its row among the settings, costs and results', () => {
  const none = sampleRuns(TWO_FACTORS, 2, (run, { cell }) => (cell === 11 ? failed(run) : run));
  const { columns, rows: lines } = parallelChart(
    parallelData(none, cellTableOf(none, 'testAccuracy'), { columns: ['sr', 'pct3x3', 'parameters'] }),
  ).table();
  const cell = none.cells[11];
  assert.deepEqual(columns, ['run', 'squeeze ratio', '3×3 share', 'parameters', 'test accuracy', 'left out']);
  assert.deepEqual(lines.at(-1), [null, 1, 1, cell?.parameters, null, '2 failed']);
  assert.deepEqual([lines.length, lines.at(-2)?.at(-1)], [23, null]);
});

test('a cell that lost all its runs has its row in the tables of costs and differences', () => {
  const none = sampleRuns(TWO_FACTORS, 2, (run, { cell }) => (cell === 11 ? failed(run) : run));
  const table = measureCells(none.index, none.rows, none.cells, 'testAccuracy');
  const cost = costData(none.index, table, numericColumn('parameters'));
  for (const chart of [
    costChart(cost, { front: true, band: true }),
    differencesChart(differencesData(table, null)),
  ] as const) {
    const { columns, rows: lines } = chart.table();
    assert.ok(lines.every(({ length }) => length === columns.length));
    const last = lines.at(-1);
    const shown = ['cell', 'n', 'left out'].map((name) => last?.[columns.indexOf(name)]);
    assert.deepEqual(shown, ['SR = 1, 3×3 = 1', 0, '2 failed']);
  }
});

test('an analysis of variance has the left-out runs in its table', () => {
  const table = measureCells(index, rows, cells, 'testAccuracy');
  const { columns, rows: lines } = anovaTable(anovaData(table, USUAL_MODEL));
  const place = columns.indexOf('left out');
  assert.ok(lines.length > 0 && lines.every((line) => line[place] === '1 diverged, 1 running, 1 not begun'));
});

test('a mean over cells says which runs have no partner in the other cells', () => {
  // the other two cells of the greatest squeeze ratio have three seeds more than the last cell: no two are shared
  const [map] = charts('testAccuracy');
  assert.ok(map && !map.notes.some((note) => note.includes('of the seeds that all of them have')));
  const two = sampleRuns(TWO_FACTORS, 3, (run, { cell, seed }) => (cell === 11 && seed === 2 ? null : run));
  const table = measureCells(two.index, two.rows, two.cells, 'testAccuracy');
  const { notes } = factorData(table, { x: 'network.sr', line: null });
  assert.ok(
    notes.includes('means over several cells use only the seeds that all of them have: without 2 runs'),
  );
});

test('a metric that was not measured is a reason', () => {
  const without = sampleRuns('network.sr: [0.5, 1]', 2, (run, { seed }) =>
    seed === 0 ? run : { ...run, metrics: { ...run.metrics, validationLoss: null } },
  );
  const table = measureCells(without.index, without.rows, without.cells, 'validationLoss');
  const { notes } = factorData(table, { x: 'network.sr', line: null });
  assert.ok(notes.includes('2 of 4 runs left out: 2 without validation loss'));
});

test('scores of classes are metrics, recalls by the name of the class, too', () => {
  const named = indexRuns({ runs: index.rows, cells }, new Map([['shapes', ['fox', 'owl']]]));
  for (const [metric, title] of [
    ['balanced', 'balanced test accuracy'],
    ['f1', 'test macro F1'],
    ['recall.owl', 'recall of owl'],
    ['recall.1', 'recall of owl'],
  ] as const) {
    const table = measureCells(named, rows, cells, metric);
    assert.equal(table.quantity.title, title);
    assert.deepEqual(
      table.cells.map(({ interval }) => interval.mean),
      measureCells(index, rows, cells, 'testAccuracy').cells.map(({ interval }) => interval.mean),
    );
    assert.ok(booktabsTable(table).includes(`${NOTE}.`));
  }
  assert.throws(
    () => measureCells(named, rows, cells, 'recall.bear'),
    /no column "recall\.bear"\. recall\.3 is/,
  );
});

test('an accuracy on classes that differ in size says what it is worth', () => {
  const unbalanced = sampleRuns('network.sr: [0.5, 1]', 2, (run) => ({
    ...run,
    metrics: { ...run.metrics, testLargestClass: 483 / 486, testSmallestClass: 3 / 486 },
  }));
  const notesOf = (metric: string): readonly string[] => {
    const table = measureCells(unbalanced.index, unbalanced.rows, unbalanced.cells, metric);
    assert.ok(booktabsTable(table).length > 0);
    return factorData(table, { x: 'network.sr', line: null }).notes;
  };
  const note = 'the classes differ in size: always predicting the largest scores 99.4\u00a0%';
  assert.ok(notesOf('testAccuracy').includes(note));
  assert.ok(!notesOf('balanced').includes(note));
});
