import assert from 'node:assert/strict';
import { test } from 'node:test';
import { init } from 'echarts';
import { accountNotes } from '../../../src-shared/charts/cells/account-notes.ts';
import { measureCells, numericColumn } from '../../../src-shared/charts/cells/measure-cells.ts';
import { costData } from '../../../src-shared/charts/kinds/cost/data.ts';
import { factorChart } from '../../../src-shared/charts/kinds/factor/chart.ts';
import { factorData } from '../../../src-shared/charts/kinds/factor/data.ts';
import { heatMapData, type HeatMapData } from '../../../src-shared/charts/kinds/heat-map/data.ts';
import { heatMapOption } from '../../../src-shared/charts/kinds/heat-map/drawing.ts';
import { parallelData } from '../../../src-shared/charts/kinds/parallel/data.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';
import { summarizeStudy } from '../../../src-shared/runs/summarize-study.ts';
import { failed, sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const AXES = { x: 'network.sr', y: 'network.pct3x3', marginals: true };

test('a heat map has the means and intervals of the study’s summary, in its places', () => {
  const { index, rows, cells } = sampleRuns(TWO_FACTORS, 3, (run, place) =>
    place.cell === 4 && place.seed > 0 ? failed(run) : run,
  );
  const data = heatMapData(measureCells(index, rows, cells, 'testAccuracy'), AXES);
  const summary = summarizeStudy(cells, index.rows);
  const places = data.panels[0]?.cells ?? [];
  assert.equal(places.length, summary.length);
  for (const cell of summary) {
    const column = data.x.labels.indexOf(String(cell.factors[AXES.x]));
    const row = data.y.labels.indexOf(String(cell.factors[AXES.y]));
    const place = places.find((candidate) => candidate.column === column && candidate.row === row);
    assert.deepEqual([place?.mean, place?.seeds], [cell.mean, cell.n]);
    assert.deepEqual(place?.low === null ? null : [place?.low, place?.high], cell.interval);
    assert.deepEqual(
      place?.runs,
      cell.runs.map(({ id }) => id),
    );
  }
  assert.equal(places.find(({ seeds }) => seeds === 1)?.leftOut, '2 failed');
});

test('where times are compared it is said of which runs they are not those of one stretch', () => {
  const interruption = { at: '2026-01-01T00:00:00.000Z', step: 3, wentOnAt: null, cause: null, note: null };
  const runs = sampleRuns(TWO_FACTORS, 2, (run, { cell, seed }) => ({
    ...run,
    seconds: 1 + seed,
    // one that began anew after all has no other's time
    ...(cell < 3 && { extension: { from: 'shorter', step: cell, seconds: cell, note: null } }),
    ...(cell === 4 && seed === 0 && { interruptions: [interruption] }),
  }));
  const { index, rows, cells } = runs;
  const notesOf = (metric: string) => accountNotes(measureCells(index, rows, cells, metric)).join('; ');
  const all = `${rows.length} runs`;
  assert.equal(
    notesOf('seconds'),
    `of ${all} 4 include the training of the shorter run from whose end they went on, 1 was interrupted and has the time of all stretches together`,
  );
  assert.equal(notesOf('testAccuracy'), '');
  const accuracy = measureCells(index, rows, cells, 'testAccuracy');
  const costs = (cost: string) => costData(index, accuracy, numericColumn(cost)).notes.filter(Boolean);
  assert.deepEqual([costs('seconds'), costs('macs')], [[notesOf('seconds')], []]);
  const axes = (...columns: string[]) => parallelData(runs, accuracy, { columns }).notes;
  assert.deepEqual([axes('imagesPerSecond'), axes('macs')], [[notesOf('seconds')], []]);
});

test('a marginal mean takes seeds as blocks: n counts seeds, not cells', () => {
  const { index, rows, cells } = sampleRuns(TWO_FACTORS, 4);
  const { marginals } = heatMapData(measureCells(index, rows, cells, 'testAccuracy'), AXES);
  const first = [0, 1, 2, 3].map((seed) => {
    const values = index.rows.filter((run) => run.seed === seed && run.factors[AXES.x] === 0.125);
    return values.reduce((sum, run) => sum + (run.metrics.testAccuracy ?? NaN), 0) / values.length;
  });
  const { mean, low, high, n } = tInterval(first);
  const column = marginals?.columns[0];
  assert.deepEqual([n, 3], [column?.seeds, column?.cells]);
  for (const [expected, found] of [
    [mean, column?.mean],
    [low, column?.low],
    [high, column?.high],
  ]) {
    assert.ok(Math.abs((expected ?? NaN) - (found ?? NaN)) < 1e-12, `${expected} and ${found}`);
  }
});

test('where no mean is over several seeds, a map says so once and not in each place; without runs it has no means', () => {
  const dataOf = (seeds: number, { isEmpty = false } = {}) => {
    const { index, rows, cells } = sampleRuns(TWO_FACTORS, seeds, (run) => (isEmpty ? null : run));
    return heatMapData(measureCells(index, rows, cells, 'testAccuracy'), AXES);
  };
  const drawn = (data: HeatMapData): string => {
    const size = { width: 900, height: 500 };
    const chart = init(null, null, { renderer: 'svg', ssr: true, ...size });
    const look = { theme: 'light', fontFamily: '', fontSize: 12, lineWidth: 1, interactive: false } as const;
    chart.setOption(heatMapOption(data, { ...look, ...size, title: '', notes: true }));
    const svg = chart.renderToSVGString();
    chart.dispose();
    return [...svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text).join('\n');
  };
  assert.match(drawn(dataOf(1)), /mean; one seed has no interval.*n\u00a0=\u00a01 seed of 1 cell/);
  assert.doesNotMatch(drawn(dataOf(1)), /95\u00a0%|^no interval$|^n\u00a0=\u00a01$/m);
  assert.match(drawn(dataOf(2)), /mean and 95\u00a0% t interval[^]*^n\u00a0=\u00a02$/m);
  assert.equal(dataOf(3, { isEmpty: true }).marginals, null);
  assert.doesNotMatch(drawn(dataOf(3, { isEmpty: true })), /mean/);
});

test('what a map lacks is said: cells without runs, cells outside the study, means over them', () => {
  const { index, rows, cells } = sampleRuns(TWO_FACTORS, 2, (run, { cell }) => (cell === 4 ? null : run));
  const last = cells.at(-1)?.id;
  const kept = rows.filter((row) => index.rows[row]?.cell !== last);
  const table = measureCells(index, kept, cells.slice(0, -1), 'testAccuracy');
  const data = heatMapData(table, AXES);
  const states = Map.groupBy(data.panels[0]?.cells ?? [], ({ state }) => state);
  assert.equal(states.get('no runs')?.length, 1);
  assert.equal(states.get('no such cell')?.length, 1);
  assert.equal(states.get('measured')?.length, 10);
  assert.equal(data.marginals?.columns.filter((mean) => mean === null).length, 2);
  assert.equal(data.marginals?.all, null);
  assert.deepEqual(
    table.varying.map(({ path }) => path),
    ['network.sr', 'network.pct3x3'],
    'a cell without runs has the data set of its study',
  );
});

test('settings besides the two give panels, too many a problem that names them', () => {
  const { index, rows, cells } = sampleRuns(`${TWO_FACTORS}\n  network.bypass: [none, simple]`, 2);
  const table = measureCells(index, rows, cells, 'testAccuracy');
  const data = heatMapData(table, AXES);
  assert.deepEqual(
    data.panels.map(({ label, cells: places }) => [label, places.length]),
    [
      ['bypass = none', 12],
      ['bypass = simple', 12],
    ],
  );
  const many = sampleRuns(
    'network.sr: [0.5, 1]\n  network.baseE: [16, 32, 64]\n  training.learningRate: [0.1, 0.2, 0.3, 0.4]',
    1,
  );
  const wide = measureCells(many.index, many.rows, many.cells, 'testAccuracy');
  const wrong = { x: 'network.sr', y: 'network.pct3x3', marginals: false };
  assert.throws(
    () => heatMapData(wide, wrong),
    /network\.baseE \(3 values\), training\.learningRate \(4 values\)/,
  );
});

test('a factor chart keeps every run, and averages over what else varies with seeds as blocks', () => {
  const { index, rows, cells } = sampleRuns(TWO_FACTORS, 3);
  const table = measureCells(index, rows, cells, 'testAccuracy');
  const split = factorData(table, { x: 'network.sr', line: 'network.pct3x3' });
  assert.deepEqual(
    split.lines.map(({ label }) => label),
    ['0', '0.5', '1'],
  );
  const pooled = factorData(table, { x: 'network.sr', line: null });
  assert.deepEqual(
    pooled.lines[0]?.points.map(({ seeds, cells: of, over }) => [seeds, of, over]),
    Array.from({ length: 4 }, () => [3, 3, '3×3 share 0, 0.5 and 1']),
  );
  for (const data of [split, pooled]) {
    const drawn = factorChart(data)
      .table()
      .rows.filter((row) => row.includes('run'));
    const runs = drawn.map((row) => row.at(-2)).toSorted();
    assert.deepEqual(runs, index.rows.map(({ id }) => id).toSorted());
  }
});

test('along a setting means are over the same cells; where there are none such no line joins them', () => {
  const [sr, share] = ['network.sr', 'network.pct3x3'];
  // all of the least squeeze ratio, and of the greatest all but one: means over each would differ by that one
  const uneven = sampleRuns(TWO_FACTORS, 2);
  const isKept = ({ factors }: { readonly factors: Readonly<Record<string, unknown>> }): boolean =>
    !(factors[sr] === 1 && factors[share] === 0);
  const table = measureCells(
    uneven.index,
    uneven.rows.filter((row) => isKept(uneven.index.rows[row] ?? { factors: {} })),
    uneven.cells.filter(isKept),
    'testAccuracy',
  );
  const { lines, notes } = factorData(table, { x: sr, line: null });
  assert.deepEqual(
    lines[0]?.points.map(({ cells: of, over }) => [of, over]),
    Array.from({ length: 4 }, () => [2, '3×3 share 0.5 and 1']),
  );
  assert.ok(
    notes.includes(
      'left out: 3 cells without a counterpart at each squeeze ratio (squeeze ratio 0.125, 0.25 and 0.5, 3×3 share 0)',
    ),
    notes.join('; '),
  );
  // a diagonal: no two squeeze ratios share a 3x3 share
  const isDiagonal = ({ factors }: { readonly factors: Readonly<Record<string, unknown>> }): boolean =>
    [0, 0.5, 1].indexOf(Number(factors[share])) === [0.125, 0.25, 0.5].indexOf(Number(factors[sr]));
  const diagonal = measureCells(
    uneven.index,
    uneven.rows.filter((row) => isDiagonal(uneven.index.rows[row] ?? { factors: {} })),
    uneven.cells.filter(isDiagonal),
    'testAccuracy',
  );
  const data = factorData(diagonal, { x: sr, line: null });
  assert.deepEqual(
    data.lines.map(({ isJoined, points }) => [isJoined, points.map(({ over }) => over)]),
    [[false, ['3×3 share 0', '3×3 share 0.5', '3×3 share 1']]],
  );
  assert.ok(data.notes.includes('different cells at each point, so the points are not joined'));
});

test('a column without numbers cannot be measured', () => {
  const { index, rows, cells } = sampleRuns('network.sr: [0.5, 1]', 1);
  assert.throws(() => measureCells(index, rows, cells, 'device'), /device contains no numbers/);
  assert.throws(() => measureCells(index, rows, cells, 'testAcuracy'), /did you mean testAccuracy/);
});
