import type { RunResult } from '../../../src-shared/studies/trainer-protocol.ts';
import type { StepPoint } from '../../../src-shared/metrics/measured-values.ts';
import { costStudy } from '../../../src-shared/studies/cost-study.ts';
import type { Provenance } from '../../../src-shared/studies/run-record.ts';
import type { CostedCell } from '../../../src-shared/studies/cell.ts';
import { openStore } from '../../../src-main/store/open-store.ts';
import type { Store } from '../../../src-main/store/store.ts';
import { CARD, sampleAt } from '../../fixtures/machine-samples.ts';
import { TIMES } from '../../fixtures/sample-times.ts';

export const STUDY = `study: two-by-two
dataset: shapes
network: { family: squeezenet, stem: small, baseE: 32 }
vary:
  network.sr: [0.125, 1]
  network.pct3x3: [0, 0.5]
seeds: 2
training: { epochs: 1 }
`;

/** Test accuracies by cell and seed; null for a run that failed. */
const ACCURACIES = [
  [0.5, 0.52],
  [0.61, 0.64],
  [0.55, 0.58],
  [0.7, null],
] as const;

/**
 * Makes a store in which the study above has been run.
 *
 * @param edited the study's file as it was changed afterwards
 * @param steps of each run; the one that failed has the first three
 */
export function fillStore(
  file: string,
  edited: string | null = null,
  steps: readonly StepPoint[] = [],
): void {
  const store = openStore(file, { purpose: 'schedule' });
  const cells = saveStudy(store, STUDY);
  cells.forEach((cell, place) => {
    const accuracies = ACCURACIES[place] ?? [];
    const runs = store.addRuns(
      accuracies.map((_, seed) => ({ study: 'two-by-two', cell: cell.id, seed, retryOf: null })),
    );
    runs.forEach((run, seed) => {
      store.startRun(run, { provenance: PROVENANCE });
      store.noteTraining(run, { totalSteps: 35, stepsPerEpoch: 35, mode: 'compiled', modeReason: null });
      const accuracy = accuracies[seed] ?? null;
      store.appendPoints([{ run, steps: accuracy === null ? steps.slice(0, 3) : steps, epochs: [] }]);
      if (accuracy === null)
        store.failRun(run, { code: 'loss-not-finite', message: 'The loss is NaN, "quoted".', step: 3 });
      else store.completeRun(run, resultOf(accuracy));
    });
  });
  store.addMachineSample('two-by-two', sampleAt(Date.now() / 1000, { seconds: 60, cards: [CARD] }));
  if (edited !== null) saveStudy(store, edited);
  store.close();
}

function saveStudy(store: Store, text: string): readonly CostedCell[] {
  const data = { name: 'shapes', shape: [32, 32, 3], classes: 10, trainingCount: 5000 } as const;
  const { definition, cells } = costStudy(text, 'study.yaml', () => data);
  store.saveStudy({ definition, text, dataHash: 'abc', cells });
  return cells;
}

const PROVENANCE: Provenance = {
  kindlingVersion: '0.1.0',
  nodeVersion: '24.21.0',
  tfjsVersion: '4.22.0',
  engine: { name: 'tensorflow-cpu', version: '2.21.0', device: 'CPU:0', threads: 1 },
  dataHash: 'abc',
  host: 'workstation',
  platform: 'linux x64',
  folder: '/home/user/studies',
  gitRevision: null,
  gitDirty: null,
};

function resultOf(testAccuracy: number): RunResult {
  return {
    ...{ testAccuracy, testLoss: 1.25, testTop5: 0.9, trainingLoss: 1, trainingAccuracy: 0.7 },
    ...{ validationLoss: 1.3, validationAccuracy: 0.5, bestValidationAccuracy: 0.55 },
    confusion: [
      [9, 1],
      [2, 8],
    ],
    classAccuracy: [0.9, 0.8],
    ...TIMES,
    ...{ seconds: 12.5, imagesPerSecond: 400, dataWaitShare: 0.01, peakMemoryBytes: 5e8 },
    artifacts: [{ kind: 'last', file: 'last.safetensors', bytes: 1234, sha256: '00' }],
  };
}
