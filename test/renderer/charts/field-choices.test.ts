import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { measureGroups } from '../../../src-renderer/charts/field-choices.ts';
import type {
  Analysis,
  AnalysisResult,
  MeasureDescription,
  MethodDescription,
} from '../../../src-shared/analysis/analysis-result.ts';
import { measureKey } from '../../../src-shared/analysis/findings.ts';
import { drawnScope, scopesOf } from '../../../src-shared/analysis/result-scope.ts';
import type { ResultScope } from '../../../src-shared/analysis/analysis-result.ts';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { MeasuredCell } from '../../../src-shared/charts/cells/measured-cell.ts';
import { sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { CHART_KINDS, figureChartSchema, gatherChart } from '../../../src-shared/charts/kinds/registry.ts';
import { findMeasure } from '../../../src-shared/charts/layers/layer-measure.ts';
import { analysisOf, finding } from '../../shared/charts/sample-analyses.ts';
import { sampleRuns } from '../../shared/charts/sample-runs.ts';

const KINDS = CHART_KINDS.filter(({ scopes }) => scopes !== undefined);
const runs = sampleRuns('network.sr: [0.5, 1]', 2);
const { index, rows, cells } = runs;
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

/** The same before the training, too. */
function fromFirst(analysis: Analysis): Analysis[] {
  return [{ ...analysis, settings: { ...analysis.settings, checkpoint: 'initial' } }, analysis];
}

test('every measure of every method is offered by a chart, and each that offers it draws it', async () => {
  for (const method of METHODS)
    for (const measure of method.measures) {
      const key = measureKey(method.name, measure.name);
      const analyses = [...(one ?? []), ...(other ?? [])].map((run) =>
        analysisOf(run, findingsOf(method, measure, run)),
      );
      const offering = KINDS.filter((kind) =>
        measureGroups(kind, '', { methods: METHODS, isKnown: () => true })
          .flatMap(({ choices }) => choices)
          .some((choice) => choice.key === key),
      );
      assert.ok(offering.length > 0, `${key} is drawn by no chart`);
      for (const kind of offering) {
        const scope = drawnScope(kind.scopes ?? [], findMeasure(METHODS, key).measure);
        const along = kind.name === 'depth' && scope === 'network' ? { x: 'network.sr' } : {};
        const isOfOne = scope === 'channel' && kind.name === 'channels';
        const coloured = kind.name === 'network' ? { colour: 'measure' } : along;
        const of = isOfOne ? { layer: 'conv1' } : coloured;
        const chart = figureChartSchema.parse({ kind: kind.name, measure: key, ...of });
        // channels are those of one run
        const shown = isOfOne ? { ...table, cells: table.cells.slice(0, 1).map(oneSeed) } : table;
        const drawn = await gatherChart(chart, {
          ...sourceOfRuns(runs),
          ...{ methods: METHODS, cells: () => shown },
          dataset: () => ({ classes: [], images: { input: [32, 32, 3], classes: 10 } }),
          analyses: (_runs, _finding, which) =>
            which?.overTraining ? analyses.flatMap(fromFirst) : analyses,
        });
        const numbers = drawn.table().rows.flat();
        assert.ok(numbers.includes(0.5), `${kind.name} shows nothing of ${key}`);
      }
    }
});
