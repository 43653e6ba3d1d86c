import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { newChart } from '../../../src-renderer/pages/figures/new-chart.ts';
import { figureCommandLine } from '../../../src-shared/figures/command-line.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import {
  CHART_KINDS,
  chartOfMethod,
  chartWord,
  figureChartSchema,
} from '../../../src-shared/charts/kinds/registry.ts';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import { sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const FOLDER = join(import.meta.dirname, '../../../src-shared/charts/kinds');

test('every kind of chart is a folder called as the command calls it', () => {
  for (const kind of CHART_KINDS)
    assert.ok(existsSync(join(FOLDER, chartWord(kind), 'index.ts')), chartWord(kind));
});

test('a new chart of every kind can be drawn and said as a command, with what varies or without', () => {
  const { index, rows, cells } = sampleRuns(TWO_FACTORS, 1);
  const { varying, quantity } = measureCells(index, rows, cells, 'testAccuracy');
  for (const { kind } of figureChartSchema.options.map(({ shape }) => ({ kind: shape.kind.value })))
    for (const settings of [varying, []]) {
      const chart = newChart(kind, { varying: settings, quantity });
      assert.equal(chart.kind, kind);
      const specification = figureSpecificationSchema.parse({ source: { kind: 'study', study: 'a' }, chart });
      assert.match(figureCommandLine(specification), /^kindling figure [a-z-]+ --study a .*--output /);
    }
});

test('what a method found is drawn by the kind that says so, and by none where none does', () => {
  const drawn = METHODS.flatMap(({ name }) => {
    const chart = chartOfMethod(name);
    return chart ? [[name, chart.kind]] : [];
  });
  assert.deepEqual(Object.fromEntries(drawn), {
    'loss-landscape': 'landscape',
    'mutual-information': 'information plane',
    'tap-shares': 'taps',
    'deep-compression': 'compression',
  });
  assert.deepEqual(chartOfMethod('loss-landscape'), { kind: 'landscape', line: null, baselines: true });
});
