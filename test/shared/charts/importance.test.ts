import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { gather } from '../../../src-shared/charts/kinds/importance/chart.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import { isWholeGrid } from '../../../src-shared/charts/cells/measured-cell.ts';
import { failed, sampleRuns } from './sample-runs.ts';

const DRAWN =
  'network.sr: [0.125, 0.25, 0.5, 1]\n  network.pct3x3: [0, 0.25, 0.5, 0.75, 1]\n  network.bypass: [none, simple]\nsample: { cells: 24, seed: 3 }';
const ALL = { metric: 'testAccuracy', pairs: true };
const STYLE: ChartStyle = {
  ...{ theme: 'light', width: 600, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.5 },
  ...{ interactive: true, title: '', notes: true },
};

function chartOf(
  vary: string,
  change?: (run: RunRow, place: { readonly cell: number }) => RunRow,
): Promise<Chart> {
  return gather(ALL, sourceOfRuns(sampleRuns(vary, 2, change)));
}

test('settings of a random sample come by their share, with pairs, refits and how well cells are predicted', async () => {
  const chart = await chartOf(DRAWN);
  const { columns, rows } = chart.table();
  const shares = rows.map((row) => Number(row[columns.indexOf('share of variance')]));
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => b - a),
  );
  // accuracies of the sample rise with both numbers and know nothing of the bypass
  const settings = rows.filter(([, mark]) => mark === 'setting').map(([, , name]) => name);
  assert.equal(settings.at(-1), 'bypass');
  assert.equal(rows.filter(([, mark]) => mark === 'pair').length, 3);
  const notes = chart.notes.join('; ');
  assert.match(notes, /64 regression trees on the means of 24 cells, over all combinations/);
  assert.match(notes, /of cells that its trees did not see, the forest explains \d+\u00a0% of the variance;/);
  assert.match(notes, /middle 95\u00a0% of 50 refits to resamples of the cells/);
  const alone = await gather({ ...ALL, pairs: false }, sourceOfRuns(sampleRuns(DRAWN, 2)));
  assert.equal(alone.table().rows.length, 3);
});

test('a sample is no grid, and a grid that lost runs is one', () => {
  const gridOf = (vary: string, change?: (run: RunRow) => RunRow): boolean =>
    isWholeGrid(sourceOfRuns(sampleRuns(vary, 2, change)).cells('testAccuracy'));
  const grid = 'network.sr: [0.125, 0.5]\n  network.pct3x3: [0, 0.5]';
  assert.deepEqual([gridOf(DRAWN), gridOf(grid), gridOf(grid, failed)], [false, true, true]);
});

test('a forest that predicts nothing, and settings that vary together, are told', async () => {
  const noise = await chartOf(DRAWN, (run, { cell }) => ({
    ...run,
    metrics: { ...run.metrics, testAccuracy: ((cell * 7919) % 101) / 101 },
  }));
  assert.match(noise.notes.join('; '), /too little to trust these shares/);
  assert.ok(noise.notes.every((note) => !note.includes('vary together')));
  // of a grid of 12 by 12 only the diagonal was run
  const values = (from: number): string =>
    Array.from({ length: 12 }, (_, place) => (place + from) / 12).join();
  const diagonal = sampleRuns(`network.sr: [${values(1)}]\n  network.pct3x3: [${values(0)}]`, 2, (run) =>
    Math.abs(Number(run.factors['network.sr']) - Number(run.factors['network.pct3x3']) - 1 / 12) < 0.01
      ? run
      : null,
  );
  const together = await gather(ALL, sourceOfRuns(diagonal));
  assert.ok(
    together.notes.includes(
      'squeeze ratio and 3×3 share vary together, so their shares cannot be told apart',
    ),
  );
});

test('cells without a run are left out and told, and too few or equal ones are refused', async () => {
  const lost = await chartOf(DRAWN, (run, { cell }) => (cell === 4 ? failed(run) : run));
  assert.match(lost.notes.join('; '), /means of 23 cells.*2 of 48 runs left out: 2 failed/);
  await assert.rejects(
    chartOf('network.sr: [0.5, 1]'),
    /needs 10 cells with test accuracy or more; here are 2/,
  );
  const equal = (run: RunRow): RunRow => ({ ...run, metrics: { ...run.metrics, testAccuracy: 0.5 } });
  await assert.rejects(chartOf(DRAWN, equal), /test accuracy is the same in all cells/);
});

test('bars have tooltips and are the same in LaTeX', async () => {
  const chart = await chartOf(DRAWN);
  const option = chart.option(STYLE);
  const { formatter } = option.tooltip as { formatter: (datum: { data: unknown }) => string };
  const data = (option.series as { data: unknown[] }[]).flatMap((series) => series.data);
  assert.equal(data.length, 6);
  for (const datum of data)
    assert.match(formatter({ data: datum }), /\n[\d.]+ to [\d.]+\u00a0% over the refits$/);
  const [axis] = chart.pgfplots(STYLE, 'importance').pictures.flat();
  assert.equal(axis?.body.filter((line) => line.startsWith('\\addplot[xbar')).length, 2);
  assert.doesNotMatch(axis?.body.join('') ?? '', /NaN|undefined/);
});
