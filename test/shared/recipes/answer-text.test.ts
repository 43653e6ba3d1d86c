import assert from 'node:assert/strict';
import test from 'node:test';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import { findMeasure } from '../../../src-shared/charts/layers/layer-measure.ts';
import { layerTable, type LayerTable } from '../../../src-shared/charts/layers/layer-table.ts';
import { answerText } from '../../../src-shared/recipes/answer-text.ts';
import { mean, tInterval } from '../../../src-shared/statistics/interval.ts';
import { analysisOf, finding, PROBE } from '../charts/sample-analyses.ts';
import { sampleRuns } from '../charts/sample-runs.ts';

const ACCURACY = findMeasure([PROBE], 'probe/accuracy');
/** By layer, of each seed. */
const VALUES: Readonly<Record<string, readonly number[]>> = {
  conv1: [0.2, 0.22, 0.21],
  squeeze: [0.5, 0.54, 0.55],
  output: [0.4, 0.46, 0.44],
};

function tableOf(seeds: number, interval: readonly [number, number] | null = null): LayerTable {
  const { index, rows, cells } = sampleRuns('network.sr: [0.5]', seeds);
  const table = measureCells(index, rows, cells, 'testAccuracy');
  const analyses = table.cells.flatMap(({ measured }) =>
    measured.map(({ run, seed }) =>
      analysisOf(
        run,
        Object.entries(VALUES).map(([layer, values]) =>
          finding('accuracy', layer, values[seed] ?? 0, { interval }),
        ),
      ),
    ),
  );
  return layerTable(table, analyses, ACCURACY, null);
}

test('the course of a measure: its best layer with the interval over seeds, and both ends', () => {
  const { low, high } = tInterval(VALUES['squeeze'] ?? []);
  const percent = (value: number | null): string => `${(100 * (value ?? NaN)).toFixed(1)}\u00a0%`;
  assert.equal(
    answerText(tableOf(3), { says: 'course', best: 'high' }),
    `${ACCURACY.measure.title} is highest at squeeze: ${percent(mean(VALUES['squeeze'] ?? []))}, 95\u00a0% CI ${percent(low)} to ${percent(high)}; ` +
      'it is 21.0\u00a0% at conv1 and 43.3\u00a0% at output. (n\u00a0=\u00a03 seeds of 1 cell; intervals of each layer alone)',
  );
  assert.match(
    answerText(tableOf(3), { says: 'course', best: 'low' }),
    /is lowest at conv1: .*; it is 43\.3\u00a0% at output\./,
  );
});

test('of one run the intervals are its own, and without any that is told', () => {
  assert.match(
    answerText(tableOf(1, [0.1, 0.6]), { says: 'greatest', best: 'high' }),
    /^.* is greatest in squeeze \(50\.0\u00a0%, 95\u00a0% CI 10\.0\u00a0% to 60\.0\u00a0%\), output .* and conv1 .*intervals within the run, not over trainings\)$/,
  );
  assert.match(
    answerText(tableOf(1), { says: 'smallest', best: 'high' }),
    /is smallest in conv1 \(20\.0\u00a0%\), output \(40\.0\u00a0%\) and squeeze \(50\.0\u00a0%\)\. \(n\u00a0=\u00a01 seed of 1 cell, without intervals\)$/,
  );
});

test('where an interval includes 0, nothing is said to be shown of the layer', () => {
  const table = tableOf(1, [-0.1, 0.6]);
  const signed = { ...table, quantity: { ...table.quantity, range: [-1, 1] as const } };
  assert.match(
    answerText(signed, { says: 'greatest', best: 'high' }),
    /Of all 3, 3 have an interval that includes 0: nothing is shown of them\./,
  );
});
