import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Analysis, AnalysisResult } from '../../../src-shared/analysis/analysis-result.ts';
import { isDrawn, type Chart } from '../../../src-shared/charts/chart.ts';
import { type ChartSource, sourceOfRuns } from '../../../src-shared/charts/chart-source.ts';
import { fillSettings } from '../../../src-shared/charts/fill-settings.ts';
import { withNames } from '../../../src-shared/charts/given-names.ts';
import { CHART_KINDS, figureChartSchema, gatherChart } from '../../../src-shared/charts/kinds/registry.ts';
import { figureStyleSchema, type FigureStyle } from '../../../src-shared/figures/figure-style.ts';
import { figureLayoutSchema } from '../../../src-shared/figures/panel-schema.ts';
import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { valueHistogram } from '../../../src-shared/statistics/value-histogram.ts';
import type { Curve } from '../../../src-shared/runs/curve.ts';
import { METHODS } from '../../../src-main/analysis/methods/registry.ts';
import { drawPanels } from '../../../src-main/figures/draw-panels.ts';
import type { ChartPanel } from '../../../src-main/figures/formats/format.ts';
import { drawFigure } from '../../../src-main/figures/svg-figure.ts';
import { withTextLengths } from '../../../src-main/figures/text-lengths.ts';
import { type SampleRuns, sampleRuns, TWO_FACTORS } from '../../shared/charts/sample-runs.ts';
import { beyond, overlap, svgTexts } from '../../../src-main/figures/svg-texts.ts';

const MODULES = Array.from({ length: 8 }, (_, place) => `fire${place + 2}`);
const LAYERS = [
  'conv1',
  ...MODULES.flatMap((fire) => ['squeeze', 'expand1x1', 'expand3x3'].map((part) => `${fire}/${part}`)),
  'conv10',
];
const ROLES: Readonly<Record<string, string>> = { expand1x1: 'expand 1x1', expand3x3: 'expand 3x3' };

/** Every number that a method gives, made up. */
function analysed(run: string, place: number, finding: string): Analysis[] {
  const [name, only] = finding.split('/');
  const method = METHODS.find((each) => each.name === name);
  if (!method) return [];
  const found = (measure: string, layer: string | null, value: number): AnalysisResult => ({
    ...{ method: method.name, measure, layer, value, channel: null, interval: null },
    role: ROLES[layer?.split('/')[1] ?? ''] ?? layer?.split('/')[1] ?? 'conv',
    ...{ baselines: { untrained: 0.25, 'shuffled labels': 0.9 }, settings: {} },
  });
  const value = (at: number): number => 0.2 + ((at * 7 + place) % 11) / 13;
  const results = method.measures
    .filter((measure) => only === undefined || measure.name === only)
    .flatMap((measure) => [
      ...LAYERS.map((layer, at) => found(measure.name, layer, value(at))),
      found(measure.name, null, 1000 + value(place)),
      ...LAYERS.flatMap((layer, at) =>
        Array.from({ length: 4 }, (_, channel): AnalysisResult => ({
          ...found(measure.name, layer, value(at + channel)),
          ...{ channel, interval: [value(at + channel) - 0.1, value(at + channel) + 0.1] },
        })),
      ),
    ]);
  const pairs = LAYERS.flatMap((layer, at) =>
    LAYERS.slice(at + 1).map((other) => ({
      ...found('cka', layer, value(at)),
      other: { run, layer: other },
    })),
  );
  const file = {
    ...({
      file: 'network-losses.csv',
      kind: 'array',
      mediaType: 'text/csv',
      layer: null,
      title: '',
    } as const),
  };
  return [
    {
      ...{ run, method: method.name, settings: {}, seconds: 1, createdAt: '2026-11-01T00:00:00.000Z' },
      files: method.name === 'loss-landscape' ? [file] : [],
      results: method.name === 'similarity' ? pairs : results,
    },
  ];
}

const PLANE = [-1, 0, 1].map((x) => [-1, 0, 1].map((y) => 1 + x * x + y * y).join()).join('\n');

