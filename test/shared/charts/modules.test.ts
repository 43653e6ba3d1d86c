import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import type { Analysis } from '../../../src-shared/analysis/analysis-result.ts';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import { isDrawn } from '../../../src-shared/charts/chart.ts';
import { type ChartSource, sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import type { Box } from '../../../src-shared/charts/plot-frame.ts';
import { roleLook } from '../../../src-shared/charts/kinds/information-plane/drawing.ts';
import { figureChartSchema, gatherChart } from '../../../src-shared/charts/kinds/registry.ts';
import { distinctParts, modulePlaces } from '../../../src-shared/networks/module-places.ts';
import { parseNetwork, resolveNetwork } from '../../../src-shared/networks/parse-network.ts';
import { mean, tInterval } from '../../../src-shared/statistics/interval.ts';
import { analysisOf, finding } from './sample-analyses.ts';
import { sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const IMAGES = { input: [32, 32, 3], classes: 10 } as const;
const STYLE: ChartStyle = {
  ...{ theme: 'light', width: 600, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.5 },
  ...{ interactive: true, title: '', notes: true },
};

function graphOf(fields: Readonly<Record<string, unknown>>) {
  return resolveNetwork(parseNetwork({ ...fields, stem: 'small' }), IMAGES);
}

test('each layer stands in one module, as a part that no other layer of the module is', () => {
  for (const family of ['squeezenet', 'mobilenet-v1', 'shufflenet-v1', 'alexnet'] as const) {
    const { layers } = graphOf({ family });
    const places = modulePlaces(graphOf({ family }));
    assert.deepEqual(
      [...places.keys()],
      layers.map(({ name }) => name),
    );
    const keys = [...places.values()].map(({ module, part }) => `${module}: ${part}`);
    assert.equal(new Set(keys).size, keys.length, family);
  }
});

test('pools stand at the module that they follow, joins are called by their kind, twins by their names', () => {
  const squeezenet = modulePlaces(graphOf({ family: 'squeezenet', bypass: 'simple' }));
  const of = (layer: string): unknown[] => {
    const place = squeezenet.get(layer);
    return [place?.module, place?.part];
  };
  assert.deepEqual(of('fire4/expand3x3'), ['fire4', 'expand 3x3']);
  assert.deepEqual(of('fire4/concatenation'), ['fire4', 'concatenation']);
  assert.deepEqual(of('fire3/addition'), ['fire3', 'addition']);
  assert.deepEqual(of('pool4'), ['fire4', 'pool']);
  assert.deepEqual(of('pool1'), ['conv1', 'pool']);
  const shufflenet = modulePlaces(graphOf({ family: 'shufflenet-v1' }));
  assert.deepEqual(shufflenet.get('stage2/unit1/compress'), {
    ...{ module: 'stage2/unit1', part: 'pointwise compress' },
  });
  const twins = new Map(
    ['compress', 'expand', 'depthwise'].map((name) => [
      `unit/${name}`,
      { module: 'unit', part: name === 'depthwise' ? name : 'pointwise' },
    ]),
  );
  assert.deepEqual(
    [...distinctParts(twins).values()].map(({ part }) => part),
    ['pointwise compress', 'pointwise expand', 'depthwise'],
  );
  const alexnet = modulePlaces(graphOf({ family: 'alexnet' }));
  assert.deepEqual(alexnet.get('pool2'), { module: 'conv2', part: 'pool' });
});

interface Sample {
  readonly source: ChartSource;
  readonly analyses: readonly Analysis[];
}

/** Every layer of every run, by a made-up number that tells layer, cell and seed. */
function sample(
  vary: string,
  seeds: number,
  resultsOf: (layer: string, role: string, level: number) => Analysis['results'],
  settings: Analysis['settings'] = { images: 60 },
): Sample {
  const runs = sampleRuns(vary, seeds);
  const source = sourceOfRuns(runs);
  const table = source.cells('testAccuracy');
  const analyses = table.cells.flatMap(({ network, measured }, place) => {
    const { layers } = resolveNetwork(parseNetwork(network), IMAGES);
    return measured.map(({ run, seed }) =>
      analysisOf(
        run,
        layers.flatMap(({ name, role }, depth) =>
          resultsOf(name, role, depth / 100 + place / 1e4 + seed / 1e3),
        ),
        settings,
      ),
    );
  });
  return {
    analyses,
    source: {
      ...source,
      methods: METHODS,
      dataset: () => ({ classes: [], images: IMAGES }),
      analyses: (ids) => analyses.filter(({ run }) => ids.includes(run)),
    },
  };
}

async function drawn(chart: Readonly<Record<string, unknown>>, source: ChartSource): Promise<Chart> {
  const numbers = await gatherChart(figureChartSchema.parse(chart), source);
  assert.ok(isDrawn(numbers));
  const option = numbers.option(STYLE);
  assert.doesNotMatch(JSON.stringify(option), /NaN|Infinity/);
  return numbers;
}

/** Rows as objects by column. */
function rowsOf(chart: Chart): Readonly<Record<string, unknown>>[] {
  const { columns, rows } = chart.table();
  return rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place]])));
}

