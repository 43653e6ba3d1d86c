import { runMetricsOf } from '../../../src-shared/metrics/measured-values.ts';
import { indexRuns, type RunIndex } from '../../../src-shared/runs/run-index.ts';
import type { CellRow, RunRow } from '../../../src-shared/runs/run-row.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';

const noMetrics = runMetricsOf(() => null);

const noEnd = {
  ...{
    startedAt: null,
    endedAt: null,
    seconds: null,
    engine: null,
    engineVersion: null,
    device: null,
    threads: null,
    step: null,
  },
  ...{
    totalSteps: null,
    mode: null,
    modeReason: null,
    failure: null,
    interruptions: [],
    retryOf: null,
    artifacts: null,
  },
};

/** A run of the cell `of`; all that `given` leaves out is empty. */
export function sampleRun(
  id: string,
  of: CellRow,
  { metrics, ...given }: Partial<Omit<RunRow, 'metrics'>> & { metrics?: Partial<RunRow['metrics']> } = {},
): RunRow {
  return {
    ...{
      id,
      study: of.study,
      cell: of.id,
      seed: 0,
      importedFrom: null,
      openedFrom: null,
      state: 'complete',
      dataset: 'shapes',
      note: '',
      tags: [],
      recalls: [],
    },
    ...{ parameters: of.parameters, macs: of.macs, factors: of.factors, summaries: {}, ...noEnd },
    createdAt: '2026-01-01T00:00:00.000Z',
    ...given,
    metrics: { ...noMetrics, ...metrics },
  };
}

/** A cell of SqueezeNet with these fields of network and recipe; its network's fields are its factors. */
export function sampleCell(
  id: string,
  network: Readonly<Record<string, number | string | boolean | number[]>>,
  training: Readonly<Record<string, unknown>> = {},
  study = 'demo',
): CellRow {
  const complete = { family: 'squeezenet', bypass: 'none', batchNorm: true, pct3x3: 0.5, ...network };
  const factors = Object.fromEntries(
    Object.entries(network).map(([field, value]) => [`network.${field}`, value]),
  );
  return {
    ...{ id, study, asked: [0, 1, 2], factors, network: complete, recipe: recipeSchema.parse(training) },
    ...{ parameters: 120_000, macs: 5_000_000 },
  };
}

/** Two cells with three seeds each, of one study, and one failed run of another study. */
export function sampleTable(): RunIndex {
  const narrow = sampleCell('narrow', { sr: 0.125 }, { learningRate: 0.1, augment: ['crop', 'flip'] });
  const wide = { ...sampleCell('wide', { sr: 0.5 }, { learningRate: 0.05 }), parameters: 1_250_000 };
  const listed = sampleCell('listed', { sr: [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8] }, {}, 'other study');
  const failure = { code: 'loss-not-finite', message: 'The loss is NaN.', step: 3 } as const;
  return indexRuns({
    cells: [narrow, wide, listed],
    runs: [
      sampleRun('r1', narrow, { seed: 0, metrics: { testAccuracy: 0.8 }, tags: ['baseline', 'paper'] }),
      sampleRun('r2', narrow, { seed: 1, metrics: { testAccuracy: 0.82 }, tags: ['bad'] }),
      sampleRun('r3', narrow, { seed: 2, state: 'running', startedAt: '2026-03-01T12:00:00.000Z' }),
      sampleRun('r4', wide, { seed: 0, metrics: { testAccuracy: 0.9 }, note: 'A slow host' }),
      sampleRun('r5', wide, { seed: 1, metrics: { testAccuracy: 0.94 }, seconds: 90 }),
      sampleRun('r6', wide, {
        seed: 2,
        metrics: { testAccuracy: 0.92, peakMemoryBytes: 600e6 },
        summaries: { loss: { last: 0.3, min: 0.2, max: 2.3 } },
      }),
      sampleRun('r7', listed, { state: 'failed', failure }),
    ],
  });
}
