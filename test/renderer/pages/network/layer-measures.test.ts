import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  measureColumns,
  measuredLayers,
  newestAnalyses,
} from '../../../../src-renderer/pages/network/layer-measures.ts';
import { showNetwork } from '../../../../src-renderer/pages/network/shown-network.ts';
import type {
  Analysis,
  AnalysisResult,
  MethodDescription,
} from '../../../../src-shared/analysis/analysis-result.ts';

const METHOD: MethodDescription = {
  ...{ name: 'probe', title: 'Linear probe', family: 'representation', about: 'How well it tells.' },
  measures: [
    { name: 'accuracy', title: 'Accuracy', kind: 'share', axis: 'accuracy' },
    { name: 'gap', title: 'Gap', kind: 'number', axis: 'gap' },
    { name: 'unused', title: 'Unused', kind: 'number', axis: 'nothing' },
  ],
};

function result(layer: string | null, changes: Partial<AnalysisResult> = {}): AnalysisResult {
  return {
    ...{ method: 'probe', measure: 'accuracy', layer, role: null, channel: null, value: 0.5 },
    ...{ interval: null, baselines: {}, settings: {}, ...changes },
  };
}

function analysis(results: readonly AnalysisResult[], createdAt = '2026-01-01T00:00:00.000Z'): Analysis {
  return { run: 'r', method: 'probe', settings: {}, results, files: [], seconds: 1, createdAt };
}

test('a measure has a column for each setting that tells its numbers of one layer apart', () => {
  const known = analysis([
    // what differs only between layers is no reason for a column
    ...['conv1', 'pool1'].flatMap((layer, l2) =>
      ['average', 'spatial'].map((features) => result(layer, { settings: { features, l2 } })),
    ),
    result('conv1', {
      measure: 'gap',
      value: -2,
      interval: [-3, -1],
      baselines: { untrained: 1, other: null },
    }),
    result('conv1', { measure: 'gap', channel: 3, value: 900 }),
    result('conv1', { measure: 'gap', other: { run: 'r', layer: 'pool1' }, value: 900 }),
  ]);
  const columns = measureColumns(METHOD, known);
  assert.deepEqual(
    columns.map(({ measure, variant, scale }) => [measure.name, variant, scale]),
    [
      ['accuracy', 'features average', [0, 0.5]],
      ['accuracy', 'features spatial', [0, 0.5]],
      // zero, intervals and baselines are within the scale
      ['gap', '', [-3, 1]],
    ],
  );
  assert.equal(new Set(columns.map(({ key }) => key)).size, 3);
});

test('rows follow the network; a module stands behind its layers, the whole network last', () => {
  const shown = showNetwork('squeezenet', { family: 'squeezenet' }, { input: [32, 32, 3], classes: 10 });
  assert.ok(typeof shown === 'object');
  const file = {
    file: 'a.png',
    kind: 'picture',
    mediaType: 'image/png',
    layer: 'pool1',
    title: 'a',
  } as const;
  const names = [null, 'fire2', 'fire3/squeeze', 'conv1', 'fire2/squeeze'];
  const known = { ...analysis(names.map((name) => result(name))), files: [file] };
  const rows = measuredLayers([known], shown.blocks);
  assert.deepEqual(
    rows.map(({ name, role, results, files }) => [name, role, results.size, files.length]),
    [
      ['conv1', 'stem', 1, 0],
      ['pool1', 'pool', 0, 1],
      ['fire2/squeeze', 'squeeze', 1, 0],
      ['fire2', null, 1, 0],
      ['fire3/squeeze', 'squeeze', 1, 0],
      [null, null, 1, 0],
    ],
  );
  const [column] = measureColumns(METHOD, known);
  assert.equal(rows[0]?.results.get(column?.key ?? '')?.layer, 'conv1');
});

test('of several analyses by one method the newest is shown', () => {
  const old = analysis([]);
  const young = analysis([], '2026-02-01T00:00:00.000Z');
  assert.deepEqual(newestAnalyses([young, old]), [young]);
  assert.deepEqual(newestAnalyses([old, young]), [young]);
});