const entropy = (layer: string, role: string, level: number) => [
  finding('cross-entropy', layer, level, {
    ...{ method: 'clusters', role, interval: [level - 0.01, level + 0.01] },
    baselines: { untrained: 0.9 },
  }),
];

test('evolution: a series a role over the modules, means over seeds as the store has them, baselines beside', async () => {
  const { source, analyses } = sample('network.sr: [0.5, 1]', 3, entropy);
  const chart = await drawn({ kind: 'evolution', line: 'sr' }, source);
  const rows = rowsOf(chart);
  const cell = source.cells('testAccuracy').cells[1];
  const [row] = rows.filter(
    (each) => each['layer'] === 'fire5/expand3x3' && each['squeeze ratio'] === 1 && each['mark'] === 'mean',
  );
  const values = (cell?.measured ?? []).map(
    ({ run }) =>
      analyses.find((each) => each.run === run)?.results.find(({ layer }) => layer === 'fire5/expand3x3')
        ?.value ?? NaN,
  );
  const expected = tInterval(values);
  assert.deepEqual([row?.['module'], row?.['role'], row?.['n seeds']], ['fire5', 'expand 3x3', 3]);
  assert.deepEqual([row?.['Cluster cross-entropy'], row?.['low']], [expected.mean, expected.low]);
  assert.deepEqual(
    [...new Set(rows.filter(({ mark }) => mark === 'mean').map(({ role }) => role))],
    [
      'stem',
      'squeeze',
      'expand 1x1',
      'expand 3x3',
      'concatenation',
      'pool',
      'classifier',
      'input',
      'dropout',
    ],
  );
  const untrained = rows.filter(({ mark }) => mark === 'untrained');
  assert.ok(untrained.some(({ role, layer }) => role === 'pool' && layer === 'pool4'));
  assert.match(chart.notes.join('; '), /outside the modules are drawn at the module that they follow/);
});

test('evolution: what modules lack in some cells is left out of their mean and told; roles choose the cells', async () => {
  const { source } = sample(TWO_FACTORS, 2, entropy);
  const all = await drawn({ kind: 'evolution', line: 'sr' }, source);
  assert.match(all.notes.join('; '), /left out: 24 layers that some of the cells lack/);
  const chosen = await drawn({ kind: 'evolution', line: 'sr', roles: ['squeeze', 'expand 3x3'] }, source);
  assert.match(chosen.notes.join('; '), /4 cells that lack a role shown/);
  assert.deepEqual(
    [
      ...new Set(
        rowsOf(chosen)
          .filter(({ mark }) => mark === 'mean')
          .map(({ role }) => role),
      ),
    ],
    ['squeeze', 'expand 3x3'],
  );
});

