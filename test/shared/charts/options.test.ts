import assert from 'node:assert/strict';
import { test } from 'node:test';
import { settingsText } from '../../../src-shared/charts/cells/measured-cell.ts';
import { measureCells, numericColumn } from '../../../src-shared/charts/cells/measure-cells.ts';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import { costChart } from '../../../src-shared/charts/kinds/cost/chart.ts';
import { differencesChart } from '../../../src-shared/charts/kinds/differences/chart.ts';
import { factorChart } from '../../../src-shared/charts/kinds/factor/chart.ts';
import { heatMapChart } from '../../../src-shared/charts/kinds/heat-map/chart.ts';
import { parallelChart } from '../../../src-shared/charts/kinds/parallel/chart.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { confusionData } from '../../../src-shared/charts/kinds/confusion/data.ts';
import { layConfusion } from '../../../src-shared/charts/kinds/confusion/layout.ts';
import { costData, frontCells } from '../../../src-shared/charts/kinds/cost/data.ts';
import { signedReference, withUncertainty } from '../../../src-shared/charts/kinds/cost/front-uncertainty.ts';
import { differencesData } from '../../../src-shared/charts/kinds/differences/data.ts';
import { factorData } from '../../../src-shared/charts/kinds/factor/data.ts';
import { dotsNote, factorDots } from '../../../src-shared/charts/kinds/factor/dots.ts';
import { heatMapData } from '../../../src-shared/charts/kinds/heat-map/data.ts';
import { parallelData } from '../../../src-shared/charts/kinds/parallel/data.ts';
import { frontUncertainty } from '../../../src-shared/statistics/front-uncertainty.ts';
import { sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const STYLE: ChartStyle = {
  ...{ theme: 'dark', width: 600, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.5 },
  ...{ interactive: true, title: 'Title', notes: true },
};

const SAMPLE = sampleRuns(TWO_FACTORS, 5);
const { index, rows, cells } = SAMPLE;
const table = measureCells(index, rows, cells, 'testAccuracy');
const ids = index.rows.map(({ id }) => id);

const HEAT_MAP: Chart = heatMapChart(
  heatMapData(table, { x: 'network.sr', y: 'network.pct3x3', marginals: true }),
);
const COST = costData(index, table, numericColumn('parameters'));
const LOOK = { front: true, band: true };
const DIFFERENCES: Chart = differencesChart(differencesData(table, null));
const ALL_RUNS: readonly Chart[] = [
  HEAT_MAP,
  factorChart(factorData(table, { x: 'network.sr', line: 'network.pct3x3' })),
  costChart(withUncertainty(COST, frontUncertainty(frontCells(COST), { resamples: 50 })), LOOK),
  parallelChart(parallelData(SAMPLE, table, { columns: ['sr', 'parameters'] })),
];

interface Series {
  readonly data: readonly {
    readonly runs?: readonly string[];
    readonly cell?: { readonly runs: readonly string[] };
  }[];
}

function seriesOf(chart: Chart): readonly Series[] {
  return chart.option(STYLE).series as readonly Series[];
}

test('no run is lost: each is in the data of a mark that can be clicked', () => {
  for (const chart of ALL_RUNS) {
    const marked = seriesOf(chart).flatMap(({ data }) =>
      data.flatMap(({ runs, cell }) => runs ?? cell?.runs ?? []),
    );
    assert.deepEqual([...new Set(marked)].toSorted(), ids.toSorted());
  }
});

test('of very many runs the dots are an even sample with both ends, and it is told', () => {
  const many = sampleRuns(TWO_FACTORS, 500);
  const data = factorData(measureCells(many.index, many.rows, many.cells, 'testAccuracy'), {
    ...{ x: 'network.sr', line: 'network.pct3x3' },
  });
  const dots = factorDots(data);
  const total = data.lines.flatMap(({ points }) => points.flatMap(({ runs }) => runs)).length;
  const shown = [...dots.values()].flat();
  assert.ok(total > 1000 && shown.length <= 1000 && shown.length > 900, `${shown.length} of ${total}`);
  assert.equal(new Set(shown).size, shown.length);
  for (const [{ runs }, drawn] of dots) {
    const ends = (of: typeof runs): number[] =>
      [Math.min, Math.max].map((end) => end(...of.map(({ value }) => value)));
    assert.deepEqual(ends(drawn), ends(runs));
  }
  const told = `dots show ${shown.length.toLocaleString('en-US')} of ${total.toLocaleString('en-US')} runs, evenly over the values at each point`;
  assert.ok(factorChart(data).notes.includes(told));
  assert.equal(dotsNote(factorData(table, { x: 'network.sr', line: null })), '');
});

test('long lists as values of a factor leave the plot its room', () => {
  const lists = [1, 2, 3].map(
    (k) => `[${Array.from({ length: 8 }, (_, fire) => 0.1 + (fire * k) / 29).join()}]`,
  );
  const long = sampleRuns(`network.sr: [${lists.join()}]\n  network.pct3x3: [0, 0.5]`, 2);
  const cellsOf = measureCells(long.index, long.rows, long.cells, 'testAccuracy');
  const settings = { x: 'network.sr', y: 'network.pct3x3', marginals: true };
  const turned = { ...settings, x: settings.y, y: settings.x };
  const charts: Chart[] = [
    heatMapChart(heatMapData(cellsOf, settings)),
    heatMapChart(heatMapData(cellsOf, turned)),
    factorChart(factorData(cellsOf, { x: 'network.sr', line: null })),
  ];
  for (const chart of charts) {
    const style = { ...STYLE, interactive: false, width: 240, height: 180, fontSize: 8 };
    const [grid] = [chart.option(style)['grid']].flat() as { width: number; height: number }[];
    assert.ok(grid && grid.height > 60 && grid.width > 80, `${grid?.width} x ${grid?.height}`);
  }
});

test('in one column rows and matrices of cells have names that tell them apart, and shortened lists are told whole', () => {
  const lists =
    '[0.5, [0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5, 0.125], [1, 1, 0.5, 0.5, 0.25, 0.25, 0.125, 0.125]]';
  const runs = sampleRuns(`training.schedule: [constant, cosine, one-cycle]\n  network.sr: ${lists}`, 2);
  const cellsOf = measureCells(runs.index, runs.rows, runs.cells, 'testAccuracy');
  const style: ChartStyle = { ...STYLE, interactive: false, width: 238, height: 178, fontSize: 8 };
  const data = differencesData(cellsOf, null);
  const { yAxis } = differencesChart(data).option(style) as unknown as { yAxis: { data: string[] } };
  assert.equal(new Set(yAxis.data).size, 8);
  assert.ok(yAxis.data.includes('0.5 …, one-cycle'), yAxis.data.join());
  const told =
    'squeeze ratio 0.5 … is [0.5, 0.25, 0.5, 0.25, 0.5, 0.25, 0.5, 0.125], 1x2 … is [1x2, 0.5x2, 0.25x2, 0.125x2]';
  assert.ok(data.notes.includes(told), data.notes.join('; '));
  const counts = [
    [3, 1],
    [0, 4],
  ];
  const matrices = cellsOf.cells.map(({ id, settings }) => ({
    ...{ run: id, counts, label: settingsText(cellsOf.varying, settings) },
  }));
  const { places } = layConfusion(confusionData(['first class', 'second class'], matrices), style);
  assert.equal(new Set(places.map(({ title }) => title.join(' '))).size, 9);
});

test('a narrow map is higher for the numbers of few rows, and not for those of many', () => {
  const style: ChartStyle = {
    ...STYLE,
    interactive: false,
    width: 238,
    fontSize: 8,
    title: '',
    notes: false,
  };
  const heightOf = (rates: number, width = style.width): number => {
    const values = Array.from({ length: rates }, (_, place) => (place + 1) / 100).join(', ');
    const runs = sampleRuns(`network.sr: [0.125, 0.5, 1]\n  training.learningRate: [${values}]`, 2);
    const cellsOf = measureCells(runs.index, runs.rows, runs.cells, 'testAccuracy');
    const chart = heatMapChart(
      heatMapData(cellsOf, { x: 'network.sr', y: 'training.learningRate', marginals: true }),
    );
    return chart.height({ ...style, width, height: 0.75 * width });
  };
  assert.equal(heightOf(3), 178.5);
  assert.ok(heightOf(9) > 178.5 && heightOf(9) <= 1.6 * 178.5, `${heightOf(9)}`);
  // means alone
  assert.ok(heightOf(20) <= 1.3 * 178.5, `${heightOf(20)}`);
  const narrow = 115;
  assert.ok(heightOf(3, narrow) > 0.75 * narrow);
  assert.equal(heightOf(20, narrow), 0.75 * narrow);
});

test('tooltips are plain lines, as text and not as markup', () => {
  for (const chart of [...ALL_RUNS, DIFFERENCES]) {
    const option = chart.option(STYLE);
    const tooltip = option.tooltip as { renderMode: string; formatter: (datum: { data: unknown }) => string };
    assert.equal(tooltip.renderMode, 'richText');
    const data = (option.series as readonly Series[])
      .flatMap((series) => series.data)
      .filter(({ runs, cell }) => runs ?? cell);
    assert.ok(data.length > 0);
    for (const datum of data) assert.doesNotMatch(tooltip.formatter({ data: datum }), /NaN|undefined|null/);
  }
});

test('a chart on paper has neither tooltip nor zoom', () => {
  for (const chart of [...ALL_RUNS, DIFFERENCES]) {
    const option = chart.option({ ...STYLE, interactive: false });
    assert.deepEqual([option.tooltip, option.dataZoom], [undefined, undefined]);
  }
});

test('differences pair by seed, are adjusted for number and choice, and say that few seeds carry no claim', () => {
  const { baseline, rows: differences, notes } = differencesData(table, null);
  assert.equal(differences.length, 11);
  // validation accuracies of the sample are those of the test less a point
  const best = table.cells.toSorted((a, b) => (b.interval.mean ?? 0) - (a.interval.mean ?? 0))[0];
  assert.deepEqual([baseline.cell, baseline.chosenBy], [best?.id, 'best mean validation accuracy']);
  for (const row of differences) {
    assert.deepEqual([row.method, row.pairs.length], ['paired', 5]);
    assert.ok((row.adjustedP ?? 0) >= (row.p ?? 1));
    assert.ok(!row.isSignificant);
  }
  assert.match(
    notes.join('; '),
    /adjusted for 11 comparisons \(Holm\) and for selecting the baseline among 12 cells/,
  );
  assert.match(notes.join('; '), /no claim of significance: .*; 12 in every cell would be needed/);
  const given = differencesData(table, best?.id ?? '');
  assert.equal(given.baseline.chosenBy, '');
  assert.match(
    given.notes.join('; '),
    /adjusted for 11 comparisons \(Holm\);.*; 9 in every cell would be needed/,
  );
  assert.throws(
    () => differencesData(table, 'nowhere'),
    /None of these complete runs belongs to the baseline cell nowhere/,
  );
});

test('a margin is drawn, and told with the verdicts in the table and for LaTeX', () => {
  const [first, ...others] = differencesData(table, null).rows.map(({ cell }) => cell);
  const margin = 0.75;
  const data = differencesData(table, first ?? '', margin);
  assert.equal(data.margin, 0.0075);
  assert.equal(data.rows.length, others.length + 1);
  const chart = differencesChart(data);
  assert.match(
    JSON.stringify(chart.notes),
    /equivalent: within ±0.75 percentage points by two one-sided t tests, p adjusted for 11 comparisons \(Holm\)/,
  );
  const { columns, rows: told } = chart.table();
  const [low, high, verdict] = ['low of 90\u00a0%', 'high of 90\u00a0%', 'verdict'].map((name) =>
    columns.indexOf(name),
  );
  const ofCells = told.filter((row) => row[columns.indexOf('seed')] === null);
  for (const [place, { equivalence, low: least, high: most }] of data.rows.entries()) {
    const row = ofCells[place] ?? [];
    assert.deepEqual([row[low ?? -1], row[high ?? -1]], equivalence?.interval);
    assert.equal(row[verdict ?? -1], equivalence?.verdict);
    const [from = 0, to = 0] = equivalence?.interval ?? [];
    assert.ok((least ?? 0) < from && from < to && to < (most ?? 0), '90 % within 95 %');
  }
  assert.ok(!differencesChart(differencesData(table, null)).table().columns.includes('verdict'));
  const [axis] = chart.pgfplots(STYLE, 'differences').pictures[0] ?? [];
  assert.ok(
    axis?.body.includes('\\fill[gray, opacity=0.15] (axis cs:-0.75,-0.6) rectangle (axis cs:0.75,10.6);'),
  );
  assert.match(chart.booktabs?.() ?? '', /& verdict \\\\[^]*& undecided \\\\/);
});

test('the front of a loss is where it is small', () => {
  const losses = measureCells(index, rows, cells, 'testLoss');
  const data = costData(index, losses, numericColumn('parameters'));
  for (const point of data.points) {
    const beaten = data.points.some(({ cost, mean }) => cost < point.cost && mean < point.mean);
    assert.equal(point.onFront, !beaten, point.label);
  }
  assert.ok(data.points.some(({ onFront }) => onFront) && data.points.some(({ onFront }) => !onFront));
});

test('each value of a setting has a front of its own, with its hypervolume from a stated reference', () => {
  const by = { logX: true, frontBy: 'network.pct3x3', reference: '10M,40%' };
  const data = costData(index, table, numericColumn('parameters'), by);
  assert.deepEqual(
    data.fronts.map(({ set }) => set),
    ['0', '0.5', '1'],
  );
  for (const point of data.points) {
    const rivals = data.points.filter(({ set }) => set === point.set);
    const beaten = rivals.some(({ cost, mean }) => cost < point.cost && mean > point.mean);
    assert.equal(point.onFront, !beaten, point.label);
  }
  const uncertainty = frontUncertainty(frontCells(data), { reference: signedReference(data) });
  const chart = costChart(withUncertainty(data, uncertainty), LOOK);
  const note = chart.notes.find((text) => text.startsWith('hypervolumes'));
  assert.match(
    note ?? '',
    /^hypervolumes from 10 M, 40\.0 in decades × test accuracy \(%\): 0: [\d.]+ \([\d.]+ to [\d.]+\), 0\.5: .*, 1: .*\)$/,
  );
  const { columns, rows: told } = chart.table();
  const row = told.find((each) => each[1] === 'front') ?? [];
  const cellOf = (column: string): unknown => row[columns.indexOf(column)];
  // by hand: decades and percentage points above the reference, of the cells without 3x3 filters by rising cost
  const own = data.points.filter(({ set, onFront }) => set === '0' && onFront);
  const sorted = own.toSorted((a, b) => a.cost - b.cost);
  const area = sorted.reduce((sum, { cost, mean }, place) => {
    const step = 100 * (mean - (sorted[place - 1]?.mean ?? 0.4));
    return sum + (7 - Math.log10(cost)) * step;
  }, 0);
  assert.ok(Math.abs(Number(cellOf('hypervolume')) - area) < 1e-9 * area, `${cellOf('hypervolume')} ${area}`);
  assert.deepEqual([cellOf('reference cost'), cellOf('reference value')], [1e7, 0.4]);
});

