import assert from 'node:assert/strict';
import { test } from 'node:test';
import { booktabsTable } from '../../../src-shared/charts/kinds/table/latex.ts';
import { pgfDocument } from '../../../src-shared/charts/latex/pgf-document.ts';
import { studyTable } from '../../../src-main/cli/study/study-table.ts';
import { groupText } from '../../../src-renderer/pages/runs/group-text.ts';
import { bestText } from '../../../src-shared/charts/cells/best-cell.ts';
import { measureCells, numericColumn } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import { costChart } from '../../../src-shared/charts/kinds/cost/chart.ts';
import { factorChart } from '../../../src-shared/charts/kinds/factor/chart.ts';
import { heatMapChart } from '../../../src-shared/charts/kinds/heat-map/chart.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { costData } from '../../../src-shared/charts/kinds/cost/data.ts';
import { curvesData } from '../../../src-shared/charts/kinds/curves/data.ts';
import { differencesData } from '../../../src-shared/charts/kinds/differences/data.ts';
import { factorData } from '../../../src-shared/charts/kinds/factor/data.ts';
import { heatMapData } from '../../../src-shared/charts/kinds/heat-map/data.ts';
import { intervalText, quantityOf } from '../../../src-shared/charts/quantity.ts';
import { queryRuns } from '../../../src-shared/runs/query-runs.ts';
import { requireColumn } from '../../../src-shared/runs/resolve-column.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';
import { summarizeStudy } from '../../../src-shared/runs/summarize-study.ts';
import { sampleRuns } from './sample-runs.ts';

/** Accuracies by seed, near to 100 % and to 0 %: the t intervals of all reach beyond. */
const ACCURACIES = [
  [0.99, 1, 0.96],
  [0.999, 0.99, 1],
  [0.02, 0, 0.06],
  [0.97, 1, 1],
];

const { index, rows, cells } = sampleRuns(
  'network.sr: [0.5, 1]\n  network.pct3x3: [0, 1]',
  3,
  (run, place) => {
    const accuracy = ACCURACIES[place.cell]?.[place.seed] ?? NaN;
    return {
      ...run,
      metrics: { ...run.metrics, testAccuracy: accuracy, testLoss: accuracy === 1 ? 2 : 0.01 },
    };
  },
);
const [x, y] = ['network.sr', 'network.pct3x3'];

function charts(metric: string): readonly Chart[] {
  const table = measureCells(index, rows, cells, metric);
  return [
    heatMapChart(heatMapData(table, { x, y, marginals: true })),
    factorChart(factorData(table, { x, line: y })),
    factorChart(factorData(table, { x, line: null })),
    costChart(costData(index, table, numericColumn('parameters')), { front: true, band: true }),
  ];
}

function assertWithin(chart: Chart, [least, most]: readonly [number, number]): void {
  const { columns, rows: lines } = chart.table();
  for (const bound of ['low', 'high'])
    for (const line of lines) {
      const value = line[columns.indexOf(bound)] ?? null;
      if (typeof value !== 'number') continue;
      assert.ok(least <= value && value <= most, `${value}`);
    }
}

test('no chart, table or text shows an interval beyond what is possible, and each says that it was cut', () => {
  for (const chart of charts('testAccuracy')) {
    assertWithin(chart, [0, 1]);
    assert.match(
      chart.notes.join('; '),
      /intervals are cut at 0 and 100\u00a0%, the range of possible values/,
    );
  }
  for (const chart of charts('testLoss')) {
    assertWithin(chart, [0, Infinity]);
    assert.match(chart.notes.join('; '), /intervals are cut at 0, the range of possible values/);
  }
  const table = measureCells(index, rows, cells, 'testAccuracy');
  assert.match(booktabsTable(table), / 98\.3 \(93\.2 to 100\.0\) & 3 .*\n/);
  assert.match(booktabsTable(table), /\\caption\{.*Intervals are cut at 0 and 100~\\%/);
  assert.match(studyTable(table), /^ *0\.5 +0 +98\.3 +93\.2 to 100\.0 +3 /m);
  assert.match(bestText(table), /99\.0 \(94\.7 to 100\.0\), n\u00a0=\u00a03$/);
  for (const { interval } of summarizeStudy(cells, index.rows))
    assert.ok(interval && interval[0] >= 0 && interval[1] <= 1);
  const { groups } = queryRuns(index, {
    filter: '',
    sort: [],
    groupBy: ['cell'],
    summarize: ['testAccuracy'],
  });
  const [first] = groups;
  assert.ok(first);
  assert.equal(groupText(index, first, requireColumn('testAccuracy')), '98.33 (93.16 to 100.00)');
});

test('the band of curves and the interval of a difference stay within what is possible', () => {
  const curves = index.rows.map((run) => ({
    ...{ run: run.id, steps: [1, 2], stepsPerEpoch: 1, startedAt: 0 },
    ...{ epochs: { steps: [1, 2], seconds: [1, 2] }, seconds: 2 },
    values: [run.metrics.testAccuracy, 0.5],
  }));
  const data = curvesData(index, curves, {
    ...{ metric: 'validationAccuracy', x: 'epoch', smoothing: 0, groupBy: ['cell'], members: false },
  });
  for (const { band } of data.lines)
    assert.ok(band?.low.every((low) => (low ?? 0) >= 0) && band.high.every((high) => (high ?? 0) <= 1));
  const two = sampleRuns('network.sr: [0.5, 1]', 2, (run, { cell, seed }) => {
    const testAccuracy = cell === 0 ? 0.1 * seed : 1 - 0.3 * seed;
    return { ...run, metrics: { ...run.metrics, testAccuracy } };
  });
  const table = measureCells(two.index, two.rows, two.cells, 'testAccuracy');
  const [row] = differencesData(table, two.cells[1]?.id ?? '').rows;
  assert.deepEqual([row?.low, row?.high], [-1, 1]);
});

test('an interval that was cut is told by its ends, on paper as on the page', () => {
  const quantity = quantityOf(requireColumn('testAccuracy'));
  const interval = tInterval([0.99, 1, 0.96], { range: quantity.range });
  assert.equal(intervalText(quantity, interval), '98.3 (93.2 to 100.0)');
  assert.equal(intervalText(quantity, tInterval([0.5, 0.51, 0.52])), '51.0 ± 2.5');
  const style: ChartStyle = {
    ...{ theme: 'light', width: 400, height: 300, fontFamily: 'sans', fontSize: 8, lineWidth: 1 },
    ...{ interactive: false, title: '', notes: true },
  };
  for (const chart of charts('testAccuracy').slice(1)) {
    const text = pgfDocument(chart.pgfplots(style, 'figure'), style, chart.notes);
    const means = [...text.matchAll(/^[\d.e-]+ ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \d+)*\\\\$/gm)].map(
      (line) => line.slice(1, 4).map(Number),
    );
    assert.ok(means.length > 0);
    for (const [mean = 0, below = 0, above = 0] of means)
      assert.ok(mean - below > -1e-9 && mean + above < 100 + 1e-9, `${mean} - ${below} + ${above}`);
  }
});