test('evolution: of one seed the interval within the run is drawn and said to be that', async () => {
  const { source } = sample('network.sr: [0.5]', 1, entropy);
  const chart = await drawn({ kind: 'evolution' }, source);
  const rows = rowsOf(chart).filter(({ layer }) => layer === 'fire2/squeeze');
  const [centre, run] = ['mean', 'run'].map((mark) => rows.find((each) => each['mark'] === mark));
  const value = Number(run?.['Cluster cross-entropy']);
  assert.deepEqual([centre?.['low'], centre?.['high']], [null, null], 'none over seeds');
  assert.deepEqual([run?.['low'], run?.['high']], [value - 0.01, value + 0.01]);
  assert.match(JSON.stringify(chart.option(STYLE)), /95\u00a0% intervals within/);
});

test('evolution: 200 cells are told apart by a setting, or the chart says what to do', async () => {
  const values = Array.from({ length: 50 }, (_, place) => (place + 1) / 50);
  const { source } = sample(
    `network.sr: [${values.join()}]\n  network.pct3x3: [0.25, 0.5, 0.75, 1]`,
    1,
    entropy,
  );
  await assert.rejects(drawn({ kind: 'evolution' }, source), /200 cells are more than .* setting with fewer/);
  await assert.rejects(drawn({ kind: 'evolution', line: 'sr' }, source), /50 values of squeeze ratio/);
  const rows = rowsOf(await drawn({ kind: 'evolution', line: 'pct3x3' }, source));
  const squeezes = rows.filter(({ mark, layer }) => mark === 'mean' && layer === 'fire2/squeeze');
  assert.deepEqual(
    squeezes.map((row) => row['n cells']),
    [50, 50, 50, 50],
  );
});

test('evolution: a network without modules has a place a layer; one without description is read by names', async () => {
  const runs = sampleRuns('network.sr: [0.5]', 1);
  const source = sourceOfRuns(runs);
  const id = runs.index.rows[0]?.id ?? '';
  const layers = graphOf({ family: 'alexnet' }).layers;
  const known = [
    analysisOf(
      id,
      layers.flatMap(({ name, role }, depth) => entropy(name, role, depth / 100)),
    ),
  ];
  const cells = source.cells('testAccuracy').cells.map((cell) => ({
    ...cell,
    network: parseNetwork({ family: 'alexnet', stem: 'small' }),
  }));
  const from: ChartSource = {
    ...{ ...source, methods: METHODS, analyses: () => known },
    cells: () => ({ ...source.cells('testAccuracy'), cells }),
    dataset: () => ({ classes: [], images: IMAGES }),
  };
  const chart = await drawn({ kind: 'evolution' }, from);
  assert.equal(chart.table().columns[0], 'layer with weights');
  assert.match(chart.notes.join('; '), /the network has no modules/);
  const unknown = await drawn(
    { kind: 'evolution' },
    {
      ...from,
      cells: () => ({
        ...source.cells('testAccuracy'),
        cells: cells.map((cell) => ({ ...cell, network: null })),
      }),
    },
  );
  assert.match(unknown.notes.join('; '), /modules by the names of the layers/);
});

test('evolution: one layer of a very long name leaves the plot its room', async () => {
  const { source, analyses } = sample('network.sr: [0.5]', 1, entropy);
  const long = analyses.map((analysis) => ({
    ...analysis,
    results: entropy(`${'module-of-a-name-without-end-'.repeat(6)}/squeeze`, 'squeeze', 0.5),
  }));
  const chart = await drawn({ kind: 'evolution' }, { ...source, analyses: () => long });
  const [grid] = [chart.option({ ...STYLE, width: 300, height: 240 })['grid']].flat() as {
    readonly width: number;
    readonly height: number;
  }[];
  assert.ok(grid && grid.width > 100 && grid.height > 60, `${grid?.width} x ${grid?.height}`);
  assert.equal(rowsOf(chart).filter(({ mark }) => mark === 'mean').length, 1);
});

