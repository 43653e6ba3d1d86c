import assert from 'node:assert/strict';
import { test } from 'node:test';
import { curvesChart } from '../../../src-shared/charts/kinds/curves/chart.ts';
import type { Curve } from '../../../src-shared/runs/curve.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { curvesData, requireCurves } from '../../../src-shared/charts/kinds/curves/data.ts';
import {
  chooseCurves,
  type CurveSettings,
  sampleOverCells,
} from '../../../src-shared/charts/kinds/curves/choose-curves.ts';
import { curvesTable } from '../../../src-shared/charts/kinds/curves/table.ts';
import { lineLegend, lineLooks } from '../../../src-shared/charts/kinds/curves/line-looks.ts';
import { lookOf } from '../../../src-shared/charts/palette.ts';
import { indexRuns } from '../../../src-shared/runs/run-index.ts';
import { tInterval } from '../../../src-shared/statistics/interval.ts';
import { failed, sampleRuns } from './sample-runs.ts';

const { index } = sampleRuns('network.sr: [0.25, 1]', 3);
const curves = index.rows.map((run, place): Curve => ({
  run: run.id,
  steps: [10, 20, 30, 40],
  values: [2 + place, 1.5, place === 5 ? null : 1.2, 1],
  stepsPerEpoch: 20,
  epochs: { steps: [20, 40], seconds: [2, 4] },
  seconds: 4,
  startedAt: 1000 * place,
}));
const settings: CurveSettings = { metric: 'loss', x: 'epoch', smoothing: 0, groupBy: null, members: false };

test('one line a run holds every point, by epoch, step and time', () => {
  const data = curvesData(index, curves, settings);
  assert.equal(data.lines.length, 6);
  assert.deepEqual(data.lines[5]?.x, [0.5, 1, 1.5, 2]);
  assert.deepEqual(data.lines[5]?.y, [7, 1.5, null, 1]);
  assert.equal(data.lines[5]?.label, 'SR = 1, seed 2');
  assert.deepEqual(
    curvesData(index, curves, { ...settings, x: 'wall time' }).lines[1]?.x,
    [2000, 3000, 4000, 5000],
  );
});

interface DrawnLine {
  readonly id: string;
  readonly data: Float64Array;
  readonly lineStyle: { readonly width: number };
}

function drawnLines(many: readonly Curve[], interactive: boolean, logY = false): readonly DrawnLine[] {
  const option = curvesChart(curvesData(index, many, settings), { logX: false, logY }).option({
    ...{ theme: 'light', width: 900, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.6 },
    ...{ interactive, title: '', notes: true, ...(interactive && { hairWidth: 0.5 }) },
  });
  return option['series'] as readonly DrawnLine[];
}

test('lines are drawn with all of their points, x and y in turn, and with gaps where there is no value', () => {
  assert.deepEqual(drawnLines(curves, true)[5]?.data, Float64Array.of(0.5, 7, 1, 1.5, 1.5, NaN, 2, 1));
  const negative = curves.map((curve) => ({ ...curve, values: [1, 0, -1, 1] }));
  assert.deepEqual(
    drawnLines(negative, true, true)[0]?.data,
    Float64Array.of(0.5, 1, 1, NaN, 1.5, NaN, 2, 1),
  );
});

test('very many lines are a pixel of the screen wide on a page, and as wide as it says in a figure', () => {
  const many = Array.from({ length: 120 }, (_, place) => curves[place % curves.length] ?? []).flat();
  const widths = (lines: readonly Curve[], interactive: boolean): number[] => [
    ...new Set(drawnLines(lines, interactive).map(({ lineStyle }) => lineStyle.width)),
  ];
  assert.deepEqual([widths(curves, true), widths(many, true), widths(many, false)], [[1.6], [0.5], [1.6]]);
});

