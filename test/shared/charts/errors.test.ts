import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import { type ChartSource, sourceOfCells, sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { gather } from '../../../src-shared/charts/kinds/errors/chart.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { parseStudy } from '../../../src-shared/studies/parse-study.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import { failed, sampleRuns } from './sample-runs.ts';

const GRID =
  'network.sr: [0.125, 0.25, 0.5, 1]\n  network.pct3x3: [0, 0.25, 0.5, 0.75, 1]\n  network.bypass: [none, simple]';
const drawn = (cells: number, method = 'random'): string =>
  `${GRID}\nsample: { cells: ${cells}, seed: 3, method: ${method} }`;

/** A study of this design, as a store tells of it. */
function sourceOf(
  vary: string,
  change?: (run: RunRow, place: { readonly cell: number; readonly seed: number }) => RunRow | null,
): ChartSource {
  const text = `study: sample\ndataset: shapes\nnetwork: { family: squeezenet, stem: small }\nvary:\n  ${vary}\nseeds: 2\ntraining: { epochs: 3 }\n`;
  const { design } = parseStudy(text, 'sample.yaml').definition;
  return {
    ...sourceOfRuns(sampleRuns(vary, 2, change)),
    designs: (names) => new Map(names.map((name) => [name, design])),
  };
}

const ALL = { metric: 'testAccuracy', line: null, logX: false };

function column(chart: Chart, name: string): unknown[] {
  const { columns, rows } = chart.table();
  assert.ok(columns.includes(name), `${name} of ${columns.join()}`);
  return rows.map((row) => row[columns.indexOf(name)]);
}

test('errors are one model a cell, by the mean over its seeds, each with the share that has at most as much', async () => {
  const source = sourceOf(drawn(20));
  const chart = await gather(ALL, source);
  const means = source.cells('testAccuracy').cells.map(({ interval }) => 1 - (interval.mean ?? NaN));
  assert.deepEqual(
    column(chart, 'error (100\u00a0% − test accuracy)'),
    means.toSorted((a, b) => a - b),
  );
  assert.deepEqual(
    column(chart, 'share of cells'),
    means.map((_, place) => (place + 1) / 20),
  );
  assert.ok(chart.notes.includes('n\u00a0=\u00a020 cells, each by its mean over 2 seeds'));
  const losses = await gather({ ...ALL, metric: 'testLoss' }, source);
  assert.ok(losses.table().columns.includes('test loss'));
});

test('a band is drawn for a random sample alone, and with what is missing it is wider', async () => {
  const whole = await gather(ALL, sourceOf(drawn(20)));
  assert.match(whole.notes.join('; '), /95\u00a0% Dvoretzky–Kiefer–Wolfowitz band of the whole grid/);
  const [low, high] = [column(whole, 'low'), column(whole, 'high')].map((ends) => Number(ends[9]));
  // sqrt(ln 40 / 40) to both sides of 10 of 20
  const margin = Math.sqrt(Math.log(40) / 40);
  assert.ok(Math.abs((low ?? 0) - (0.5 - margin)) < 1e-9 && Math.abs((high ?? 0) - (0.5 + margin)) < 1e-9);
  const lost = await gather(
    ALL,
    sourceOf(drawn(20), (run, { cell }) => (cell === 4 ? failed(run) : run)),
  );
  assert.match(lost.notes.join('; '), /wider by 1 cell without a value, which may have any error/);
  assert.match(lost.notes.join('; '), /2 of 40 runs left out: 2 failed/);
  assert.equal(lost.table().rows.length, 19);
});

test('a grid, a Halton sequence, a sample of everything and selected cells have no band, and it is said why', async () => {
  for (const [source, words] of [
    [sourceOf(GRID), 'no band: these are all cells of the grid'],
    [sourceOf(drawn(40)), 'no band: these are all cells of the grid'],
    [sourceOf(drawn(20, 'halton')), /^no band: the cells of a Halton sequence are not drawn independently/],
    [sourceOfRuns(sampleRuns(drawn(20), 2)), /^no band: these cells were selected/],
  ] as const) {
    const { notes, table } = await gather(ALL, source);
    assert.ok(
      notes.some((note) => (typeof words === 'string' ? note === words : words.test(note))),
      notes.join('; '),
    );
    assert.ok(!table().columns.includes('low'));
  }
  const source = sourceOf(drawn(20));
  const best = new Set(source.chosen.cells.slice(0, 10).map(({ id }) => id));
  assert.match((await gather(ALL, sourceOfCells(source, best))).notes.join('; '), /cells were selected/);
});

const STYLE: ChartStyle = {
  ...{ theme: 'dark', width: 600, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.5 },
  ...{ interactive: true, title: 'Title', notes: true },
};

test('every cell is a mark of its series with its runs, and steps and bands of each are in LaTeX', async () => {
  const source = sourceOf(drawn(20));
  const chart = await gather({ ...ALL, line: 'network.bypass', logX: true }, source);
  const option = chart.option(STYLE);
  const data = (option.series as { data: { runs?: readonly string[] }[] }[]).flatMap((series) => series.data);
  const marked = data.flatMap(({ runs }) => runs ?? []);
  assert.deepEqual(marked.toSorted(), source.chosen.index.rows.map(({ id }) => id).toSorted());
  const { formatter } = option.tooltip as { formatter: (datum: { data: unknown }) => string };
  for (const datum of data.filter(({ runs }) => runs))
    assert.match(formatter({ data: datum }), /% of \d+ cells have at most this/);
  const [axis] = chart.pgfplots(STYLE, 'errors').pictures.flat();
  assert.ok(axis?.options.includes('xmode=log'));
  const plots = axis?.body.filter((line) => line.startsWith('\\addplot')) ?? [];
  assert.deepEqual(
    plots.map((line) => /fill=|const plot/.exec(line)?.[0]),
    ['fill=', 'const plot', 'fill=', 'const plot'],
  );
  assert.doesNotMatch(plots.join(''), /NaN|undefined/);
});

test('what is no error, and a series of what does not vary, are refused by name', async () => {
  const source = sourceOf(drawn(20));
  await assert.rejects(gather({ ...ALL, metric: 'imagesPerSecond' }, source), /choose an accuracy or a loss/);
  await assert.rejects(gather({ ...ALL, line: 'network.alpha' }, source), /has only one value/);
  const none = sourceOf(drawn(20), failed);
  await assert.rejects(gather(ALL, none), /No cell has a run with test accuracy/);
});