const information = (layer: string, role: string, level: number) => [
  finding('input information', layer, 9 + level, {
    ...{ method: 'mutual-information', role, interval: [9, 10] },
    baselines: { untrained: 8, 'shuffled inputs': 7 },
  }),
  finding('label information', layer, 3 - level, {
    ...{ method: 'mutual-information', role },
    baselines: { untrained: 2, 'shuffled labels': 1 },
  }),
];

test('information plane: both numbers of each layer in the order of depth, shuffled beside shuffled, never without its caution', async () => {
  const { source } = sample('network.sr: [0.5, 1]', 2, information);
  const chart = await drawn({ kind: 'information plane', roles: ['squeeze'] }, source);
  const rows = rowsOf(chart);
  const [input, label] = ['Mutual information with the input', 'Mutual information with the class'];
  const first = rows.filter(({ mark, cell }) => mark === 'mean' && cell === 'SR = 0.5');
  assert.deepEqual(
    first.map(({ layer }) => layer),
    [2, 3, 4, 5, 6, 7, 8, 9].map((module) => `fire${module}/squeeze`),
  );
  for (const row of first) assert.ok(Math.abs(Number(row[input]) + Number(row[label]) - 12) < 1e-9);
  assert.deepEqual(
    ['untrained', 'shuffled inputs and shuffled labels'].map((mark) => {
      const row = rows.find((each) => each['mark'] === mark);
      return [row?.[input], row?.[label]];
    }),
    [
      [8, 2],
      [7, 1],
    ],
  );
  for (const notes of [true, false])
    assert.match(
      JSON.stringify(chart.option({ ...STYLE, width: 3000, notes, interactive: false })),
      /depend on its hashing/,
    );
  assert.match(chart.cautions?.join() ?? '', /depend on its hashing/);
  await assert.rejects(drawn({ kind: 'information plane' }, { ...source, analyses: () => [] }), {
    method: 'mutual-information',
  });
});

test('information plane: of a single path, symbols tell the roles that share a colour', () => {
  const path = { label: '', value: '', points: [] };
  const colours = Array.from({ length: 10 }, (_, place) => place);
  const looks = colours.map((part) => roleLook({ paths: [path], colours, parts: [] }, part, 0, {}));
  assert.equal(new Set(looks.map(({ colour, symbol }) => `${colour} ${symbol}`)).size, 10);
  assert.equal(
    roleLook({ paths: [path, path], colours, parts: [] }, 3, 1, {}).symbol,
    roleLook({ paths: [path, path], colours, parts: [] }, 8, 1, {}).symbol,
  );
});

/** Four channels in any order, the strongest with the most. */
const energy = (layer: string, role: string, level: number) =>
  [0.9, 0.5 + level / 10, 1, 0.75].map((value, channel) =>
    finding('cumulated share', layer, value, {
      ...{ method: 'channel-energy', role, channel, baselines: { untrained: value / 2 } },
    }),
  );

test('energy curves: cumulated shares by rank, means over seeds, against share or number of channels', async () => {
  const { source, analyses } = sample('network.sr: [0.5]', 3, energy, { images: 60, share: 0.95 });
  const chart = await drawn({ kind: 'energy curves', roles: ['squeeze'] }, source);
  const rows = rowsOf(chart).filter(({ layer }) => layer === 'fire3/squeeze');
  const strongest = analyses.map(
    ({ results }) =>
      results.find(({ layer, channel }) => layer === 'fire3/squeeze' && channel === 1)?.value ?? NaN,
  );
  const shares = rows.map((row) => row['Cumulated share of the energy']);
  assert.deepEqual(shares.slice(1), [0.75, 0.9, 1]);
  assert.ok(Math.abs(Number(shares[0]) - mean(strongest)) < 1e-12);
  assert.equal(rows[0]?.['low'], tInterval(strongest).low);
  assert.deepEqual(
    rows.map((row) => [row['channels'], row['share of the channels'], row['n seeds']]),
    [1, 2, 3, 4].map((rank) => [rank, rank / 4, 3]),
  );
  assert.equal(rows[3]?.['untrained'], 0.5);
  assert.match(JSON.stringify(chart.option({ ...STYLE, width: 3000 })), /dotted: 95\u00a0% of the energy/);
  assert.doesNotMatch(chart.notes.join(), /weighted/);
});

