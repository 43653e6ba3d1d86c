import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chart, isDrawn } from '../../../src-shared/charts/chart.ts';
import { sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { histogramMap, ofLayer } from '../../../src-shared/charts/kinds/histograms/data.ts';
import { logRows } from '../../../src-shared/charts/kinds/histograms/value-rows.ts';
import { statisticMap } from '../../../src-shared/charts/kinds/layer-statistics/data.ts';
import {
  type FigureChart,
  figureChartSchema,
  gatherChart,
} from '../../../src-shared/charts/kinds/registry.ts';
import type {
  LayerHistogram,
  RecordedPart,
  RunHistograms,
  StepHistograms,
} from '../../../src-shared/metrics/layer-histograms.ts';
import { valueHistogram } from '../../../src-shared/statistics/value-histogram.ts';
import { sampleRuns } from './sample-runs.ts';

const STEPS = [1, 50, 100];
const LAYERS = ['conv1', 'fire2/squeeze', 'fire2/expand1x1', 'fire2/expand3x3', 'conv10'];

/** A thousand values evenly from -size to size, those below zero replaced for activations. */
function values(part: RecordedPart, size: number): Float32Array {
  const all = Float32Array.from({ length: 1000 }, (_, place) => (size * (place - 499.5)) / 500);
  return part === 'activations' ? all.map((value) => Math.max(0, value)) : all;
}

function histogram(of: RecordedPart, layer: string, size: number): LayerHistogram {
  return { of, layer, ...valueHistogram(values(of, size)), update: of === 'weights' ? 0.5 : null };
}

/** Each layer has values ten times smaller than the one before, and each step halves them. */
function recorded(of: RecordedPart, layers: readonly string[] = LAYERS): StepHistograms[] {
  return STEPS.map((step, time) => ({
    step,
    layers: layers.map((layer, depth) => histogram(of, layer, 10 ** -depth / 2 ** time)),
  }));
}

const runs = sampleRuns('network.sr: [0.5, 1]', 2);

/** All runs but the last were recorded, the first one of a network with fewer layers. */
function source(most = Infinity) {
  const ids = runs.index.rows.map(({ id }) => id).slice(0, -1);
  return {
    ...sourceOfRuns(runs),
    histograms: (
      asked: readonly string[],
      wanted: { readonly of: RecordedPart; readonly layer: string | null; readonly most: number },
    ) => {
      const own = ids.filter((id) => asked.includes(id));
      const found = own.slice(0, Math.min(most, wanted.most)).map((run): RunHistograms => ({
        run,
        steps: recorded(wanted.of, run === ids[0] ? LAYERS.slice(0, 2) : LAYERS).map(({ step, layers }) => ({
          step,
          layers: wanted.layer === null ? layers : layers.filter(({ layer }) => layer === wanted.layer),
        })),
      }));
      return { recorded: own.length, runs: found };
    },
  };
}

async function drawn(settings: object, from = source()): Promise<Chart> {
  const chart: FigureChart = figureChartSchema.parse(settings);
  const numbers = await gatherChart(chart, from);
  assert.ok(isDrawn(numbers));
  return numbers;
}

test('each run has a map with one column a step, and its columns hold all values that are not zero', () => {
  const found = ofLayer([{ run: 'a', label: '', steps: recorded('activations', ['conv1']) }], {
    of: 'activations',
    layer: 'conv1',
    known: ['conv1'],
  });
  for (const isLog of [false, true]) {
    const { panels, x, y, notes } = histogramMap(found, isLog);
    assert.deepEqual(x.labels, ['1', '50', '100']);
    const [panel] = panels;
    for (const column of STEPS.keys()) {
      const shares = panel?.cells.filter((cell) => cell.column === column).map(({ mean }) => mean ?? 0) ?? [];
      assert.equal(shares.length, y.labels.length);
      const sum = shares.reduce((total, share) => total + share, 0);
      assert.ok(Math.abs(sum - 1) < 0.003, `${column}: ${sum}`);
    }
    assert.ok(notes.includes('zeros are not drawn: 50.0\u00a0% of the values'), notes.join());
  }
});

test('values that are halved from step to step lie half as high; what is not finite or beyond the axis is said', () => {
  const [first, ...others] = recorded('weights', ['conv1']);
  assert.ok(first);
  const broken = Float32Array.from([...values('weights', 1), NaN, Infinity, 40]);
  const steps = [
    { ...first, layers: [{ ...first.layers[0], ...valueHistogram(broken) } as LayerHistogram] },
    ...others,
  ];
  const found = ofLayer([{ run: 'a', label: '', steps }], { of: 'weights', layer: 'conv1', known: [] });
  const { panels, y, notes } = histogramMap(found, false);
  const highest = STEPS.map((_, column) =>
    Math.max(
      ...(panels[0]?.cells ?? []).flatMap((cell) =>
        cell.column === column && (cell.mean ?? 0) > 0.005
          ? Number(y.labels[cell.row]?.replace('−', '-'))
          : [],
      ),
    ),
  );
  assert.ok(
    Math.abs((highest[0] ?? 0) - 1) < 0.08 && Math.abs((highest[2] ?? 0) - 0.25) < 0.08,
    highest.join(),
  );
  assert.match(notes.join('; '), /NaN or infinite: 0\.0\u00a0% to 0\.2\u00a0% of the values/);
  assert.match(notes.join('; '), /beyond the axis: up to 0\.1\u00a0% of the values .*the greatest 40\)/);
});