test('fronts by what does not vary, and references that are none, are refused by name', () => {
  const of = (frontBy: string, reference: string | null) => () =>
    costData(index, table, numericColumn('parameters'), { logX: true, frontBy, reference });
  assert.throws(
    of('network.alpha', null),
    /Width multiplier \(network\.alpha\) has only one value in these runs/,
  );
  assert.throws(of('network.sr', '2M'), /a cost and a value with a comma between, such as 2M,50%, not 2M/);
  assert.throws(of('network.sr', '2M,50'), /share from 0 to 1, not 50\. Did you mean 50%\?/);
  assert.throws(of('network.sr', 'x,50%'), /The reference x,50%: parameters is a number/);
});

test('a reference that is not typed is round and beyond every cell, also of a loss', () => {
  for (const [metric, logX] of [
    ['testAccuracy', true],
    ['testLoss', false],
  ] as const) {
    const of = measureCells(index, rows, cells, metric);
    const by = { logX, frontBy: 'network.sr', reference: null };
    const { points, reference, fronts } = costData(index, of, numericColumn('parameters'), by);
    const worst = metric === 'testLoss' ? Math.max : Math.min;
    assert.ok(reference && reference.cost > Math.max(...points.map(({ cost }) => cost)));
    assert.notEqual(reference.value, worst(...points.map(({ mean }) => mean)));
    assert.equal(worst(reference.value, ...points.map(({ mean }) => mean)), reference.value);
    assert.equal(
      Number((reference.cost / 10 ** Math.floor(Math.log10(reference.cost))).toPrecision(2)) % 0.5,
      0,
    );
    assert.ok(fronts.every(({ hypervolume }) => (hypervolume?.value ?? 0) > 0));
  }
});

