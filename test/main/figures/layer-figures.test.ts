import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Resvg } from '@resvg/resvg-js';
import type { AnalysisFile, AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { CHART_KINDS } from '../../../src-shared/charts/kinds/registry.ts';
import { figureSpecificationSchema } from '../../../src-shared/figures/figure-specification.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { formatNamed } from '../../../src-main/figures/formats/registry.ts';
import { renderFigure } from '../../../src-main/figures/render-figure.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { figureSetting } from './figure-store.ts';

const LAYERS = ['fire2/squeeze', 'fire2/expand3x3', 'conv10'];
const METHODS_DRAWN = [
  'probe',
  'similarity',
  'tap-shares',
  'deep-compression',
  'channel-lesion',
  'loss-landscape',
  'clusters',
  'mutual-information',
  'channel-energy',
];

/** Of which the store knows, and which is not there. */
const PLANE: AnalysisFile = {
  file: 'network-losses.csv',
  kind: 'array',
  mediaType: 'text/csv',
  layer: null,
  title: 'Losses',
};

/** Every number that the methods of the charts give, made up: the place of layer and seed tell it. */
function analyse(store: Store): void {
  const runs = store.runs({ study: 'two-by-two', states: ['complete'] });
  for (const { id, seed } of runs)
    for (const method of METHODS.filter(({ name }) => METHODS_DRAWN.includes(name))) {
      const finding = (measure: string, layer: string | null, value: number | null): AnalysisResult => ({
        ...{ method: method.name, measure, layer, value, role: 'squeeze', channel: null, interval: null },
        ...{ baselines: { untrained: 0.25 }, settings: {} },
      });
      const results = method.measures.flatMap(({ name }) => [
        ...LAYERS.map((layer, place) => finding(name, layer, 0.5 + place / 10 + seed / 100)),
        finding(name, null, 1000 + seed),
        ...[0.3, null, -0.1, 0.5].map((value, channel) => ({
          ...finding(name, 'fire2/squeeze', value),
          channel,
          interval: value === null ? null : ([value - 0.1, value + 0.1] as const),
        })),
      ]);
      const pairs = LAYERS.slice(1).map((layer) => ({
        ...finding('cka', 'fire2/squeeze', 0.5),
        other: { run: id, layer },
      }));
      store.saveAnalysis({
        ...{ run: id, method: method.name, settings: {}, seconds: 1 },
        files: method.name === 'loss-landscape' ? [PLANE] : [],
        results: method.name === 'similarity' ? pairs : results,
        createdAt: '2026-11-01T00:00:00.000Z',
      });
    }
}

/** @param filter of the runs, besides their study */
async function render(
  context: TestContext,
  chart: unknown,
  format: string,
  filter = 'state = complete',
  style: object = {},
): Promise<Buffer> {
  const specification = figureSpecificationSchema.parse({
    source: { kind: 'filter', filter: `study = two-by-two and ${filter}` },
    chart,
    style: { width: 'two columns', ...style },
  });
  const { file } = await renderFigure(figureSetting(context, analyse), specification, formatNamed(format));
  return Buffer.from(file.bytes);
}

function chartOf(kind: string): unknown {
  if (kind === 'channels') return { kind, layer: 'fire2/squeeze' };
  return kind === 'depth' || kind === 'layer map' ? { kind, measure: 'probe/cross-entropy' } : { kind };
}

/** Of one run, what is drawn of one run only. */
const ONE_RUN = 'sr = 0.125 and pct3x3 = 0 and seed = 0';

test('every chart of layers is drawn in every format', async (context) => {
  // the landscape needs a file beside the checkpoints, what is over training several of these; both are drawn as depth is
  const without = ['landscape', 'over training'];
  const kinds = CHART_KINDS.filter(({ basis, name }) => basis === 'analyses' && !without.includes(name));
  assert.ok(kinds.length >= 6);
  for (const { name: kind } of kinds) {
    const chart = chartOf(kind);
    const filter = kind === 'channels' ? ONE_RUN : undefined;
    const svg = (await render(context, chart, 'svg', filter)).toString('utf8');
    assert.doesNotMatch(svg, /NaN|undefined|Infinity/, kind);
    // throws where the XML is not well-formed
    assert.ok(new Set(new Resvg(svg).render().pixels.subarray(0, 400_000)).size > 10, kind);
    assert.match((await render(context, chart, 'pdf', filter)).toString('latin1'), /^%PDF-/, kind);
    const tex = (await render(context, chart, 'pgfplots', filter)).toString('utf8');
    const [opened, closed] = [/(?<!\\)\{/g, /(?<!\\)\}/g].map((brace) => tex.match(brace)?.length);
    assert.equal(opened, closed, kind);
    assert.doesNotMatch(tex, /NaN|undefined/, kind);
    const ranged = (await render(context, chart, 'pgfplots', filter, { yRange: [-7000, 9000] })).toString();
    const least = Number(/.*ymin=([^,]+), ymax=(?:9\d|[1-9]\d\d)\d\d/s.exec(ranged)?.[1]);
    assert.equal(least <= -7000, !['layer map', 'layer pairs', 'network', 'taps'].includes(kind), kind);
  }
});

test('the numbers along depth are those of the store: means over seeds, baselines beside them', async (context) => {
  const chart = { kind: 'depth', measure: 'probe/cross-entropy', line: 'sr' };
  const csv = (await render(context, chart, 'csv')).toString('utf8').split('\n');
  assert.equal(
    csv[0],
    'layer,squeeze ratio,mark,Probe cross-entropy,low,high,n seeds,n cells,cells,left out,run,seed',
  );
  // 0.50 and 0.51 of two cells with both seeds: the first is 0.505 whatever the cell
  const [, , , value] = csv.find((line) => line.startsWith('fire2/squeeze,0.125,mean'))?.split(',') ?? [];
  assert.ok(Math.abs(Number(value) - 0.505) < 1e-12, value);
  assert.ok(csv.some((line) => line.startsWith('fire2/squeeze,,untrained,0.25')));
});

test('of means along depth every format names seeds and cells, and says which cells', async (context) => {
  const chart = { kind: 'depth', measure: 'probe/cross-entropy', line: 'sr' };
  const csv = (await render(context, chart, 'csv')).toString('utf8').split('\n');
  const first = csv.find((line) => line.startsWith('fire2/squeeze,0.125,mean')) ?? '';
  assert.match(first, /,2,2,3×3 share 0 and 0.5,/);
  const tex = (await render(context, chart, 'pgfplots')).toString('utf8');
  // of the other squeeze ratio one cell lacks a seed
  assert.match(tex, /% squeeze ratio 0\.125: 3\$\\times\$3 share 0 and 0\.5\n/);
  assert.match(tex, /x mean below above seeds cells\\\\\n0 0\.505 \S+ \S+ 2 2\\\\/);
  assert.match(
    tex,
    /"notes":\["n\\u00a0=\\u00a00 to 2 seeds of 2 cells \(0: [^"]*","means over 3\\u00d73 share 0 and 0\.5"/,
  );
  const svg = (await render(context, chart, 'svg')).toString('utf8');
  assert.match(svg, /n\u00a0=\u00a00 to 2 seeds of 2 cells/);
});

test('a figure along depth marks where the receptive field exceeds the image, whatever was analysed', async (context) => {
  const svg = (await render(context, chartOf('depth'), 'svg')).toString('utf8');
  assert.match(svg, /dotted: from here the receptive field/);
});

test('channels are those of one run, the greatest first, with what is known of each', async (context) => {
  const chart = { kind: 'channels', layer: 'fire2/squeeze' };
  const csv = (await render(context, chart, 'csv', ONE_RUN)).toString('utf8').trimEnd().split('\n');
  assert.equal(csv[0], 'channel,"Loss added, channel ablation",low,high,untrained');
  assert.deepEqual(
    csv.slice(1).map((line) => line.split(',').slice(0, 2)),
    [
      ['3', '0.5'],
      ['0', '0.3'],
      ['2', '-0.1'],
      ['1', ''],
    ],
  );
  await assert.rejects(render(context, chart, 'svg'), /choose one run, not \d+ runs/);
  await assert.rejects(
    render(context, { ...chart, layer: 'fire3' }, 'svg', ONE_RUN),
    /of layer "fire3"; it has values for fire2\/squeeze/,
  );
  await assert.rejects(
    render(context, { ...chart, measure: 'probe/accuracy' }, 'svg', ONE_RUN),
    /draw it as depth, evolution, layer map, over training or network/,
  );
});

test('what cannot be drawn of layers says what to do', async (context) => {
  await assert.rejects(render(context, { kind: 'depth', measure: 'probe/acuracy' }, 'svg'), /did you mean/);
  await assert.rejects(render(context, { kind: 'depth', measure: 'lesion/loss-added' }, 'svg'), {
    method: 'lesion',
  });
  await assert.rejects(
    render(context, { kind: 'depth', measure: 'probe/accuracy', line: 'epochs' }, 'svg'),
    /Varying: network\.sr, network\.pct3x3/,
  );
  await assert.rejects(
    render(context, { kind: 'landscape' }, 'svg'),
    /network-losses\.csv is gone; `kindling analyze \w+ --methods loss-landscape --recompute --store \S+`/,
  );
  await assert.rejects(
    render(context, { kind: 'taps' }, 'booktabs'),
    /use pdf, pgfplots, png, svg, csv or json/,
  );
});