test('a group has mean, t interval and members; smoothing keeps the raw line', () => {
  const data = curvesData(index, curves, { ...settings, groupBy: ['cell'], members: true, smoothing: 0.5 });
  const [first, second] = data.lines;
  assert.deepEqual([first?.label, second?.label], ['SR = 0.25', 'SR = 1']);
  const { mean, low, high } = tInterval([2, 3, 4]);
  assert.deepEqual(
    [first?.y[0], first?.band?.low[0], first?.band?.high[0]].map(rounded),
    [mean, low, high].map(rounded),
  );
  assert.equal(first?.members.length, 3);
  assert.equal(rounded(first?.raw?.y[1]), 1.5);
  // Smoothed and debiased: (0.25 * 3 + 0.5 * 1.5) / 0.75 for the mean of 2, 3 and 4.
  assert.equal(rounded(first?.y[1]), 2);
  assert.equal(second?.band?.low.length, 4);
});

test('the band of smoothed curves says that it is theirs', () => {
  const said = (changed: Partial<CurveSettings>): boolean =>
    curvesData(index, curves, { ...settings, groupBy: ['cell'], ...changed }).notes.some((note) =>
      /interval are of the smoothed curves/.test(note),
    );
  assert.ok(said({ smoothing: 0.5 }));
  assert.ok(!said({ smoothing: 0 }));
  assert.ok(!said({ smoothing: 0.5, groupBy: null }), 'single lines have no band');
});

test('by training time it is said of which runs the times are not those of one stretch', () => {
  const interruption = { at: '2026-01-01T00:00:00.000Z', step: 3, wentOnAt: null, cause: null, note: null };
  const parts = [
    { extension: { from: 'shorter', step: 20, seconds: 2, note: null } },
    { interruptions: [interruption] },
  ];
  const { index: runs } = sampleRuns('network.sr: [0.25, 1]', 3, (run, { cell, seed }) => ({
    ...run,
    ...(cell === 0 && parts[seed]),
  }));
  const notes = (x: CurveSettings['x'], drawn = curves) =>
    curvesData(runs, drawn, { ...settings, x }).notes.join('; ');
  assert.equal(
    notes('relative time'),
    'of 6 runs 1 includes the training of the shorter run from whose end it went on, 1 was interrupted and has the time of all stretches together',
  );
  assert.equal(notes('relative time', curves.slice(2)), '');
  for (const x of ['step', 'epoch', 'wall time'] as const) assert.equal(notes(x), '', x);
});

test('a mean over wall times is not made', () => {
  const data = curvesData(index, curves, { ...settings, x: 'wall time', groupBy: ['cell'] });
  assert.equal(data.lines.length, 6);
});

test('lines are told apart by the values of their settings, whatever the number of seeds', () => {
  const many = sampleRuns(
    'network.sr: [0.25, 1]\n  network.bypass: [none, simple]\n  network.baseE: [16, 32]',
    3,
  );
  const drawn = many.index.rows.map(({ id: run }): Curve => ({ ...(curves[0] as Curve), run }));
  for (const groupBy of [null, ['cell']]) {
    const data = curvesData(many.index, drawn, { ...settings, groupBy });
    assert.equal(data.lines.length, groupBy ? 8 : 24);
    const legend = lineLegend(data, {}, '#000000').map(({ label, look }) => [label, look !== null]);
    assert.deepEqual(legend, [
      ['squeeze ratio', false],
      ['0.25', true],
      ['1', true],
      ['bypass', false],
      ['none', true],
      ['simple', true],
    ]);
    assert.deepEqual(data.codes?.untold, ['base width']);
    const looks = lineLooks(data, {});
    assert.equal(new Set(looks.map(({ colour, dash }) => `${colour} ${dash.join()}`)).size, 4);
    const first = looks[data.lines.findIndex(({ label }) => /SR = 1, .*bypass = simple/.test(label))];
    assert.deepEqual(first?.dash, lookOf(1).dash);
  }
  const asked = curvesData(many.index, drawn, { ...settings, colourBy: 'network.baseE' });
  assert.deepEqual([asked.codes?.colours.title, asked.codes?.dashes?.title], ['base width', 'squeeze ratio']);
  assert.ok(!asked.notes.some((note) => /not coloured/.test(note)));
  const pooled = curvesData(many.index, drawn, {
    ...{ ...settings, groupBy: ['network.bypass'], colourBy: 'network.sr' },
  });
  assert.ok(pooled.notes.some((note) => /^not coloured by squeeze ratio, which/.test(note)));
  assert.deepEqual(
    pooled.lines.map(({ label }) => label),
    ['bypass = none', 'bypass = simple'],
  );
  assert.equal(pooled.codes?.colours.title, 'bypass');
});