test('energy curves: a panel for each module, with a curve per role, or the last layer of each cell', async () => {
  const { source } = sample('network.pct3x3: [0, 0.5]', 2, energy, { share: 0.95 });
  const all = await drawn({ kind: 'energy curves' }, source);
  assert.match(all.notes.join('; '), /of each module the last layer: choose roles for others/);
  const ends = new Set(rowsOf(all).map(({ layer }) => layer));
  // without 3x3 filters there is nothing to concatenate
  assert.ok(ends.has('fire2/expand1x1') && ends.has('fire2/concatenation') && ends.has('conv1'));
  assert.ok(!ends.has('fire2/squeeze') && !ends.has('pool1'));
  const panels = (chart: Chart): string[] => {
    const { height, width } = { ...STYLE, width: 900 };
    const style = { ...STYLE, width, height: chart.height({ ...STYLE, width, height }) };
    const { grid, graphic } = chart.option(style) as {
      readonly grid: readonly Box[];
      readonly graphic: { readonly elements: readonly { readonly style?: { readonly text?: string } }[] };
    };
    for (const [place, box] of grid.entries()) {
      assert.ok(box.left >= 0 && box.left + box.width <= width && box.height > 5 * style.fontSize);
      assert.ok(box.top + box.height < style.height);
      assert.ok(grid.slice(0, place).every((other) => apart(box, other)));
    }
    return graphic.elements.flatMap(({ style: words }) => words?.text ?? []);
  };
  assert.ok(panels(all).includes('fire2'));
  const chosen = await drawn({ kind: 'energy curves', roles: ['squeeze', 'expand 1x1'] }, source);
  assert.doesNotMatch(chosen.notes.join('; '), /last layer/);
  assert.ok(panels(chosen).includes('fire2/squeeze') && !panels(chosen).includes('fire2'));
  const { source: one } = sample('network.sr: [0.5]', 2, energy);
  const modules = await drawn({ kind: 'energy curves' }, one);
  assert.ok(panels(modules).includes('fire2') && !panels(modules).includes('pool1'));
  assert.ok(rowsOf(modules).some(({ layer }) => layer === 'pool1'));
});

test('energy curves say what weights the energy, and that guided gradients fail the randomization test', async () => {
  for (const [settings, words] of [
    [{ gradients: 'guided' }, /weighted by guided .* predicted class, which fail the randomization test/],
    [{ gradients: 'plain', logit: 'true' }, /weighted by gradients of the logit of the true class(;|$)/],
  ] as const) {
    const { source } = sample('network.sr: [0.5]', 1, energy, settings);
    const chart = await drawn({ kind: 'energy curves', roles: null }, source);
    assert.match(chart.notes.join('; '), words);
  }
});

test('energy curves: of very many cells the first are drawn and the others told; one layer is enough', async () => {
  const values = Array.from({ length: 200 }, (_, place) => (place + 1) / 200);
  const { source } = sample(`network.sr: [${values.join()}]`, 1, energy);
  const chart = await drawn({ kind: 'energy curves', roles: ['stem'], x: 'number' }, source);
  assert.match(chart.notes.join('; '), /the first 5 of 200 cells/);
  assert.doesNotMatch(chart.notes.join('; '), /last layer/);
  assert.equal(rowsOf(chart).length, 5 * 4);
  await assert.rejects(
    drawn({ kind: 'energy curves', roles: ['bypass'] }, source),
    /No layer of the role bypass .*: choose other roles/,
  );
});

function apart(one: Box, other: Box): boolean {
  const [sideways, down] = [
    Math.max(one.left - (other.left + other.width), other.left - (one.left + one.width)),
    Math.max(one.top - (other.top + other.height), other.top - (one.top + one.height)),
  ];
  return sideways >= 0 || down >= 0;
}
