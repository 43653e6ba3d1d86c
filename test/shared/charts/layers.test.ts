import assert from 'node:assert/strict';
import { test } from 'node:test';
import type {
  Analysis,
  MeasureDescription,
  MethodDescription,
} from '../../../src-shared/analysis/analysis-result.ts';
import type { ResultScope } from '../../../src-shared/analysis/analysis-result.ts';
import { measureCells } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { CellTable } from '../../../src-shared/charts/cells/measured-cell.ts';
import { sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { compressionData } from '../../../src-shared/charts/kinds/compression/data.ts';
import { compressionTable } from '../../../src-shared/charts/kinds/compression/table.ts';
import { depthData } from '../../../src-shared/charts/kinds/depth/data.ts';
import { landscapeData } from '../../../src-shared/charts/kinds/landscape/data.ts';
import { factorTable } from '../../../src-shared/charts/kinds/factor/table.ts';
import { type FigureChart, gatherChart } from '../../../src-shared/charts/kinds/registry.ts';
import { borderLayers, type ImagesOf } from '../../../src-shared/charts/layers/border-layers.ts';
import { findMeasure } from '../../../src-shared/charts/layers/layer-measure.ts';
import { heatMapChart } from '../../../src-shared/charts/kinds/heat-map/chart.ts';
import { layerMapData } from '../../../src-shared/charts/kinds/layer-map/data.ts';
import { layerPairsData } from '../../../src-shared/charts/kinds/layer-pairs/data.ts';
import { layerTable } from '../../../src-shared/charts/layers/layer-table.ts';
import { mergeOrders } from '../../../src-shared/charts/layers/merge-orders.ts';
import { tapTilesData } from '../../../src-shared/charts/kinds/taps/data.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { chooseRuns } from '../../../src-shared/runs/choose-runs.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import type { FigureSource } from '../../../src-shared/runs/run-source.ts';
import { usualPreprocessing } from '../../../src-shared/networks/preprocessing.ts';
import { parseNetwork } from '../../../src-shared/networks/parse-network.ts';
import { mean, tInterval } from '../../../src-shared/statistics/interval.ts';
import { analysisOf, finding, PROBE } from './sample-analyses.ts';
import { sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const SR = 'network.sr';
const ACCURACY = findMeasure([PROBE], 'probe/accuracy');

/** Runs of squeeze ratio by 3x3 share, three seeds; without 3x3 filters a network has no layer for them. */
function study(): { readonly table: CellTable; readonly analyses: readonly Analysis[] } {
  const { index, rows, cells } = sampleRuns(TWO_FACTORS, 3);
  const table = measureCells(index, rows, cells, 'testAccuracy');
  const analyses = table.cells.flatMap(({ settings, measured }) =>
    measured.map(({ run, seed }) => {
      const sr = Number(settings[SR]);
      const share = Number(settings['network.pct3x3']);
      const value = (layer: number): number => sr / 10 + share / 100 + layer / 1000 + seed / 10_000;
      return analysisOf(run, [
        finding('accuracy', 'squeeze', value(1), { baselines: { untrained: 0.1 } }),
        ...(share > 0 ? [finding('accuracy', 'expand3x3', value(2), { role: 'expand 3x3' })] : []),
        finding('accuracy', 'output', value(3), { role: 'classifier', baselines: { untrained: 0.2 } }),
        finding('accuracy', 'squeeze', 99, { channel: 0 }),
      ]);
    }),
  );
  return { table, analyses };
}

/** As the probe, with numbers of something else than layers. */
function withScope(name: string, scope: ResultScope): MethodDescription {
  return { ...PROBE, name, measures: PROBE.measures.map((measure) => ({ ...measure, scopes: [scope] })) };
}

function near(found: number | null | undefined, expected: number | null, what: string): void {
  assert.ok(Math.abs((found ?? NaN) - (expected ?? NaN)) < 1e-12, `${what}: ${found} and ${expected}`);
}

test('orders of layers are merged: what the longest list lacks stands behind its predecessor', () => {
  assert.deepEqual(
    mergeOrders([
      ['stem', 'squeeze', 'expand1x1', 'output'],
      ['stem', 'squeeze', 'expand1x1', 'expand3x3', 'output', 'more'],
      ['first', 'stem', 'expand3x3', 'bypass', 'output'],
    ]),
    ['first', 'stem', 'squeeze', 'expand1x1', 'expand3x3', 'bypass', 'output', 'more'],
  );
});

test('along depth means are over the same cells at every layer, seeds as blocks, and the chart says which', () => {
  const { table, analyses } = study();
  const layers = layerTable(table, analyses, ACCURACY, null);
  assert.deepEqual(layers.layers, ['squeeze', 'expand3x3', 'output']);
  const { lines, references, notes, quantity, x } = depthData(layers, { x: null, line: SR, baselines: true });
  assert.equal(quantity.axis, 'held-out accuracy (%)');
  // in each cell the measure rises by 0.002 from the squeeze layer to the output, and so it does in the mean
  assert.deepEqual(
    x.places.map(({ label }) => label),
    ['squeeze', 'output'],
  );
  for (const { label, points, isJoined } of lines) {
    assert.ok(isJoined);
    near((points[1]?.mean ?? NaN) - (points[0]?.mean ?? NaN), 0.002, label);
    const members = layers.cells.filter(({ settings }) => String(settings[SR]) === label);
    for (const point of points) {
      const bySeed = [0, 1, 2].map((seed) =>
        mean(
          members.map(
            ({ layers: of }) => of.get(point.label)?.measured.find((run) => run.seed === seed)?.value ?? NaN,
          ),
        ),
      );
      const { mean: centre, low, high } = tInterval(bySeed);
      near(point.mean, centre, `${label} ${point.label}`);
      near(point.low, low, `${label} ${point.label}`);
      near(point.high, high, `${label} ${point.label}`);
      assert.deepEqual([point.seeds, point.cells, point.over], [3, 3, '3×3 share 0, 0.5 and 1']);
    }
  }
  assert.deepEqual(notes.slice(0, 3), [
    'n\u00a0=\u00a03 seeds of 3 cells',
    'means over 3×3 share 0, 0.5 and 1',
    'left out: 1 layer that some of the cells lack (expand 3x3)',
  ]);
  assert.deepEqual(
    references.map(({ label, points }) => [label, points.map(({ at }) => at)]),
    [['untrained', [0, 1]]],
  );
  for (const [place, value] of [0.1, 0.2].entries())
    near(references[0]?.points[place]?.value, value, 'untrained');
});

test('while analyses of one value of a setting alone are done, a chart of its values has that one', () => {
  const { table, analyses } = study();
  const first = new Set(
    table.cells.flatMap(({ settings, measured }) =>
      settings[SR] === 0.125 ? measured.map(({ run }) => run) : [],
    ),
  );
  const begun = analyses.filter(({ run }) => first.has(run));
  const { lines } = depthData(layerTable(table, begun, ACCURACY, null), {
    x: null,
    line: SR,
    baselines: true,
  });
  assert.deepEqual(
    lines.map(({ label, points }) => [label, points.every(({ mean: value }) => value !== null)]),
    [['0.125', true]],
  );
});

test('with roles chosen, means along depth are over the cells that have a layer of each', () => {
  const { table, analyses } = study();
  const layers = layerTable(table, analyses, ACCURACY, ['squeeze', 'expand 3x3']);
  const { lines, notes } = depthData(layers, { x: null, line: SR, baselines: false });
  for (const { points } of lines)
    assert.deepEqual(
      points.map(({ label, cells, over }) => [label, cells, over]),
      [
        ['squeeze', 2, '3×3 share 0.5 and 1'],
        ['expand3x3', 2, '3×3 share 0.5 and 1'],
      ],
    );
  assert.ok(
    notes.includes(
      'left out: 4 cells that lack a role shown (squeeze ratio 0.125, 0.25, 0.5 and 1, 3×3 share 0)',
    ),
    notes.join('; '),
  );
  // a line without 3x3 filters keeps the layers that it has
  const byShare = depthData(layers, { x: null, line: 'network.pct3x3', baselines: false });
  assert.deepEqual(
    byShare.lines.map(({ points }) => points.map(({ label }) => label)),
    [['squeeze'], ['squeeze', 'expand3x3'], ['squeeze', 'expand3x3']],
  );
});

test('against a setting the lines of all layers are over the same cells, and means along them too', () => {
  const { table, analyses } = study();
  const isKept = ({ settings }: CellTable['cells'][number]): boolean =>
    !(settings[SR] === 1 && settings['network.pct3x3'] === 1);
  const kept = { ...table, cells: table.cells.filter(isKept) };
  const layers = layerTable(kept, analyses, ACCURACY, ['squeeze', 'expand 3x3']);
  const { lines, notes } = depthData(layers, { x: SR, line: null, baselines: true });
  assert.deepEqual(
    lines.map(({ label, points }) => [label, points.map(({ cells, over }) => `${cells}: ${over}`)]),
    ['squeeze', 'expand3x3'].map((label) => [label, Array.from({ length: 4 }, () => '1: 3×3 share 0.5')]),
  );
  assert.ok(
    notes.some((note) => /^left out: 3 cells without a counterpart at each squeeze ratio/.test(note)),
  );
});

test('where no layer is in all cells of a line, the chart says what to do', () => {
  const { table, analyses } = study();
  const mixed = analyses.map((analysis, place) => ({
    ...analysis,
    results: analysis.results.map((result) => ({
      ...result,
      layer: `${result.layer}-${Math.floor(place / 3) % 2}`,
    })),
  }));
  assert.throws(
    () => depthData(layerTable(table, mixed, ACCURACY, null), { x: null, line: SR, baselines: true }),
    /No layer exists in all cells .* one series per cell/,
  );
});

test('against a setting each layer is a line; roles choose the layers', () => {
  const { table, analyses } = study();
  const layers = layerTable(table, analyses, ACCURACY, ['squeeze', 'classifier']);
  const data = depthData(layers, { x: SR, line: null, baselines: true });
  assert.deepEqual(
    data.lines.map(({ label }) => label),
    ['squeeze', 'output'],
  );
  assert.deepEqual([data.x.title, data.x.ordered], ['squeeze ratio', true]);
  assert.throws(
    () => depthData(layers, { x: null, line: 'training.epochs', baselines: false }),
    /Epochs \(training\.epochs\) has only one value .* network\.sr, network\.pct3x3/,
  );
});

test('a map of layers has their numbers, and says which network lacks a layer', () => {
  const { table, analyses } = study();
  const { panels, y, x } = layerMapData(layerTable(table, analyses, ACCURACY, null));
  assert.deepEqual(y.labels, ['output', 'expand3x3', 'squeeze']);
  const cells = panels[0]?.cells ?? [];
  assert.equal(cells.length, 3 * x.labels.length);
  for (const cell of cells) {
    const label: string = x.labels[cell.column] ?? '';
    const lacks: boolean = label.endsWith('3×3 = 0') && y.labels[cell.row] === 'expand3x3';
    assert.equal(cell.state, lacks ? 'no such layer' : 'measured');
    assert.deepEqual([cell.seeds, cell.cells], lacks ? [0, 0] : [3, 1]);
  }
});

test('a map of one cell, which has no name, does not say that names have no room', () => {
  const { table, analyses } = study();
  const one = { ...table, cells: table.cells.slice(0, 1), varying: [] };
  const chart = heatMapChart(layerMapData(layerTable(one, analyses, ACCURACY, null)));
  for (const width of [240, 900]) {
    let told: readonly string[] = [];
    chart.option({
      ...{ theme: 'light', width, height: 300, fontFamily: '', fontSize: 10, lineWidth: 1 },
      ...{ interactive: false, title: '', notes: true, takeNotes: (notes) => (told = notes) },
    });
    assert.ok(told.length > 0);
    assert.doesNotMatch(told.join('; '), /room for its name/);
  }
});

test('runs that were not analysed, or otherwise, are counted out loud; nothing known is a problem', () => {
  const { table, analyses } = study();
  const [first, second, ...others] = analyses;
  assert.ok(first && second);
  const mixed = [{ ...first, settings: { images: 60 } }, ...others];
  const { notes } = layerTable(table, mixed, ACCURACY, null);
  assert.deepEqual(notes, ['1 run not analysed', '1 run analysed with other settings left out']);
  const half = table.cells.filter(({ settings }) => settings['network.pct3x3'] === 0.5);
  const ofHalf = analyses.filter(({ run }) =>
    half.some(({ measured }) => measured.some((each) => each.run === run)),
  );
  assert.deepEqual(
    depthData(layerTable(table, ofHalf, ACCURACY, null), { x: SR, line: null, baselines: true }).notes[0],
    'n\u00a0=\u00a03 seeds of 1 cell',
    'nothing is a mean over values of which one was analysed',
  );
  assert.throws(() => layerTable(table, [], ACCURACY, null), { method: 'probe', isOverTraining: false });
  assert.throws(
    () => layerTable(table, analyses, ACCURACY, ['bypass']),
    /of the role bypass has .* other roles/,
  );
  assert.throws(() => findMeasure([PROBE], 'probe/acuracy'), /did you mean "probe\/accuracy"/);
});

test('what a run says of another is a line for the two cells, once for each seed', () => {
  const { table } = study();
  const across = withScope('across', 'pair of runs');
  const runOf = (cell: number, seed: number): string =>
    table.cells[cell]?.measured.find((run) => run.seed === seed)?.run ?? '';
  const pair = (cell: number, other: number, seed: number): Analysis =>
    analysisOf(
      runOf(cell, seed),
      [
        finding('accuracy', 'squeeze', 0.5 + seed / 10, {
          method: 'across',
          other: { run: runOf(other, seed), layer: 'squeeze' },
          baselines: { 'other seeds': cell / 10 },
        }),
      ],
      { cells: runOf(other, seed) },
    );
  const analyses = [0, 1, 2].flatMap((seed) => [pair(0, 1, seed), pair(1, 0, seed)]);
  const layers = layerTable(table, analyses, findMeasure([across], 'across/accuracy'), null);
  assert.equal(layers.cells.length, 1);
  const [only] = layers.cells;
  assert.match(only?.label ?? '', / and /);
  assert.deepEqual(
    only?.layers.get('squeeze')?.measured.map(({ value }) => value),
    [0.5, 0.6, 0.7],
  );
  // what two cells are held against is that of both
  near(only?.baselines.get('other seeds')?.get('squeeze'), 0.05, 'other seeds');
});

test('layers keep their order where a run is first compared with one that lacks some of them', () => {
  const { table } = study();
  const across = withScope('across', 'pair of runs');
  const runOf = (cell: number): string => table.cells[cell]?.measured[0]?.run ?? '';
  const comparison = (cell: number, layers: readonly string[]) =>
    layers.map((layer) =>
      finding('accuracy', layer, 0.5, { method: 'across', other: { run: runOf(cell), layer } }),
    );
  const analysis = analysisOf(
    runOf(1),
    [
      ...comparison(0, ['stem', 'squeeze', 'output']),
      ...comparison(2, ['stem', 'squeeze', 'expand3x3', 'output']),
    ],
    { cells: `${runOf(0)} ${runOf(2)}` },
  );
  const { layers } = layerTable(table, [analysis], findMeasure([across], 'across/accuracy'), null);
  assert.deepEqual(layers, ['stem', 'squeeze', 'expand3x3', 'output']);
});

test('a mean over pairs of seeds has the interval of pairs, alone and over cells', () => {
  const { table, analyses } = study();
  const overSeeds: MethodDescription = {
    ...PROBE,
    measures: PROBE.measures.map((measure) => ({ ...measure, isOverSeeds: true })),
  };
  const plain = layerTable(table, analyses, ACCURACY, null);
  const paired = layerTable(table, analyses, findMeasure([overSeeds], 'probe/accuracy'), null);
  const halfWidth = (layers: typeof plain): number => {
    const { mean, low } = layers.cells[0]?.layers.get('squeeze')?.interval ?? {};
    return (mean ?? NaN) - (low ?? NaN);
  };
  near(halfWidth(paired), 4 * halfWidth(plain), 'of three seeds');
  const width = (layers: typeof plain): number => {
    const [line] = depthData(layers, { x: null, line: SR, baselines: false }).lines;
    return (line?.points[0]?.high ?? NaN) - (line?.points[0]?.low ?? NaN);
  };
  near(width(paired), 4 * width(plain), 'over cells');
  assert.ok(paired.notes.some((note) => note.includes('jackknife')));
});

test('similarities of layers are symmetric, 1 on the diagonal, and means over the seeds', () => {
  const { table } = study();
  const cell = table.cells[0];
  assert.ok(cell);
  const similarity = withScope('similarity', 'pair of layers');
  const pairs = [
    ['a', 'b', 0.2],
    ['a', 'c', 0.4],
    ['b', 'c', 0.6],
  ] as const;
  const analyses = cell.measured.map(({ run, seed }) =>
    analysisOf(
      run,
      pairs.map(([layer, other, value]) =>
        finding('accuracy', layer, value + seed / 100, {
          method: 'similarity',
          other: { run, layer: other },
        }),
      ),
    ),
  );
  const chosen = findMeasure([similarity], 'similarity/accuracy');
  const { panels, x, y, colours } = layerPairsData(table, analyses, chosen, null);
  assert.deepEqual(colours, [0, 1], 'the same in all figures');
  assert.deepEqual([x.labels, y.labels, panels.length], [['a', 'b', 'c'], ['c', 'b', 'a'], 1]);
  const at = (one: string, other: string) =>
    panels[0]?.cells.find(({ column, row }) => x.labels[column] === one && y.labels[row] === other);
  for (const [one, other, value] of pairs) {
    near(at(one, other)?.mean, value + 0.01, `${one} ${other}`);
    near(at(other, one)?.mean, value + 0.01, `${other} ${one}`);
    assert.equal(at(one, other)?.seeds, 3);
  }
  for (const layer of x.labels) assert.equal(at(layer, layer)?.mean, 1);
  const missing = table.cells.slice(1).flatMap(({ measured }) => measured).length;
  assert.deepEqual(layerPairsData(table, analyses, chosen, null).notes, [
    'n\u00a0=\u00a03 seeds of 1 cell',
    'of two layers of one run',
    `${missing} runs not analysed`,
  ]);
  assert.throws(() => layerPairsData(table, analyses, chosen, ['pool']), /of the role pool/);

  // a layer of which nothing is defined is no empty stripe, and each network has its own layers
  const [first, second] = table.cells;
  assert.ok(first && second);
  const dead = analysisOf(second.measured[0]?.run ?? '', [
    ...[
      ['a', 'b', null],
      ['a', 'd', -0.02],
      ['b', 'd', null],
    ].map(([layer, other, value]) =>
      finding('accuracy', String(layer), value as number | null, {
        ...{ method: 'similarity', other: { run: '', layer: String(other) } },
      }),
    ),
  ]);
  const both = layerPairsData({ ...table, cells: [first, second] }, [...analyses, dead], chosen, null);
  assert.deepEqual(
    both.panels.map(({ axes }) => axes?.x.labels),
    [
      ['a', 'b', 'c'],
      ['a', 'd'],
    ],
  );
  assert.ok(both.panels.every(({ cells }) => cells.every(({ state }) => state === 'measured')));
  assert.ok(
    both.notes.some((note) => /^left out: b of .*, where it is not defined$/.test(note)),
    both.notes.join(),
  );
  assert.ok(
    both.notes.some((note) => note.startsWith('colours from 0: the lowest mean is')),
    both.notes.join(),
  );
});

test('of channels the mean over those of a layer is drawn, and the axis says so', () => {
  const { table } = study();
  const lesion = withScope('channel-lesion', 'channel');
  const losses = [0.1, 0.3, null];
  const analyses = table.cells.flatMap(({ measured }) =>
    measured.map(({ run }) =>
      analysisOf(
        run,
        losses.map((value, channel) =>
          finding('accuracy', 'squeeze', value, {
            ...{ method: 'channel-lesion', channel, baselines: { untrained: channel } },
          }),
        ),
      ),
    ),
  );
  const { quantity, cells, notes } = layerTable(
    table,
    analyses,
    findMeasure([lesion], 'channel-lesion/accuracy'),
    null,
  );
  assert.equal(quantity.axis, 'held-out accuracy, mean of channels (%)');
  assert.deepEqual(notes, ['means over the channels of a layer']);
  near(cells[0]?.layers.get('squeeze')?.interval.mean, 0.2, 'mean of those that are defined');
  near(cells[0]?.baselines.get('untrained')?.get('squeeze'), 1, 'untrained');
});

test('a number of the whole network stands along a setting and in a map, and has no depth', () => {
  const { table } = study();
  const landscape = withScope('landscape', 'network');
  const analyses = table.cells.flatMap(({ measured }) =>
    measured.map(({ run, seed }) =>
      analysisOf(run, [finding('accuracy', null, 0.5 + seed / 10, { method: 'landscape', role: null })]),
    ),
  );
  const layers = layerTable(table, analyses, findMeasure([landscape], 'landscape/accuracy'), null);
  assert.throws(
    () => depthData(layers, { x: null, line: SR, baselines: true }),
    /one number for the whole network.*network\.sr or network\.pct3x3/,
  );
  const { lines, lineTitle } = depthData(layers, { x: SR, line: null, baselines: true });
  assert.deepEqual([lineTitle, lines.map(({ label }) => label)], ['', ['']]);
  near(lines[0]?.points[0]?.mean, 0.6, 'mean over the seeds');
  const map = layerMapData(layers);
  assert.deepEqual(map.y.labels, ['whole network']);
  assert.ok(map.panels[0]?.cells.every(({ seeds }) => seeds === 3));
});

test('an empty chart says why: one cell has none to be compared with, or nothing is defined', async () => {
  const { table } = study();
  const [cell] = table.cells;
  const [first] = cell?.measured ?? [];
  assert.ok(cell && first);
  const across = withScope('across', 'pair of runs');
  const alone = analysisOf(first.run, [
    finding('accuracy', 'squeeze', 0.5, { method: 'across', other: { run: 'elsewhere', layer: 'squeeze' } }),
  ]);
  const chosen = findMeasure([across], 'across/accuracy');
  assert.throws(() => layerTable({ ...table, cells: [cell] }, [alone], chosen, null), /runs of two or more/);
  const undefinedOnly = [analysisOf(first.run, [finding('accuracy', 'squeeze', null)])];
  assert.throws(() => layerTable(table, undefinedOnly, ACCURACY, null), /not defined for any/);
  const source = { ...sourceOfRuns(sampleRuns(TWO_FACTORS, 1)), methods: [across] };
  const chart = { measure: 'across/accuracy', roles: null } as const;
  await assert.rejects(
    gatherChart({ ...chart, kind: 'layer pairs' }, source),
    /draw it as depth or layer map/,
  );
  // this one could draw it, if anything were known
  await assert.rejects(gatherChart({ ...chart, kind: 'layer map' }, source), { method: 'across' });
});

test('the border is where the receptive field exceeds the image, whatever the measure and the layers shown', () => {
  const { index, rows, cells } = sampleRuns('network.sr: [0.5, 1]', 1);
  const table = measureCells(index, rows, cells, 'testAccuracy');
  const imagesOf = () => ({ input: [32, 32, 3], classes: 10 }) as const;
  const names = ['conv1', 'fire2/squeeze', 'fire6/squeeze', 'fire6/expand3x3', 'fire7/squeeze', 'conv10'];
  const analyses = table.cells.flatMap(({ measured }) =>
    measured.map(({ run }) =>
      analysisOf(
        run,
        names.map((name) =>
          finding('accuracy', name, 0.5, { role: name.endsWith('squeeze') ? 'squeeze' : null }),
        ),
      ),
    ),
  );
  const bordersOf = (roles: string[] | null, images: ImagesOf = imagesOf): string[] => {
    const layers = layerTable(table, analyses, ACCURACY, roles);
    const { borders, x } = depthData(layers, { x: null, line: null, baselines: true }, (shown) => ({
      borders: borderLayers({ ...layers, layers: shown }, table, images),
      modules: null,
    }));
    return borders.map((at) => x.places[at]?.label ?? '');
  };
  // fields of 26, 34 and 34 pixels in fire6 and fire7/squeeze; no other method has been asked
  assert.deepEqual(bordersOf(null), ['fire6/expand3x3']);
  assert.deepEqual(bordersOf(['squeeze']), ['fire7/squeeze']);
  assert.deepEqual(
    bordersOf(null, () => null),
    [],
    'without the data set there is no image',
  );
});

test('the taps of a layer lie where they are in the window, and add up to one', () => {
  const { table } = study();
  const names = [
    'top-left',
    'top',
    'top-right',
    'left',
    'centre',
    'right',
    'bottom-left',
    'bottom',
    'bottom-right',
  ];
  const method: MethodDescription = {
    ...PROBE,
    name: 'tap-shares',
    measures: names.map((name) => ({ name, title: name, kind: 'share', axis: name })),
  };
  const analyses = table.cells.flatMap(({ measured }) =>
    measured.map(({ run }) =>
      analysisOf(
        run,
        names.map((name, tap) => finding(name, 'expand3x3', (tap + 1) / 45, { method: 'tap-shares' })),
      ),
    ),
  );
  const { panels, x, y } = tapTilesData(table, analyses, [method]);
  const cells = panels[0]?.cells ?? [];
  near(
    cells.reduce((sum, { mean: share }) => sum + (share ?? NaN), 0),
    1,
    'sum',
  );
  const named = (cell: (typeof cells)[number]): string => `${y.labels[cell.row]} ${x.labels[cell.column]}`;
  const byPlace = new Map(cells.map((cell) => [named(cell), cell.mean]));
  near(byPlace.get('top left'), 1 / 45, 'top left');
  near(byPlace.get('middle centre'), 5 / 45, 'centre');
  near(byPlace.get('bottom right'), 9 / 45, 'bottom right');
});

test('tiles of taps are over the same cells, those that have every role', () => {
  const { table, analyses: probes } = study();
  const names = METHODS.find(({ name }) => name === 'tap-shares')?.measures.map(({ name }) => name) ?? [];
  const analyses = probes.map(({ run, results }) =>
    analysisOf(
      run,
      results
        .filter(({ layer, channel }) => layer !== 'output' && channel === null)
        .flatMap((result) =>
          names.map((measure) => ({ ...result, method: 'tap-shares', measure, value: 1 / 9 })),
        ),
    ),
  );
  const { panels, notes } = tapTilesData(table, analyses, METHODS);
  assert.deepEqual(
    panels.map(({ label, cells }) => [label, new Set(cells.map(({ cells: of, seeds }) => `${seeds} ${of}`))]),
    ['squeeze', 'expand3x3'].map((label) => [label, new Set(['3 8'])]),
  );
  assert.deepEqual(notes.slice(0, 2), [
    'n\u00a0=\u00a03 seeds of 8 cells',
    'means over squeeze ratio 0.125, 0.25, 0.5 and 1, 3×3 share 0.5 and 1',
  ]);
});

test('stages of compression have bytes and accuracy over the seeds, the parts add up to the coded bytes; the table has the left-out runs', () => {
  const { table } = study();
  const cell = table.cells[0];
  assert.ok(cell);
  const method: MethodDescription = {
    ...PROBE,
    name: 'deep-compression',
    measures: ['bytes-of-values', 'bytes-of-indices'].map((name) => ({
      ...{ name, title: name, kind: 'bytes', axis: 'bytes' },
    })),
  };
  const numbers = (seed: number): Readonly<Record<string, number>> => ({
    ...{ 'bytes-float32': 1000, 'bytes-pruned': 500 + seed, 'bytes-shared': 200, 'bytes-coded': 100 + seed },
    ...{ 'bytes-of-values': 60 + seed, 'bytes-of-indices': 40 },
    ...{ 'accuracy-retrained': 0.68, 'accuracy-shared': 0.66 + seed / 100 },
  });
  const analyses = cell.measured.map(({ run, seed }) =>
    analysisOf(
      run,
      Object.entries(numbers(seed)).map(([measure, value]) =>
        finding(measure, null, value, {
          method: 'deep-compression',
          baselines: measure.startsWith('accuracy') ? { trained: 0.7 } : {},
        }),
      ),
    ),
  );
  const data = compressionData(table, analyses, [method]);
  const one = { reason: 'diverged', cell: '', seed: 9, run: 'lost' } as const;
  const own = table.cells.map((cell) => ({ ...cell, leftOut: [one] }));
  const cells = [...own, ...own.map((cell) => ({ ...cell, id: 'lost', measured: [] }))];
  const lost = compressionTable(compressionData({ ...table, cells }, analyses, [method]));
  assert.ok(lost.rows.every(({ length }) => length === lost.columns.length));
  const place = lost.columns.indexOf('left out');
  assert.equal(lost.rows[0]?.[place], '1 diverged');
  assert.deepEqual(lost.rows.at(-1)?.slice(1, 2), [null]);
  assert.equal(lost.rows.at(-1)?.[place], '1 diverged');
  const [compressed] = data.cells;
  assert.ok(compressed && data.cells.length === 1);
  assert.deepEqual(
    compressed.stages.map(({ bytes, accuracy }) => [bytes.mean, Number(accuracy.mean?.toFixed(10)), bytes.n]),
    [
      [1000, 0.7, 3],
      [501, 0.68, 3],
      [200, 0.67, 3],
      [101, 0.67, 3],
    ],
  );
  assert.equal(data.notes[0], 'n\u00a0=\u00a03 seeds of 1 cell');
  near(compressed.ratio, 1000 / 101, 'ratio');
  const coded = compressed.parts.reduce((sum, { bytes }) => sum + bytes, 0);
  near(coded, compressed.stages.at(-1)?.bytes.mean ?? null, 'parts');
  assert.throws(() => compressionData(table, [], [method]), /No results of "Deep Compression"/);
});

test('the loss around the weights is drawn by distance: both directions, means over seeds, on a scale of powers', () => {
  const { table } = study();
  const [cell] = table.cells;
  assert.ok(cell);
  const method: MethodDescription = { ...PROBE, name: 'loss-landscape', measures: [loss()] };
  const analyses = cell.measured.map(({ run }) =>
    analysisOf(run, [finding('loss', null, 1, { method: method.name })]),
  );
  // 10 to the seed in the middle; 100 and 10,000 times that at the ends of the directions, which is 1,000 times on the scale
  const seeds = new Map(cell.measured.map(({ run, seed }) => [run, seed]));
  const planes = ({ run }: Analysis): string => {
    const scale = 10 ** (seeds.get(run) ?? NaN);
    const rows = [-1, 0, 1].flatMap((second) =>
      [-1, 0, 1].map((first) => {
        const times = first === 0 && second === 0 ? 1 : second === 0 ? 100 : first === 0 ? 10_000 : 1e9;
        return [first, second, scale * times, 1000].join(',');
      }),
    );
    return ['first,second,trained,untrained', ...rows, ''].join('\n');
  };
  const { lines, references, x, quantity } = landscapeData(table, analyses, [method], {
    ...{ planes, line: null, baselines: true },
  });
  assert.equal(quantity.axis, 'log10 of the loss');
  assert.deepEqual(
    x.places.map(({ label }) => label),
    ['−1', '0', '1'],
  );
  for (const [place, value] of [4, 1, 4].entries()) {
    near(lines[0]?.points[place]?.mean, value, 'mean over the seeds 0, 1 and 2');
    near(references[0]?.points[place]?.value, 3, 'untrained');
  }
  assert.equal(lines[0]?.points[0]?.seeds, 3);
});

function loss(): MeasureDescription {
  return { name: 'loss', title: 'Loss at the centre', kind: 'number', axis: 'loss', scopes: ['network'] };
}

test('every number of a depth chart is in its table', () => {
  const { table, analyses } = study();
  const data = depthData(layerTable(table, analyses, ACCURACY, null), { x: null, line: SR, baselines: true });
  const { columns, rows } = factorTable(data);
  const [layer, line, mark, value] = ['layer', 'squeeze ratio', 'mark', 'Probe accuracy'].map((name) =>
    columns.indexOf(name),
  );
  for (const { label, points } of data.lines)
    for (const point of points) {
      const row = rows.find(
        (each) =>
          each[layer ?? -1] === point.label &&
          String(each[line ?? -1]) === label &&
          each[mark ?? -1] === 'mean',
      );
      assert.equal(row?.[value ?? -1], point.mean);
    }
  assert.equal(rows.filter((row) => row[mark ?? -1] === 'untrained').length, 2);
});

const ELSEWHERE: NetworkRecord = {
  ...{ id: 'k3f9a2qz', name: 'elsewhere', createdAt: '2026-11-01T00:00:00.000Z' },
  ...{ source: { file: 'a.pt', format: 'PyTorch' }, file: 'network.safetensors', bytes: 1, sha256: '' },
  ...{
    description: parseNetwork({ family: 'squeezenet', sr: 0.125 }),
    input: [224, 224, 3],
    wordnetIds: null,
  },
  ...{ classes: ['a', 'b'], preprocessing: usualPreprocessing([224, 224, 3]), setAt: null },
};

test('an imported network stands beside the cells of a study as a line of its own, in no mean with them', async () => {
  const { analyses } = study();
  const { index, cells } = sampleRuns(TWO_FACTORS, 3);
  const source: FigureSource = { kind: 'study', study: 'sample', networks: [ELSEWHERE.id] };
  const chosen = chooseRuns(index, cells, source, [ELSEWHERE]);
  const seen = (data: string, value: number, createdAt: string): Analysis => {
    const results = [finding('accuracy', 'squeeze', value, { baselines: { untrained: 0.9 } })];
    return analysisOf(ELSEWHERE.id, results, { images: 2000, data, dataHash: 'f' }, createdAt);
  };
  const known = [seen('before', 0.1, '2026-11-01'), ...analyses, seen('/pictures', 0.3, '2026-11-03')];
  const from = { ...sourceOfRuns(chosen), methods: [PROBE], analyses: () => known };
  const chart: FigureChart = {
    ...{ kind: 'depth', measure: 'probe/accuracy', roles: ['squeeze'], x: null, line: SR, baselines: true },
  };
  const { notes, table } = await gatherChart(chart, from);
  const rows = table().rows.filter((row) => row.includes('elsewhere') && row.includes('mean'));
  assert.deepEqual(rows, [['squeeze', 'elsewhere', 'mean', 0.3, null, null, 1, 1, '', '', null, null]]);
  assert.ok(
    notes.some((note) =>
      note.includes('elsewhere: imported, one network without seeds, on the images of /pictures'),
    ),
    notes.join('; '),
  );
  assert.match(notes.join('; '), /n\u00a0=\u00a03 seeds/, 'n is that of the cells');
  const without = await gatherChart(chart, { ...from, chosen: { ...chosen, networks: [] } });
  const others = (of: typeof table) => of().rows.filter((row) => !row.includes('elsewhere'));
  assert.deepEqual(others(table), others(without.table), 'means and baselines of the runs stay as they were');

  const along = await gatherChart({ ...chart, x: SR, line: null }, from);
  assert.match(along.notes.join('; '), /left out, as no [^;]+ is theirs: elsewhere/);
  const alone = chooseRuns(index, cells, { kind: 'runs', runs: [ELSEWHERE.id] }, [ELSEWHERE]);
  assert.deepEqual([alone.rows, alone.missing], [[], []]);
  const ofIt = await gatherChart(
    { ...chart, line: null },
    { ...from, ...sourceOfRuns(alone), methods: [PROBE], analyses: () => known },
  );
  assert.deepEqual(
    ofIt.table().rows.map(([layer, , value]) => [layer, value]),
    [
      ['squeeze', 0.3],
      ['squeeze', 0.3],
      ['squeeze', 0.9],
    ],
    'its mean, itself and its baseline',
  );
  assert.match(ofIt.notes.join('; '), /^n\u00a0=\u00a01 imported network; elsewhere: imported/);
  await assert.rejects(gatherChart({ kind: 'confusion', cell: null } as never, from), /elsewhere/);
  assert.deepEqual(chooseRuns(index, cells, { ...source, networks: ['gone'] }, [ELSEWHERE]).missing, [
    'gone',
  ]);
});
