import { z } from 'zod';
import type {
  ColumnHint,
  ForeignCurve,
  ForeignRun,
  ForeignValue,
} from '../../src-shared/imports/foreign-runs.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { checkInput } from '../../src-shared/mistakes/check-input.ts';
import { showMistake } from '../../src-shared/mistakes/show-mistake.ts';
import { isImportedMetric } from '../../src-shared/metrics/imported-metric.ts';
import { namesOf } from '../../src-shared/metrics/metric.ts';
import { EPOCH_METRICS, STEP_METRICS } from '../../src-shared/metrics/metrics.ts';
import type { StoredCell } from '../../src-shared/studies/cell.ts';
import { recipeSchema } from '../../src-shared/studies/recipe.ts';
import { checkNetwork } from '../../src-shared/networks/parse-network.ts';
import type { FoundRuns } from './reader.ts';

const point = z.record(z.string(), z.number().nullable());

/** What is read of `export runs --format json`. */
const exportSchema = z.object({
  kindlingVersion: z.string(),
  runs: z.array(
    z.object({
      id: z.string(),
      cell: z.string(),
      seed: z.int().min(0),
      state: z.string(),
      factors: z.record(z.string(), z.unknown()),
      parameters: z.int().nullable(),
      macs: z.int().nullable(),
      metrics: z.record(z.string(), z.number().nullable()),
      seconds: z.number().nullable(),
      network: z
        .record(z.string(), z.unknown())
        .refine((network) => checkNetwork(network).ok)
        .nullable(),
      recipe: recipeSchema.nullable(),
      series: z.object({ steps: z.array(point), epochs: z.array(point) }).optional(),
    }),
  ),
});
type ExportedRun = z.output<typeof exportSchema>['runs'][number];

export function isKindlingExport(content: unknown): boolean {
  return typeof content === 'object' && content !== null && 'kindlingVersion' in content && 'runs' in content;
}

/** @throws Problem `data-invalid` for a file that somebody has changed */
export function readKindlingExport(name: string, content: unknown): FoundRuns {
  const checked = checkInput(exportSchema, content);
  if (!checked.ok) {
    const [first] = checked.mistakes;
    throw new Problem(
      'data-invalid',
      `${name} is no export of Kindling's that can be read: ${first ? showMistake(first) : ''}`,
      {
        mistakes: checked.mistakes,
      },
    );
  }
  const { runs, kindlingVersion } = checked.value;
  const factors = [...new Set(runs.flatMap((run) => Object.keys(run.factors)))];
  return {
    format: 'Kindling, JSON',
    runs: runs.map(readRun),
    hints: new Map(factors.map((path) => [path, 'setting'] satisfies [string, ColumnHint])),
    notes: [`They were exported by Kindling ${kindlingVersion}.`],
  };
}

function readRun(run: ExportedRun): ForeignRun {
  const { id, cell, seed, state, factors, parameters, macs, metrics, seconds, network, recipe, series } = run;
  const measured = Object.entries(metrics).filter(([, value]) => value !== null);
  return {
    place: `run ${id}`,
    values: new Map<string, ForeignValue>([
      ...(Object.entries(factors) as [string, ForeignValue][]),
      ...measured,
      ['id', id],
      ['seed', seed],
      ['state', state],
      ['seconds', seconds],
    ]),
    curves: series ? curvesOf(series) : [],
    cell: { id: cell, factors: {}, network, recipe, parameters, macs } satisfies StoredCell,
  };
}

function curvesOf({ steps, epochs }: NonNullable<ExportedRun['series']>): ForeignCurve[] {
  const of = (points: typeof steps, tag: string, isOfEpochs: boolean): ForeignCurve[] => {
    const own = points.filter((each) => typeof each[tag] === 'number');
    const numbers = (field: string): number[] => own.map((each) => each[field] ?? NaN);
    if (own.length === 0) return [];
    const seconds = isOfEpochs ? numbers('seconds') : [];
    return [
      {
        ...{ tag, steps: numbers('step'), values: numbers(tag) },
        ...(isOfEpochs && { epochs: own.map((each) => each['epoch'] ?? null) }),
        ...(seconds.length > 0 && !seconds.some(Number.isNaN) && { seconds }),
      },
    ];
  };
  return [
    ...namesOf(STEP_METRICS).flatMap((tag) => of(steps, tag, false)),
    ...[...namesOf(EPOCH_METRICS), ...Object.keys(epochs[0] ?? {}).filter(isImportedMetric)].flatMap((tag) =>
      of(epochs, tag, true),
    ),
  ];
}