test('seeds that no cell has twice give no band and no shares, and it is told', () => {
  const single = sampleRuns(TWO_FACTORS, 1);
  const of = measureCells(single.index, single.rows, single.cells, 'testAccuracy');
  const data = costData(single.index, of, numericColumn('parameters'));
  const chart = costChart(withUncertainty(data, frontUncertainty(frontCells(data))), LOOK);
  assert.ok(chart.notes.includes('no band: no cell has two seeds'));
  assert.ok(chart.table().rows.every((row) => row.slice(9, 12).every((value) => value === null)));
});

test('confusion matrices of one label are added up, by rows', () => {
  const data = confusionData(
    ['cat', 'dog'],
    [
      {
        run: 'a',
        label: 'SR = 1',
        counts: [
          [3, 1],
          [0, 0],
        ],
      },
      {
        run: 'b',
        label: 'SR = 1',
        counts: [
          [5, 1],
          [0, 0],
        ],
      },
    ],
  );
  assert.deepEqual(data.panels, [
    {
      label: 'SR = 1',
      runs: ['a', 'b'],
      counts: [
        [8, 2],
        [0, 0],
      ],
      shares: [
        [0.8, 0.2],
        [null, null],
      ],
    },
  ]);
  assert.throws(() => confusionData([], []), /no confusion matrix/);
});