test('too many curves are an even sample over the cells, with its number said', () => {
  const many = sampleRuns('network.sr: [0.25, 0.5, 0.75, 1]', 310);
  const single = { metric: 'validationAccuracy', x: 'epoch', groupBy: null, members: false } as const;
  const { runs, sample } = chooseCurves(many, single);
  assert.equal(sample, '500 of 1,240 runs, evenly over cells');
  const chosen = many.index.rows.filter(({ id }) => runs.includes(id));
  for (const cell of many.cells) {
    const seeds = chosen.filter((run) => run.cell === cell.id).map(({ seed }) => seed);
    assert.deepEqual(
      seeds,
      Array.from({ length: 125 }, (_, seed) => seed),
    );
  }
  // a mean is over all of them
  const means = chooseCurves(many, { ...single, groupBy: ['cell'] });
  assert.deepEqual([means.runs.length, means.sample], [1240, '']);
  // a page that draws them again and again says how many it takes, of cells as well
  const fewer = chooseCurves(many, { ...single, groupBy: ['cell'] }, { runs: 10, cells: 2 });
  assert.equal(fewer.sample, '10 of 1,240 runs, evenly over cells');
  assert.equal(
    new Set(many.index.rows.flatMap(({ id, cell }) => (fewer.runs.includes(id) ? cell : []))).size,
    2,
  );
  // but not where that were more points than can be held
  const steps = chooseCurves(many, { ...single, metric: 'loss', groupBy: ['cell'] });
  assert.equal(steps.runs.length, 1240);
  const long = {
    ...many,
    index: indexRuns({
      runs: many.index.rows.map((run) => ({ ...run, totalSteps: 5000 })),
      cells: many.cells,
    }),
  };
  assert.equal(
    chooseCurves(long, { ...single, metric: 'loss', groupBy: ['cell'] }).sample,
    '200 of 1,240 runs, evenly over cells',
  );
});

test('an uneven study gives what it has, and of too many cells every so many-th is drawn', () => {
  const runs = [5, 1, 3].flatMap((count, cell) =>
    Array.from({ length: count }, (_, seed) => ({ cell: `${cell}`, seed })),
  );
  const counts = (most: number, cells?: number): number[] => {
    const sample = sampleOverCells(runs, most, cells);
    return ['0', '1', '2'].map((id) => sample.filter(({ cell }) => cell === id).length);
  };
  assert.deepEqual(counts(9), [5, 1, 3]);
  assert.deepEqual(counts(8), [4, 1, 3]);
  assert.deepEqual(counts(6), [2, 1, 2]);
  assert.deepEqual(counts(2), [1, 1, 0]);
  assert.deepEqual(counts(100, 2), [5, 1, 0]);
});

test('curves say which runs have none, and which end before the others', () => {
  const some = sampleRuns('network.sr: [0.25, 1]', 4, (run, { cell, seed }) => {
    if (cell !== 1 || seed === 0) return run;
    if (seed === 1) return { ...failed(run), failure: { code: 'loss-not-finite', message: '', step: 3 } };
    return seed === 2 ? { ...failed(run), state: 'waiting', step: null } : null;
  });
  const choice = chooseCurves(some, { metric: 'loss', x: 'epoch', groupBy: ['cell'], members: false });
  assert.deepEqual(choice.notes, [
    '2 of 8 runs left out: 2 not begun',
    '1 diverged: means continue without them',
  ]);
  assert.equal(choice.runs.length, 6);
  const without = curvesData(
    some.index,
    choice.runs.map((run): Curve => ({ ...(curves[0] as Curve), run, values: [null, null, null, null] })),
    { ...settings, metric: 'validationLoss', choice },
  );
  assert.deepEqual(without.notes, [...choice.notes, '6 runs without validation loss']);
  assert.throws(
    () => requireCurves(without),
    new Problem('usage', 'None of these runs has a curve of validation loss.'),
  );
});

