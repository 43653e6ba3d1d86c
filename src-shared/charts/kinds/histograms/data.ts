import { Problem } from '../../../mistakes/problem.ts';
import { nearestName } from '../../../mistakes/nearest-name.ts';
import type { LayerHistogram, RecordedPart } from '../../../metrics/layer-histograms.ts';
import { percent, roundedTo } from '../../../numbers.ts';
import { quantileOf, sharesBetween } from '../../../statistics/value-histogram.ts';
import type { AxisGroup } from '../../axis-groups.ts';
import type { ChartTable, ReadingTable } from '../../chart-table.ts';
import { quantityOf, signed } from '../../quantity.ts';
import { stepAxis, type RecordedRun } from '../../recorded/recorded-runs.ts';
import type { HeatAxis, HeatCell, HeatMapData } from '../heat-map/data.ts';
import { linearRows, logRows, type ValueRow } from './value-rows.ts';

export interface HistogramSettings {
  readonly of: RecordedPart;
  readonly layer: string | null;
  readonly logY: boolean;
}

/** A run with one histogram a step. */
export interface LayerRun {
  readonly run: string;
  readonly label: string;
  readonly steps: readonly { readonly step: number; readonly histogram: LayerHistogram }[];
}

export interface LayerHistograms {
  readonly of: RecordedPart;
  readonly layer: string;
  readonly runs: readonly LayerRun[];
  readonly notes: readonly string[];
}

/** @throws Problem `usage` where none of the runs has the layer */
export function ofLayer(
  runs: readonly RecordedRun[],
  {
    of,
    layer,
    known,
  }: Pick<HistogramSettings, 'of'> & { readonly layer: string; readonly known: readonly string[] },
): LayerHistograms {
  const found = runs.map(({ run, label, steps }): LayerRun => ({
    run,
    label,
    steps: steps.flatMap(({ step, layers: [histogram] }) => (histogram ? [{ step, histogram }] : [])),
  }));
  const having = found.filter(({ steps }) => steps.length > 0);
  if (having.length === 0) {
    const near = nearestName(layer, known);
    throw new Problem(
      'usage',
      `None of these runs has a layer with weights ${JSON.stringify(layer)}${near ? ` (did you mean "${near}"?)` : ''}.`,
    );
  }
  const without = found.length - having.length;
  return {
    of,
    layer,
    runs: having,
    notes: without > 0 ? [`${without} of the runs without such a layer`] : [],
  };
}

/** What share of the values lies where: values upwards, steps to the right, a map for each run, all with the same rows and colours. */
export function histogramMap({ of, layer, runs, notes }: LayerHistograms, isLog: boolean): HeatMapData {
  const all = runs.flatMap(({ steps }) => steps.map(({ histogram }) => histogram));
  const rows = isLog ? logRows(all) : linearRows(all);
  if (rows.length === 0)
    throw new Problem('usage', `None of the ${of} of ${layer} is finite at any of the recorded steps.`);
  const shares = new Map(all.map((each) => [each, sharesBetween(each, edgesOf(rows))] as const));
  const panels = runs.map(({ run, label, steps }) => ({
    label,
    axes: { x: stepAxis(steps), y: valueAxis(rows, of, layer) },
    cells: steps.flatMap(({ histogram }, column) =>
      (shares.get(histogram) ?? []).map((share, row): HeatCell => ({
        ...{ column, row, state: 'measured', mean: share, low: null, high: null },
        ...{ seeds: 1, cells: 1, leftOut: '', runs: [run] },
      })),
    ),
  }));
  const [first] = panels;
  if (!first) throw new Error('there is a run');
  return {
    quantity: SHARE,
    ofRuns: true,
    ...first.axes,
    panels,
    marginals: null,
    notes: [...aboutValues(shares), ...notes],
  };
}

const SHARE = quantityOf({
  ...{ key: 'share', title: 'share of the values', short: 'share', kind: 'share', better: null },
});

