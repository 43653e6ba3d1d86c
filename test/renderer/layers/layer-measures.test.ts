import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analysisVariants, tellingSettings } from '../../../src-renderer/layers/analysis-variants.ts';
import {
  measureColumns,
  measuredLayers,
  newestAnalyses,
  placesInOrder,
} from '../../../src-renderer/layers/layer-measures.ts';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import { showNetwork } from '../../../src-renderer/network/shown-network.ts';
import { analysis, METHOD, result } from './made-analyses.ts';

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
  assert.ok(shown.ok);
  const file = {
    file: 'a.png',
    kind: 'picture',
    mediaType: 'image/png',
    layer: 'pool1',
    title: 'a',
  } as const;
  const names = [null, 'fire2', 'fire3/squeeze', 'conv1', 'fire2/squeeze'];
  const array = { ...file, file: 'a.csv', kind: 'array', mediaType: 'text/csv' } as const;
  const known = { ...analysis(names.map((name) => result(name))), files: [file, array] };
  const rows = measuredLayers([known], shown.value.blocks);
  assert.deepEqual(
    rows.map(({ name, role, results, pictures }) => [name, role, results.size, pictures.length]),
    [
      ['conv1', 'stem', 1, 0],
      ['pool1', 'pool', 0, 1],
      ['fire2/squeeze', 'squeeze', 1, 0],
      ['fire2', null, 1, 0],
      ['fire3/squeeze', 'squeeze', 1, 0],
      [null, null, 1, 0],
    ],
  );
  // of all that can be looked at, layers of which nothing is known are no less a part
  assert.deepEqual(
    placesInOrder(shown.value.blocks, [known])
      .slice(0, 7)
      .map(({ name, role }) => [name, role]),
    [
      ['input', 'input'],
      ['conv1', 'stem'],
      ['pool1', 'pool'],
      ['fire2/squeeze', 'squeeze'],
      ['fire2/expand1x1', 'expand 1x1'],
      ['fire2/expand3x3', 'expand 3x3'],
      ['fire2/concatenation', 'merge'],
    ],
  );
  assert.deepEqual(placesInOrder(shown.value.blocks, [known])[7], {
    name: 'fire2',
    role: null,
    number: null,
  });
  assert.deepEqual(placesInOrder(shown.value.blocks, []).at(-1), { name: null, role: null, number: null });
  const [column] = measureColumns(METHOD, known);
  assert.equal(rows[0]?.results.get(column?.key ?? '')?.layer, 'conv1');
});

test('layers are numbered as the network counts them, and what else can be looked at has no number', () => {
  const shown = showNetwork('squeezenet', { family: 'squeezenet' }, { input: [32, 32, 3], classes: 10 });
  assert.ok(shown.ok);
  const known = analysis([result(null), result('fire2'), result('fire2/bypass'), result('conv1')]);
  const places = placesInOrder(shown.value.blocks, [known]);
  const numbers = places.flatMap(({ number }) => number ?? []);
  assert.deepEqual(
    numbers,
    Array.from(shown.value.cost.layers, (_, at) => at + 1),
  );
  const others = places.filter(({ number }) => number === null);
  assert.deepEqual(
    others.map(({ name }) => name),
    ['fire2', 'fire2/bypass', null],
  );
});

test('of several analyses by one method the newest is shown', () => {
  const old = analysis([]);
  const young = analysis([], { createdAt: '2026-02-01T00:00:00.000Z' });
  assert.deepEqual(newestAnalyses([young, old]), [young]);
  assert.deepEqual(newestAnalyses([old, young]), [young]);
});

test('of a method the analyses with different settings are told apart by these, the newest first', () => {
  const made = (createdAt: string, settings: Analysis['settings'], method = 'clusters'): Analysis => ({
    ...{ run: 'r', method, settings, results: [], files: [], seconds: 1, createdAt },
  });
  const seen = { data: 'a', dataHash: 'x' };
  const old = made('2026-01-01', { images: 100, clusters: 32, cells: 'one', ...seen });
  const again = made('2026-01-03', { images: 100, clusters: 32, cells: 'two', ...seen });
  const more = made('2026-01-02', { images: 1000, clusters: 32, features: 'grid', ...seen });
  const other = made('2026-01-04', { images: 5 }, 'probe');
  const elsewhere = made('2026-01-05', { images: 100, clusters: 32, data: 'b', dataHash: 'y' });
  assert.deepEqual(
    analysisVariants([old, other, again, more], 'clusters').map(({ title, analysis }) => [title, analysis]),
    [
      ['features –, images 100', again],
      ['features grid, images 1000', more],
    ],
  );
  assert.deepEqual(analysisVariants([other], 'probe')[0]?.title, '');
  assert.deepEqual(analysisVariants([other], 'clusters'), []);
  assert.deepEqual(tellingSettings(more, [more, other]), {});
  assert.deepEqual(tellingSettings(more, [more, elsewhere, other]), {
    ...{ images: 1000, features: 'grid', ...seen },
  });
});
