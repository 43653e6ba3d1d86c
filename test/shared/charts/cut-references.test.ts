import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { depthData } from '../../../src-shared/charts/kinds/depth/data.ts';
import { factorChart } from '../../../src-shared/charts/kinds/factor/chart.ts';
import { findMeasure } from '../../../src-shared/charts/layers/layer-measure.ts';
import { layerTable } from '../../../src-shared/charts/layers/layer-table.ts';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import { analysisOf, finding, PROBE } from './sample-analyses.ts';
import { sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const STYLE: ChartStyle = {
  ...{ theme: 'light', width: 600, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.5 },
  ...{ interactive: false, title: '', notes: true },
};
const NAMES = ['first', 'second', 'third', 'fourth', 'fifth'];

/** An accuracy of 10, 12, … 18 % along five layers, or with steps of another height, with what it is on shuffled labels. */
function profile(shuffled: readonly number[], step = 0.02): Chart {
  const { index, rows, cells } = sampleRuns(TWO_FACTORS, 1);
  const table = measureCells(index, rows, cells, 'testAccuracy');
  const [cell] = table.cells;
  assert.ok(cell);
  const analyses = cell.measured.map(({ run }) =>
    analysisOf(
      run,
      NAMES.map((name, place) =>
        finding('accuracy', name, 0.1 + step * place, {
          baselines: { 'shuffled labels': shuffled[place] ?? null },
        }),
      ),
    ),
  );
  const layers = layerTable(
    { ...table, cells: [cell] },
    analyses,
    findMeasure([PROBE], 'probe/accuracy'),
    null,
  );
  return factorChart(depthData(layers, { x: null, line: null, baselines: true }));
}

function axisOf(chart: Chart): readonly number[] {
  return [...(chart.ranges?.(STYLE)?.yRange ?? [])];
}

function cutOf({ notes }: Chart): string[] {
  return notes.filter((note) => note.startsWith('arrows'));
}

test('a point for comparison that is far off is drawn where the axis ends and told, and the table has it', () => {
  const chart = profile([0.1, 0.1, 0.9, 0.1, 0.1]);
  assert.deepEqual(cutOf(chart), ['arrows: shuffled labels beyond what is drawn, up to 90.0 (third)']);
  assert.deepEqual(axisOf(chart), [10, 22]);
  assert.ok(chart.table().rows.some((row) => row.includes('shuffled labels') && row.includes(0.9)));
  const { pictures } = chart.pgfplots?.(STYLE, 'profile') ?? { pictures: [] };
  const text = JSON.stringify(pictures);
  assert.match(text, /mark=triangle\*/);
  assert.doesNotMatch(text, /2 90\b/);
});

test('one to each side is told by itself', () => {
  assert.deepEqual(cutOf(profile([0.14, 0.14, 0.9, 0.01, 0.14])), [
    'arrows: shuffled labels beyond what is drawn, up to 90.0 (third)',
    'arrows: shuffled labels beyond what is drawn, down to 1.0 (fourth)',
  ]);
});

test('a line for comparison that is far off as a whole is drawn where it is', () => {
  const chart = profile([0.9, 0.91, 0.9, 0.92, 0.9]);
  assert.deepEqual(cutOf(chart), []);
  assert.ok((axisOf(chart)[1] ?? 0) >= 92);
});

test('where all numbers are alike nothing is cut', () => {
  const chart = profile([0.1, 0.1, 0.9, 0.1, 0.1], 0);
  assert.deepEqual(cutOf(chart), []);
  assert.ok((axisOf(chart)[1] ?? 0) >= 90);
});