function valueAxis(rows: readonly ValueRow[], of: RecordedPart, layer: string): HeatAxis {
  const places = [...rows.entries()].flatMap(([place, { decade }]) =>
    decade === undefined ? [] : [{ place, decade }],
  );
  const groups = [...Map.groupBy(places, ({ decade }) => decade)].map(([label, members]): AxisGroup => ({
    ...{ label, from: members[0]?.place ?? 0, to: members.at(-1)?.place ?? 0 },
  }));
  return {
    ...{ title: `${of} of ${layer}`, labels: rows.map(({ label }) => label) },
    ...(groups.length > 0 && { groups }),
  };
}

/** The outer values belong to the outer rows. */
function edgesOf(rows: readonly ValueRow[]): number[] {
  return [...rows.map(({ low }) => low), rows.at(-1)?.high ?? 0];
}

/** What of the values is not in the map, over all steps. @param shares of each histogram that are in it, by row */
function aboutValues(shares: ReadonlyMap<LayerHistogram, readonly number[]>): string[] {
  const all = [...shares.keys()];
  const zeros = all.map(({ zeros: own, count }) => own / count);
  const broken = all.map(({ nans, infinite, count }) => (nans + infinite) / count);
  const beyond = [...shares].map(([{ bins }, drawn]) =>
    bins.length === 0 ? 0 : 1 - drawn.reduce((sum, one) => sum + one, 0),
  );
  return [
    Math.max(...zeros) > 0 ? `zeros are not drawn: ${rangeOf(zeros)} of the values` : '',
    Math.max(...broken) > 0 ? `NaN or infinite: ${rangeOf(broken)} of the values` : '',
    Math.max(...beyond) > 5e-4
      ? `beyond the axis: up to ${percent(Math.max(...beyond))} of the values (the least is ${short(Math.min(...all.flatMap(({ min }) => min ?? [])))}, the greatest ${short(Math.max(...all.flatMap(({ max }) => max ?? [])))})`
      : '',
  ];
}

function rangeOf(shares: readonly number[]): string {
  return [...new Set([Math.min(...shares), Math.max(...shares)].map((share) => percent(share)))].join(' to ');
}

function short(value: number): string {
  return signed(String(roundedTo(value, 3)));
}

/** In percent. */
const QUANTILES = [0.1, 5, 25, 50, 75, 95, 99.9];

/** One row for each step of each run. */
export function histogramTable({ runs, of, layer }: LayerHistograms): ChartTable {
  return {
    columns: ['run', 'step', 'layer', 'of', ...ABOUT, ...QUANTILES.map((each) => `q${each}`)],
    rows: runs.flatMap(({ run, steps }) =>
      steps.map(({ step, histogram }) => [
        ...[run, step, layer, of],
        ...ABOUT.map((key) => histogram[key]),
        ...QUANTILES.map((each) => quantileOf(histogram, each / 100)),
      ]),
    ),
  };
}

const ABOUT = ['count', 'zeros', 'nans', 'infinite', 'min', 'max', 'mean', 'std', 'norm', 'update'] as const;

export function histogramReading({ runs }: LayerHistograms): ReadingTable {
  const shown = (value: number | null): string | null => (value === null ? null : short(value));
  return {
    columns: [
      ...(runs.length > 1 ? ['run'] : []),
      ...['step', 'min', ...QUANTILES.map((each) => `${each}\u00a0%`), 'max', 'zeros', 'NaN or infinite'],
    ],
    rows: runs.flatMap(({ label, steps }) =>
      steps.map(({ step, histogram }) => [
        ...(runs.length > 1 ? [label] : []),
        ...[step, shown(histogram.min)],
        ...QUANTILES.map((each) => shown(quantileOf(histogram, each / 100))),
        ...[shown(histogram.max), percent(histogram.zeros / histogram.count)],
        percent((histogram.nans + histogram.infinite) / histogram.count),
      ]),
    ),
  };
}