function sourceOf(runs: SampleRuns, classes: readonly string[]): ChartSource {
  const { index } = runs;
  const places = new Map(index.rows.map(({ id }, place) => [id, place]));
  return {
    ...sourceOfRuns(runs),
    methods: METHODS,
    curves: (ids) =>
      ids.map((run): Curve => {
        const values = [2.3, 1.5, 1.2, 1].map((value) => value + (places.get(run) ?? 0) / 100);
        const epochs = { steps: [20, 40], seconds: [2, 4] };
        return { run, steps: [10, 20, 30, 40], values, stepsPerEpoch: 20, epochs, seconds: 4, startedAt: 0 };
      }),
    histograms: (ids, { of, layer, most }) => ({
      recorded: ids.length,
      runs: ids.slice(0, most).map((run) => ({
        run,
        steps: [1, 1_234, 56_789, 1_234_567].map((step) => ({
          step,
          layers: LAYERS.filter((name) => layer === null || name === layer).map((name, depth) => ({
            ...{ of, layer: name, update: 1e-3 },
            ...valueHistogram(Float32Array.from({ length: 100 }, (_, place) => (place - 40) / 10 ** depth)),
          })),
        })),
      })),
    }),
    confusions: (ids) =>
      ids.map((run) => ({
        run,
        counts: classes.map((_, row) =>
          classes.map((__, column) => (row === column ? 40 : (row + column) % 5)),
        ),
      })),
    dataset: () => ({ classes, images: { input: [32, 32, 3], classes: classes.length } }),
    analyses: (ids, finding) => ids.flatMap((run) => analysed(run, places.get(run) ?? 0, finding)),
    file: () => PLANE,
  };
}

const LONG = 'a name that nobody would choose but somebody has, of many words';
const lists = [1, 2, 3].map(
  (k) => `[${Array.from({ length: 8 }, (_, fire) => (0.1 + (fire * k) / 29).toPrecision(3)).join()}]`,
);

interface Situation {
  readonly what: string;
  /** Of which of the styles; all where absent. */
  readonly styles?: readonly number[];
  readonly source: ChartSource;
}

const shortClasses = Array.from({ length: 10 }, (_, place) => `class ${place}`);
const longClasses = Array.from({ length: 60 }, (_, place) => `red-necked woodland pigeon ${place}`);

const SITUATIONS: readonly Situation[] = [
  { what: 'a small study', styles: [0, 3], source: sourceOf(sampleRuns(TWO_FACTORS, 3), shortClasses) },
  {
    what: 'lists as values, many classes',
    styles: [0, 2],
    source: sourceOf(
      sampleRuns(`network.sr: [${lists.join()}]\n  network.pct3x3: [0, 0.25, 0.5, 1]`, 2),
      longClasses,
    ),
  },
  {
    what: 'many cells',
    styles: [1, 2],
    source: sourceOf(
      sampleRuns(
        'network.sr: [0.1, 0.125, 0.15, 0.2, 0.25, 0.3, 0.5, 0.75, 1]\n  network.pct3x3: [0, 0.25, 0.5, 0.75, 1]',
        2,
      ),
      shortClasses,
    ),
  },
  {
    what: 'long names',
    source: withNames(
      sourceOf(
        sampleRuns(TWO_FACTORS, 2),
        shortClasses.map((name) => `${LONG}, ${name}`),
      ),
      {
        ...{ sr: `ratio: ${LONG}`, pct3x3: `share: ${LONG}`, testAccuracy: `metric: ${LONG}` },
        ...{ 'sr=0.125': `first: ${LONG}`, 'sr=0.25': `second: ${LONG}`, 'pct3x3=0': `none: ${LONG}` },
      },
      {},
    ),
  },
];

const STYLES: readonly FigureStyle[] = [
  {},
  { width: 'two columns', aspect: 0.4, font: 'serif', fontSize: 9, legend: 'bottom', title: LONG },
  { width: 'custom', widthMillimetres: 60, fontSize: 7, aspect: 1, legend: 'right' },
  { width: 'slide', fontSize: 16, notes: false, xTitle: `x: ${LONG} ${LONG}`, yTitle: `y: ${LONG} ${LONG}` },
].map((style) => figureStyleSchema.parse(style));

