import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Chart, isDrawn } from '../../../src-shared/charts/chart.ts';
import { type ChartSource, sourceOfCells, sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { type FigureChart, gatherChart } from '../../../src-shared/charts/kinds/registry.ts';
import { sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const MANY = 'network.sr: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]\n  network.pct3x3: [0, 0.5, 1]';
const COST: FigureChart = {
  ...{ kind: 'cost', metric: 'testAccuracy', cost: 'parameters', front: true, logX: true },
  ...{ band: true, frontBy: null, reference: null },
};

async function drawn(chart: FigureChart, source: ChartSource): Promise<Chart> {
  const numbers = await gatherChart(chart, source);
  assert.ok(isDrawn(numbers));
  return numbers;
}

test('some cells of a source have the numbers and the names that they have among all', async () => {
  const source = sourceOfRuns(sampleRuns(TWO_FACTORS, 3));
  assert.equal(source.cells('testAccuracy'), source.cells('testAccuracy'));
  const { cells } = source.cells('testAccuracy');
  // two that differ in one setting only
  const ids = new Set(cells.slice(0, 2).map(({ id }) => id));
  const all = (await drawn(COST, source)).reading?.().rows ?? [];
  const some = (await drawn(COST, sourceOfCells(source, ids))).reading?.().rows ?? [];
  const withoutFront = (row: (typeof all)[number]) => row.slice(0, 5);
  assert.equal(some.length, 2);
  assert.match(String(some[0]?.[0]), /^SR = .*, 3×3 = /);
  assert.deepEqual(some.map(withoutFront), all.slice(0, 2).map(withoutFront));
});

test('a chart whose band and shares are still worked out says so, and has the same means', async () => {
  const source = sourceOfRuns(sampleRuns(TWO_FACTORS, 3));
  const before = await drawn(COST, { ...source, frontUncertainty: () => null });
  const after = await drawn(COST, source);
  assert.match(before.awaited ?? '', /^Computing/);
  assert.equal(after.awaited, undefined);
  const means = ({ table }: Chart) => table().rows.map((row) => row.slice(0, 9));
  assert.deepEqual(means(before), means(after));
  const ofResamples = ({ table }: Chart) => table().rows.flatMap((row) => row.slice(9, 12));
  assert.ok(ofResamples(before).every((value) => value === null));
  // share, lower and upper end of the band for each of 12 cells
  assert.equal(ofResamples(after).filter((value) => value !== null).length, 36);
  const told = /^band: middle 95\u00a0% .* lower bound/;
  const tells = ({ notes }: Chart): boolean => notes.some((note) => told.test(note));
  assert.deepEqual([before, after].map(tells), [false, true]);
  assert.equal(tells(await drawn({ ...COST, band: false }, source)), false);
});

test('more rows than can be read at once are drawn page by page, and none is lost', async () => {
  const source = sourceOfRuns(sampleRuns(MANY, 2));
  const chart = await drawn(
    { kind: 'differences', metric: 'testAccuracy', baseline: null, margin: null },
    source,
  );
  const { pages } = chart;
  assert.ok(pages);
  assert.equal(pages.rows, 29);
  const places = Array.from({ length: Math.ceil(pages.rows / pages.size) }, (_, place) => pages.page(place));
  const heights = places.map(({ pageHeight = 0 }) => pageHeight - 110);
  assert.deepEqual(heights, [30 * pages.size, 30 * (pages.rows - pages.size)]);
  for (const page of places) assert.deepEqual(page.reading?.(), chart.reading?.());
  assert.equal(chart.reading?.().rows.length, pages.rows);
});
