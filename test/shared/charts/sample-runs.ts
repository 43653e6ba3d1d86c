import { runMetricsOf } from '../../../src-shared/metrics/measured-values.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { indexRuns, type RunIndex } from '../../../src-shared/runs/run-index.ts';
import type { CellRow, RunRow } from '../../../src-shared/runs/run-row.ts';
import { costStudy } from '../../../src-shared/studies/cost-study.ts';

export interface SampleRuns {
  readonly index: RunIndex;
  readonly cells: readonly CellRow[];
  /** Indices of all rows. */
  readonly rows: readonly number[];
  readonly aside: readonly [];
  readonly networks: readonly [];
  readonly missing: readonly [];
}

export const TWO_FACTORS = 'network.sr: [0.125, 0.25, 0.5, 1]\n  network.pct3x3: [0, 0.5, 1]';

/**
 * A study as if it had been run: accuracies rise with squeeze ratio and 3x3 share, with noise of each seed.
 *
 * @param vary the factors, as the study file has them below `vary`.
 * @param change alters a run, or leaves it out.
 */
export function sampleRuns(
  vary: string,
  seeds: number,
  change: (run: RunRow, place: { readonly cell: number; readonly seed: number }) => RunRow | null = (run) =>
    run,
): SampleRuns {
  const text = `study: sample\ndataset: shapes\nnetwork: { family: squeezenet, stem: small, baseE: 32 }\nvary:\n  ${vary}\nseeds: ${seeds}\ntraining: { epochs: 3 }\n`;
  const data = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 5000 } as const;
  const { definition, cells: costed } = costStudy(text, 'sample.yaml', () => data);
  const study = definition.name;
  const cells = costed.map((cell): CellRow => ({ study, asked: definition.seeds, ...cell }));
  const random = randomStream(7, 'sample');
  const runs = cells.flatMap((cell, place) =>
    Array.from({ length: seeds }, (_, seed) => {
      const numbers = Object.values(cell.factors).filter((value) => typeof value === 'number');
      const level = numbers.reduce((sum, value) => sum + Math.log1p(4 * value), 0);
      const accuracy = 0.55 + 0.08 * level + 0.012 * random.normal();
      return change(runRow(cell, seed, `run-${place}-${seed}`, accuracy), { cell: place, seed });
    }),
  );
  const kept = runs.filter((run) => run !== null);
  return {
    index: indexRuns({ runs: kept, cells }),
    cells,
    rows: [...kept.keys()],
    aside: [],
    networks: [],
    missing: [],
  };
}

export function runRow(cell: CellRow, seed: number, id: string, accuracy: number): RunRow {
  return {
    ...{ id, study: cell.study, cell: cell.id, seed, state: 'complete', dataset: 'shapes' },
    ...{
      importedFrom: null,
      openedFrom: null,
      parameters: cell.parameters,
      macs: cell.macs,
      factors: cell.factors,
    },
    metrics: {
      ...runMetricsOf(() => null),
      ...{ testAccuracy: accuracy, testLoss: 2 - accuracy, testTop5: 0.95 },
      ...{
        testBalancedAccuracy: accuracy,
        testMacroF1: accuracy,
        testLargestClass: 0.1,
        testSmallestClass: 0.1,
      },
      ...{
        validationAccuracy: accuracy - 0.01,
        validationLoss: 2.1 - accuracy,
        bestValidationAccuracy: accuracy,
      },
      ...{ trainingAccuracy: accuracy + 0.05, trainingLoss: 1.8 - accuracy, imagesPerSecond: 400 },
      ...{ dataWaitShare: 0.01, peakMemoryBytes: 5e8 },
    },
    createdAt: '2026-01-02T03:04:05.000Z',
    startedAt: '2026-01-02T03:04:05.000Z',
    endedAt: '2026-01-02T03:05:05.000Z',
    ...{
      seconds: 60 + seed,
      engine: 'tensorflow-cpu',
      engineVersion: '2.21.0',
      device: 'CPU:0',
      threads: 1,
      step: 105,
      totalSteps: 105,
    },
    ...{
      mode: 'compiled',
      modeReason: null,
      failure: null,
      interruptions: [],
      retryOf: null,
      artifacts: null,
    },
    ...{ note: '', tags: [], recalls: [accuracy, accuracy], summaries: {} },
  };
}

/** A run that ended without a result. */
export function failed(run: RunRow): RunRow {
  const metrics = Object.fromEntries(Object.keys(run.metrics).map((name) => [name, null]));
  return { ...run, state: 'failed', seconds: null, metrics: metrics as unknown as RunRow['metrics'] };
}