test('the table of curves says beside each line which runs it lacks, and of which it is a sample', () => {
  const some = sampleRuns('network.sr: [0.25, 0.5, 1]', 4, (run, { cell, seed }) => {
    if (cell === 2) return seed === 0 ? { ...failed(run), state: 'cancelled' } : null;
    if (cell === 0 || seed === 0) return run;
    if (seed === 1) return { ...failed(run), failure: { code: 'loss-not-finite', message: '', step: 3 } };
    return seed === 2 ? { ...failed(run), state: 'waiting', step: null } : null;
  });
  const tableOf = (groupBy: readonly string[] | null, sample = ''): readonly (readonly unknown[])[] => {
    const wish = { metric: 'loss', x: 'epoch', smoothing: 0, groupBy, members: false } as const;
    const choice = { ...chooseCurves(some, wish), sample };
    const drawn = choice.runs.map((run): Curve => ({ ...(curves[0] as Curve), run }));
    const data = curvesData(some.index, drawn, { ...wish, choice });
    const { columns, rows } = curvesChart(data, { logX: false, logY: false }).table();
    assert.deepEqual(columns.slice(-4), ['n', 'left out', 'ends early', 'sample']);
    assert.ok(rows.every(({ length }) => length === columns.length));
    // of each line the first point
    return rows.filter(([, , x]) => x === null || x === 0.5).map((row) => [row[0], ...row.slice(-4)]);
  };
  assert.deepEqual(tableOf(['cell'], '6 of 9 runs, evenly over cells'), [
    ['SR = 0.25', 4, '', '', '6 of 9 runs, evenly over cells'],
    ['SR = 0.5', 2, '2 not begun', '1 diverged', '6 of 9 runs, evenly over cells'],
    ['SR = 1', 0, '4 not begun', null, '6 of 9 runs, evenly over cells'],
  ]);
  // the runs of a cell are in several lines: what it lacks stands by itself
  assert.deepEqual(tableOf(null), [
    ...[0, 1, 2, 3].map((seed) => [`SR = 0.25, seed ${seed}`, 1, '', '', '']),
    ['SR = 0.5, seed 0', 1, '', '', ''],
    ['SR = 0.5, seed 1', 1, '', '1 diverged', ''],
    ['SR = 0.5', 0, '2 not begun', null, ''],
    ['SR = 1', 0, '4 not begun', null, ''],
  ]);
  // lines that nobody chose say nothing of it
  const given = curvesData(index, curves, settings);
  assert.equal(curvesTable(given).columns.at(-1), 'n');
});

test('curves say what they were computed with where that differs', () => {
  const mixed = sampleRuns('network.sr: [0.25, 1]', 2, (run, { cell, seed }) =>
    cell === 1 && seed === 1 ? { ...run, threads: 2 } : run,
  );
  const { notes } = chooseCurves(mixed, { metric: 'loss', x: 'epoch', groupBy: ['cell'], members: false });
  assert.deepEqual(notes, ['computed with 1 and 2 threads, mixed within 1 of 2 cells']);
});

test('without a run that has begun there are no curves, and the reason is said', () => {
  const none = sampleRuns('network.sr: [0.25, 1]', 2, (run) => ({
    ...failed(run),
    state: 'waiting',
    step: null,
  }));
  const choice = chooseCurves(none, settings);
  assert.throws(
    () => requireCurves(curvesData(none.index, [], { ...settings, choice })),
    /^Problem: None of these runs has a curve of step loss \(4 of 4 runs left out: 4 not begun\)\.$/,
  );
});

function rounded(value: number | null | undefined): number | null {
  return typeof value === 'number' ? Number(value.toFixed(9)) : null;
}