const PANELS = [
  {
    layout: { columns: 2, share: 'both', commonLegend: true },
    style: { notes: false, width: 'two columns' },
  },
  { layout: { columns: 3 }, style: { letters: '(A)', width: 'slide', fontSize: 10, aspect: 0.5 } },
].map(({ layout, style }) => ({
  layout: figureLayoutSchema.parse(layout),
  style: figureStyleSchema.parse(style),
}));

/** A rounding of coordinates, and what two letters beside each other may share, in points. */
const TOLERANCE = 0.6;

/** The chart of a kind with what suits the runs; null where these make none. */
async function chartOf(name: string, { source }: Situation): Promise<Chart | null> {
  const kind = CHART_KINDS.find((each) => each.name === name);
  if (!kind) return null;
  const oneRun = { ...source.chosen, rows: source.chosen.rows.slice(0, 1), cells: [] };
  const own = name === 'channels' ? { ...source, ...sourceOfRuns(oneRun), ...pick(source) } : source;
  const paths = source.cells('testAccuracy').varying.map(({ path }) => path);
  const given = { ...kind.begin(paths), ...(name === 'channels' && { layer: LAYERS[1] }) };
  try {
    const numbers = await gatherChart(
      figureChartSchema.parse({ kind: name, ...fillSettings(kind, given, paths) }),
      own,
    );
    return isDrawn(numbers) ? numbers : null;
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
}

function pick({ methods, analyses, dataset }: ChartSource): Partial<ChartSource> {
  return { methods, analyses, dataset };
}

/** What is wrong with the texts of a drawing. */
function faults(svg: string, size: { readonly width: number; readonly height: number }): string[] {
  const texts = svgTexts(svg);
  const outside = texts.flatMap((text) => {
    const far = beyond(text, size);
    return far > TOLERANCE ? [`"${text.text}" is ${far.toFixed(1)} outside`] : [];
  });
  const over = texts.flatMap((one, place) =>
    texts.slice(place + 1).flatMap((other) => {
      const depth = overlap(one, other);
      return depth > TOLERANCE ? [`"${one.text}" and "${other.text}" overlap by ${depth.toFixed(1)}`] : [];
    }),
  );
  return [...outside, ...over];
}

for (const [number, situation] of SITUATIONS.entries())
  test(`no text of any chart covers another one or falls off the figure: ${situation.what}`, async () => {
    const kinds = CHART_KINDS.filter(({ basis }) => basis !== 'tables');
    const drawn: string[] = [];
    const wrong: string[] = [];
    const charts: ChartPanel[] = [];
    for (const { name } of kinds) {
      const chart = await chartOf(name, situation);
      if (!chart) continue;
      drawn.push(name);
      charts.push({ letter: '', chart, style: figureStyleSchema.parse({ title: LONG, notes: false }) });
      for (const [place, style] of STYLES.entries()) {
        if (situation.styles?.includes(place) === false) continue;
        const { svg, style: size } = drawFigure(chart, style);
        const found = faults(withTextLengths(svg), size);
        if (found.length > 0)
          wrong.push(`${name}, style ${place}: ${found.length}: ${found.slice(0, 4).join('; ')}`);
      }
    }
    // all of them as panels: one of the layouts in each situation, for the time it takes
    for (const { layout, style } of PANELS.slice(number % 2, (number % 2) + 1)) {
      const { svg, style: size } = drawPanels(charts, style, layout);
      const found = faults(withTextLengths(svg), size);
      if (found.length > 0)
        wrong.push(`panels, ${layout.columns} columns: ${found.length}: ${found.slice(0, 4).join('; ')}`);
    }
    assert.deepEqual(wrong, []);
    assert.ok(drawn.length >= 0.7 * kinds.length, drawn.join());
  });