test('rows of orders of magnitude follow each other from the least to the greatest, the largest value within', () => {
  const all = recorded('gradients').flatMap(({ layers }) => layers);
  const rows = logRows(all);
  for (const [place, { low, high }] of rows.entries()) {
    assert.ok(low < high);
    const next = rows[place + 1];
    if (next) assert.ok(Math.abs(high - next.low) <= 1e-12 * Math.abs(high), `${high} ${next.low}`);
  }
  assert.ok((rows[0]?.low ?? 0) <= -1 && (rows.at(-1)?.high ?? 0) >= 1);
  assert.deepEqual(
    logRows([{ ...histogram('weights', 'a', 1), ...valueHistogram(Float32Array.of(0, NaN)) }]),
    [],
  );
});

test('of runs the label tells them apart; those without the layer, not recorded or too many are told', async () => {
  const chart = await drawn({ kind: 'histograms', layer: 'conv10' });
  assert.equal(chart.label, 'weights of conv10: share of the values by value and step');
  assert.match(chart.notes.join('; '), /1 of the runs without such a layer; 1 run without histograms/);
  const { columns, rows } = chart.table();
  assert.deepEqual(rows.length, 2 * STEPS.length);
  const at = columns.indexOf('q50');
  assert.ok(Math.abs(Number(rows[0]?.[at])) < 1e-4);
  const few = await drawn({ kind: 'histograms' }, source(2));
  assert.match(few.notes.join('; '), /2 of 3 recorded runs, evenly over their order/);
  assert.match(few.label ?? '', /^weights of conv1:/);
  await assert.rejects(drawn({ kind: 'histograms', layer: 'conv11' }), /did you mean "conv1[0]?"/);
  await assert.rejects(
    drawn({ kind: 'histograms' }, { ...source(), histograms: () => ({ recorded: 0, runs: [] }) }),
    { code: 'usage', message: /None of these runs has histograms.*record: \{ histograms: 20 \}/ },
  );
});

test('a statistic of all layers stands by module, from the first layer above to the last below', async () => {
  const chart = await drawn({ kind: 'layer statistics' });
  const { columns, rows } = chart.table();
  assert.deepEqual(columns.slice(0, 4), ['run', 'step', 'layer', 'state']);
  const of = (run: number, layer: string, step: number) =>
    rows.find((row) => row[0] === runs.index.rows[run]?.id && row[2] === layer && row[1] === step);
  // evenly from -1 to 1: a third of the square; a tenth of that, and half of it in the second step
  const expected = (depth: number, time: number): number =>
    Math.log10((Math.sqrt(1 / 3) * 10 ** -depth) / 2 ** time);
  for (const [depth, layer] of LAYERS.entries())
    for (const [time, step] of STEPS.entries())
      assert.ok(Math.abs(Number(of(1, layer, step)?.[4]) - expected(depth, time)) < 1e-4, layer);
  assert.equal(of(0, 'conv10', 1)?.[3], 'no such layer');
  assert.match(chart.notes.join('; '), /layers of a module: squeeze, expand 1x1, expand 3x3/);
  const all = statisticMap(
    [{ run: 'a', label: '', steps: recorded('weights') }],
    { of: 'weights', statistic: 'update ratio' },
    () => ({ groups: [], note: '' }),
  );
  assert.deepEqual(all.y.labels, LAYERS.toReversed());
  const [first] = all.panels[0]?.cells.filter(({ row }) => row === LAYERS.length - 1) ?? [];
  assert.ok(Math.abs((first?.mean ?? NaN) - Math.log10(0.5 / Math.sqrt(1000 / 3))) < 1e-4);
});

test('what has no logarithm has no colour, and it is said; of nothing else there is no chart', () => {
  const [first] = recorded('gradients', ['conv1', 'conv10']);
  assert.ok(first);
  const dead = { ...first.layers[0], ...valueHistogram(new Float32Array(3)) } as LayerHistogram;
  const map = (layers: readonly LayerHistogram[]) =>
    statisticMap(
      [{ run: 'a', label: '', steps: [{ step: 1, layers: [...layers] }] }],
      { of: 'gradients', statistic: 'root mean square' },
      () => ({ groups: [], note: '' }),
    );
  const { panels, notes } = map([dead, ...first.layers.slice(1)]);
  assert.deepEqual(
    panels[0]?.cells.map(({ state }) => state),
    ['measured', 'not defined'],
  );
  assert.match(notes.join(), /zero, which has no logarithm/);
  assert.throws(() => map([dead]), /is not defined for any layer of these runs/);
});

test('the ratio of the update is of weights: to choose it chooses them, and to leave them leaves it', async () => {
  await assert.rejects(drawn({ kind: 'layer statistics', of: 'gradients', statistic: 'update ratio' }), {
    code: 'usage',
    message: /is of weights, not of gradients/,
  });
  const { layerStatisticsChart: kind } = await import('../../../src-shared/charts/kinds/all.ts');
  const context = { varying: [], scopeOf: () => null };
  const before = figureChartSchema.parse({ kind: 'layer statistics' });
  const chosen = kind.amend(before, { ...before, statistic: 'update ratio' }, context);
  assert.equal(chosen['of'], 'weights');
  assert.equal(
    kind.amend(chosen, { ...chosen, of: 'activations' }, context)['statistic'],
    'root mean square',
  );
});
