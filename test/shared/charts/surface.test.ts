import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chart } from '../../../src-shared/charts/chart.ts';
import type { ChartStyle } from '../../../src-shared/charts/chart-style.ts';
import { sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { contourLines } from '../../../src-shared/charts/contour-lines.ts';
import { gather } from '../../../src-shared/charts/kinds/surface/chart.ts';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import { responseSurface } from '../../../src-shared/statistics/response-surface.ts';
import { failed, sampleRuns, TWO_FACTORS } from './sample-runs.ts';

const AXES = { metric: 'testAccuracy', x: 'network.sr', y: 'network.pct3x3' };
const STYLE: ChartStyle = {
  ...{ theme: 'dark', width: 600, height: 400, fontFamily: 'Inter', fontSize: 12, lineWidth: 1.5 },
  ...{ interactive: true, title: 'Title', notes: true },
};

function chartOf(
  vary = TWO_FACTORS,
  change?: (run: RunRow, place: { readonly cell: number }) => RunRow,
): Chart {
  return gather(AXES, sourceOfRuns(sampleRuns(vary, 3, change)));
}

test('a factor in a geometric row is taken by its logarithm, and coefficients are those of the runs', () => {
  const { index } = sampleRuns(TWO_FACTORS, 3);
  const surface = responseSurface(
    index.rows.map(({ factors, metrics }) => ({
      ...{ x: Math.log2(Number(factors['network.sr'])), y: Number(factors['network.pct3x3']) },
      value: metrics.testAccuracy ?? NaN,
    })),
  );
  const { columns, rows } = chartOf().table();
  const told = rows
    .filter(([mark]) => mark === 'coefficient')
    .map((row) => [row[1], ...['estimate', 'low', 'high', 'p'].map((name) => row[columns.indexOf(name)])]);
  assert.deepEqual(
    told,
    surface.coefficients.map(({ estimate, low, high, p }, place) => [
      [
        ...['intercept', 'log2(squeeze ratio)', '3×3 share', 'log2(squeeze ratio)²'],
        ...['log2(squeeze ratio) · 3×3 share', '3×3 share²'],
      ][place],
      ...[estimate, low, high, p],
    ]),
  );
  assert.equal(rows.filter(([mark]) => mark === 'cell').length, 12);
});

test('what the surface does not describe is said in words, and what is left out', () => {
  assert.match(
    chartOf().notes.join('; '),
    /lack of fit F\(6, 24\) = .*: the means of the cells lie no? ?further/,
  );
  const bent = chartOf(TWO_FACTORS, (run, { cell }) => ({
    ...run,
    metrics: { ...run.metrics, testAccuracy: (run.metrics.testAccuracy ?? 0) + (cell % 2) / 10 },
  }));
  assert.match(bent.notes.join('; '), /p < 0\.001: .* further .* so it does not describe them/);
  const lost = chartOf(TWO_FACTORS, (run, { cell }) => (cell === 5 ? failed(run) : run));
  assert.match(
    lost.notes.join('; '),
    /33 runs of 11 cells.*3 of 36 runs left out: 3 failed; 1 of 12 cells without/,
  );
  const single = gather(AXES, sourceOfRuns(sampleRuns(TWO_FACTORS, 1)));
  assert.match(single.notes.join('; '), /lack of fit cannot be tested/);
});

test('too few levels, a factor without numbers, a third one and the same one twice are refused', () => {
  const refused = (vary: string, reason: RegExp, axes = AXES): void =>
    assert.throws(() => gather(axes, sourceOfRuns(sampleRuns(vary, 3))), reason);
  refused('network.sr: [0.125, 1]\n  network.pct3x3: [0, 0.5, 1]', /at least three levels/);
  const words = 'network.sr: [0.125, 0.5, 1]\n  network.bypass: [none, simple, complex]';
  refused(words, /values of bypass that are no numbers/, { ...AXES, y: 'network.bypass' });
  refused(`${TWO_FACTORS}\n  network.bypass: [none, simple]`, /while other settings vary too \(bypass\)/);
  refused(TWO_FACTORS, /cannot be both axes/, { ...AXES, y: AXES.x });
  refused(TWO_FACTORS, /Width multiplier \(network\.alpha\) has only one value/, {
    ...AXES,
    y: 'network.alpha',
  });
});

test('every cell is a mark with its runs and the interval of the surface there; LaTeX has map, contours and cells', () => {
  const chart = chartOf();
  const option = chart.option(STYLE);
  const data = (option.series as { data: { runs?: readonly string[] }[] }[]).flatMap((series) => series.data);
  assert.equal(new Set(data.flatMap(({ runs }) => runs ?? [])).size, 36);
  const { formatter } = option.tooltip as { formatter: (datum: { data: unknown }) => string };
  for (const datum of data.filter(({ runs }) => runs))
    assert.match(formatter({ data: datum }), /\nsurface [\d.]+ \([\d.]+ to [\d.]+\)/);
  const [axis] = chart.pgfplots(STYLE, 'surface').pictures.flat();
  const body = axis?.body.join('\n') ?? '';
  assert.equal([...body.matchAll(/matrix plot\*/g)].length, 1);
  assert.ok([...body.matchAll(/no marks\].* node\[/gs)].length > 0);
  assert.doesNotMatch(body, /NaN|undefined/);
});

test('contours of a paraboloid are circles, closed, and those of a plane cross it; a saddle has two', () => {
  const places = Array.from({ length: 81 }, (_, place) => place / 40 - 1);
  const of = (height: (x: number, y: number) => number, level: number) =>
    contourLines(places, places, (column, row) => height(places[column] ?? NaN, places[row] ?? NaN), level);
  const [circle, ...more] = of((x, y) => x * x + y * y, 0.5);
  assert.equal(more.length, 0);
  assert.ok(circle && circle.length > 100);
  assert.deepEqual(circle[0], circle.at(-1));
  // interpolated linearly: half a square to the second order
  for (const [x, y] of circle) assert.ok(Math.abs(Math.hypot(x, y) - Math.SQRT1_2) < 0.0005);
  const lines = of((x, y) => x + 2 * y, 0.1);
  assert.equal(lines.length, 1);
  for (const [x, y] of lines[0] ?? []) assert.ok(Math.abs(x + 2 * y - 0.1) < 1e-12);
  assert.equal(of((x, y) => x * y, 0.01).length, 2);
  assert.equal(of(() => 1, 0.5).length, 0);
});
