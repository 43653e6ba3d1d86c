import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { measureChoices } from '../../../src-renderer/layers/measure-choices.ts';
import type {
  AnalysisResult,
  MeasureDescription,
  MethodDescription,
} from '../../../src-shared/analysis/analysis-result.ts';
import { measureKey } from '../../../src-shared/analysis/findings.ts';
import { scopesOf } from '../../../src-shared/analysis/result-scope.ts';
import type { ResultScope } from '../../../src-shared/analysis/analysis-result.ts';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { MeasuredCell } from '../../../src-shared/charts/cells/measured-cell.ts';
import { chartTable } from '../../../src-shared/charts/chart.ts';
import { layerChart } from '../../../src-shared/charts/layers/layer-chart.ts';
import {
  findMeasure,
  drawnScope,
  type MeasureChart,
} from '../../../src-shared/charts/layers/layer-measure.ts';
import { figureChartSchema } from '../../../src-shared/figures/figure-specification.ts';
import { analysisOf, finding } from '../../shared/charts/sample-analyses.ts';
import { sampleRuns } from '../../shared/charts/sample-runs.ts';

const KINDS: readonly MeasureChart['kind'][] = ['depth', 'layer map', 'layer pairs', 'channels'];
const { index, rows, cells } = sampleRuns('network.sr: [0.5, 1]', 2);
const table = measureCells(index, rows, cells, 'testAccuracy');
const [one, other] = table.cells.map(({ measured }) => measured.map(({ run }) => run));

function oneSeed(cell: MeasuredCell): MeasuredCell {
  return { ...cell, measured: cell.measured.slice(0, 1) };
}

/** A number of everything that the measure says its numbers are of. */
function findingsOf(method: MethodDescription, measure: MeasureDescription, run: string): AnalysisResult[] {
  const peer = (one?.includes(run) ? other : one)?.[0] ?? '';
  const of: Readonly<Record<ResultScope, Partial<AnalysisResult>>> = {
    network: { layer: null, role: null },
    layer: {},
    channel: { channel: 0 },
    'pair of layers': { other: { run, layer: 'conv10' } },
    'pair of runs': { other: { run: peer, layer: 'conv1' } },
  };
  return scopesOf(measure).map((scope) =>
    finding(measure.name, 'conv1', 0.5, { method: method.name, ...of[scope] }),
  );
}

test('every measure of every method is offered by a chart, and each that offers it draws it', () => {
  for (const method of METHODS)
    for (const measure of method.measures) {
      const key = measureKey(method.name, measure.name);
      const analyses = [...(one ?? []), ...(other ?? [])].map((run) =>
        analysisOf(run, findingsOf(method, measure, run)),
      );
      const offering = KINDS.filter((kind) =>
        measureChoices(METHODS, () => true, { kind, measure: '' })
          .flatMap(({ measures }) => measures)
          .some((choice) => choice.key === key),
      );
      assert.ok(offering.length > 0, `${key} is drawn by no chart`);
      for (const kind of offering) {
        const scope = drawnScope(kind, findMeasure(METHODS, key).measure);
        const along = kind === 'depth' && scope === 'network' ? { x: 'network.sr' } : {};
        const of = kind === 'channels' ? { layer: 'conv1' } : along;
        const chart = figureChartSchema.parse({ kind, measure: key, ...of }) as MeasureChart;
        // channels are those of one run
        const shown = kind === 'channels' ? { ...table, cells: table.cells.slice(0, 1).map(oneSeed) } : table;
        const drawn = layerChart(chart, { table: shown, analyses, methods: METHODS, imagesOf: () => null });
        const numbers = chartTable(drawn).rows.flat();
        assert.ok(numbers.includes(0.5), `${kind} shows nothing of ${key}`);
      }
    }
});
