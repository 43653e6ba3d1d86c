import assert from 'node:assert/strict';
import test from 'node:test';
import { isDrawn } from '../../../../src-shared/charts/chart.ts';
import type { ChartStyle } from '../../../../src-shared/charts/chart-style.ts';
import { type ChartSource, sourceOfRuns } from '../../../../src-shared/charts/chart-source.ts';
import { gatherChart, figureChartSchema } from '../../../../src-shared/charts/kinds/registry.ts';
import { analysisOf, finding, PROBE } from '../sample-analyses.ts';
import { sampleRuns } from '../sample-runs.ts';

const STYLE: ChartStyle = {
  ...{ theme: 'light', width: 238, height: 180, fontFamily: 'Source Sans 3', fontSize: 8, lineWidth: 1 },
  ...{ interactive: false, title: '', notes: true },
};
const LAYERS = ['conv1', 'fire2/squeeze'];

/** Probe accuracies of two layers: 0.4 and 0.5 of seed 0, each a tenth more of seed 1. */
function source(): ChartSource {
  const chosen = sampleRuns('network.sr: [0.25, 0.5, 1]', 2);
  const runs = chosen.rows.map((row) => chosen.index.rows[row]);
  return {
    ...sourceOfRuns(chosen),
    methods: [PROBE],
    dataset: () => ({ classes: [], images: { input: [32, 32, 3], classes: 10 } }),
    analyses: () =>
      runs.flatMap((run) =>
        run
          ? [
              analysisOf(
                run.id,
                LAYERS.map((layer, place) => finding('accuracy', layer, 0.4 + 0.1 * (place + run.seed))),
              ),
            ]
          : [],
      ),
  };
}

async function drawn(settings: object) {
  const chart = await gatherChart(figureChartSchema.parse({ kind: 'network', ...settings }), source());
  assert.ok(isDrawn(chart));
  return chart;
}

const cells = source().cells('testAccuracy').cells;

test('a network drawing has the mean over seeds of each layer, of two cells side by side', async () => {
  const [one, other] = cells.map(({ id }) => id);
  const chart = await drawn({ cell: one, beside: other, colour: 'measure', measure: 'probe/accuracy' });
  const { columns, rows } = chart.table();
  const at = columns.indexOf('Probe accuracy');
  const values = rows.filter((row) => LAYERS.includes(String(row[columns.indexOf('layer')])));
  assert.deepEqual(
    values.map((row) => [row[0], Number(Number(row[at]).toFixed(9))]),
    [
      ['SR = 0.25', 0.45],
      ['SR = 0.25', 0.55],
      ['SR = 0.5', 0.45],
      ['SR = 0.5', 0.55],
    ],
  );
  assert.ok(chart.notes.some((note) => /means over seeds, n\u00a0=\u00a02/.test(note)));
  // what lies below the last box is within
  const texts = JSON.stringify(chart.option({ ...STYLE, height: chart.height(STYLE) }));
  assert.match(texts, /held-out accuracy/);
});

test('without a cell it is the best, and says so; one that there is not is refused', async () => {
  const chart = await drawn({});
  assert.match(chart.notes.join(), /best mean .* of 3 cells/);
  await assert.rejects(drawn({ cell: 'nowhere' }), /There is no cell nowhere among these runs; there are/);
  const costs = await drawn({ colour: 'parameters', closed: true });
  assert.ok(costs.height(STYLE) < chart.height(STYLE), 'closed modules take less room');
});

test('a data set that is gone is told, as its images are unknown', async () => {
  const gone = { ...source(), dataset: () => null };
  const chart = figureChartSchema.parse({ kind: 'network' });
  await assert.rejects(gatherChart(chart, gone), /cannot be built/);
});
