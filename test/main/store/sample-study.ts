import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { RunResult } from '../../../src-shared/studies/trainer-protocol.ts';
import type { EpochPoint, StepPoint } from '../../../src-shared/metrics/measured-values.ts';
import { costStudy } from '../../../src-shared/studies/cost-study.ts';
import type { Provenance } from '../../../src-shared/studies/run-record.ts';
import type { Store, StudyInput } from '../../../src-main/store/store.ts';
import { TIMES } from '../../fixtures/sample-times.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'kindling-store-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const STUDY_TEXT =
  'study: sample\ndataset: shapes\nnetwork: { family: squeezenet }\nvary: { network.sr: [0.25, 0.5] }\n';

export function studyInput(text: string = STUDY_TEXT): StudyInput {
  const data = { name: 'shapes', shape: [32, 32, 3], classes: 3, trainingCount: 1000 } as const;
  const { definition, cells } = costStudy(text, 'sample.yaml', () => data);
  return { definition, text, dataHash: 'abc', cells };
}

export const PROVENANCE: Provenance = {
  kindlingVersion: '0.1.0',
  nodeVersion: 'v24.0.0',
  tfjsVersion: '4.22.0',
  engine: {
    name: 'tensorflow-cpu',
    version: '2.21.0',
    device: 'GPU:0 NVIDIA A100',
    threads: 1,
    card: 'GPU-6a6f',
  },
  dataHash: 'abc',
  host: 'host',
  platform: 'linux x64',
  folder: '/somewhere',
  gitRevision: 'f'.repeat(40),
  gitDirty: true,
};

export const RESULT: RunResult = {
  testLoss: 1.1,
  testAccuracy: 0.6,
  testTop5: 0.9,
  validationLoss: null,
  validationAccuracy: null,
  bestValidationAccuracy: 0.65,
  trainingLoss: 0.9,
  trainingAccuracy: 0.7,
  confusion: [
    [10, 2, 0],
    [1, 4_000_000_000, 3],
    [0, 0, 0],
  ],
  classAccuracy: [0.8333333333333334, 0.5, null],
  seconds: 12.5,
  imagesPerSecond: 800,
  dataWaitShare: 0.01,
  ...TIMES,
  peakMemoryBytes: 3e9,
  artifacts: [{ kind: 'best', file: 'best.safetensors', bytes: 1234, sha256: '0'.repeat(64) }],
};

/** Numbers whose decimal forms do not end, so that a detour through text or 32 bits would show. */
export function stepPoint(step: number): StepPoint {
  return {
    step,
    loss: 2 / (step + 3),
    accuracy: step / 7,
    learningRate: 0.1 / (step + 1),
    imagesPerSecond: 1e9 / 7,
    dataWaitShare: 1 / 7,
  };
}

export function epochPoint(epoch: number, validated: boolean): EpochPoint {
  const value = 1 / (epoch + 3);
  const validation = validated ? value : null;
  return {
    ...{
      epoch,
      step: epoch * 10,
      seconds: epoch * 0.1,
      trainingLoss: value,
      trainingAccuracy: Math.sqrt(value),
    },
    ...{
      validationLoss: validation,
      validationAccuracy: validation,
      validationTop5: validation,
      trainingTop5: 0.9,
    },
  };
}

/** Adds runs of the first cell for these seeds. */
export function addRuns(store: Store, seeds: readonly number[], study: string = 'sample'): string[] {
  const [cell] = store.cells(study);
  return store.addRuns(seeds.map((seed) => ({ study, cell: cell?.id ?? '', seed, retryOf: null })));
}

/** Adds a run of the first cell and starts it. */
export function startedRun(store: Store, seed: number): string {
  const [id = ''] = addRuns(store, [seed]);
  store.startRun(id, { provenance: PROVENANCE });
  return id;
}
