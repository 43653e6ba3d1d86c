import type { Failure, RunResult } from '../../../src-shared/studies/trainer-protocol.ts';
import type { EpochPoint, StepPoint } from '../../../src-shared/metrics/measured-values.ts';
import type { RandomStream } from '../../../src-shared/random.ts';
import type { Provenance } from '../../../src-shared/studies/run-record.ts';
import type { TrainingStart } from '../../../src-main/store/store.ts';

const EPOCHS = 10;
const STEPS_PER_EPOCH = 25;
const CLASSES = 10;
const TEST_IMAGES = 2000;

export interface SimulatedRun {
  readonly provenance: Provenance;
  readonly training: TrainingStart;
  readonly steps: readonly StepPoint[];
  readonly epochs: readonly EpochPoint[];
  readonly end:
    | { readonly state: 'complete'; readonly result: RunResult }
    | { readonly state: 'failed'; readonly failure: Failure }
    | { readonly state: 'interrupted' };
}

const PROVENANCE: Provenance = {
  kindlingVersion: '0.1.0',
  nodeVersion: 'v24.0.0',
  tfjsVersion: '4.22.0',
  engine: { name: 'tensorflow-cpu', version: '2.21.0', device: 'CPU:0', threads: 1 },
  dataHash: 'f'.repeat(64),
  host: 'bench',
  platform: 'linux x64',
  folder: '/nowhere',
  gitRevision: '0'.repeat(40),
  gitDirty: false,
};

/**
 * A training that never was, with the course of a real one: the loss falls by a power of the step with noise, one run
 * in fifty is interrupted halfway and one in fifty diverges.
 *
 * @param parameters more of them learn better.
 */
export function simulateRun(parameters: number, stream: RandomStream): SimulatedRun {
  const kind = stream.uniform();
  const share = kind < 0.96 ? 1 : 0.5;
  const ceiling = 0.55 + 0.06 * Math.log10(parameters / 1e4) + 0.01 * (stream.uniform() - 0.5);
  const steps = Array.from({ length: share * EPOCHS * STEPS_PER_EPOCH }, (_, index) =>
    stepPoint(index + 1, ceiling, stream),
  );
  const epochs = Array.from({ length: share * EPOCHS }, (_, index) => epochPoint(index + 1, ceiling, stream));
  const training = {
    totalSteps: EPOCHS * STEPS_PER_EPOCH,
    stepsPerEpoch: STEPS_PER_EPOCH,
    mode: 'compiled',
    modeReason: null,
  } as const;
  return { provenance: PROVENANCE, training, steps, epochs, end: endOf(kind, epochs, stream) };
}

function endOf(kind: number, epochs: readonly EpochPoint[], stream: RandomStream): SimulatedRun['end'] {
  const last = epochs.at(-1);
  if (kind < 0.96 && last) return { state: 'complete', result: resultOf(last, stream) };
  if (kind < 0.98) return { state: 'interrupted' };
  const failure = { code: 'loss-not-finite', message: 'The loss is not finite.', step: 120 } as const;
  return { state: 'failed', failure };
}

function stepPoint(step: number, ceiling: number, stream: RandomStream): StepPoint {
  const learnt = 1 - (step + 1) ** -0.5;
  return {
    step,
    loss: 2.3 * (1 - ceiling * learnt) * (1 + 0.1 * (stream.uniform() - 0.5)),
    accuracy: Math.min(1, Math.max(0, ceiling * learnt + 0.08 * (stream.uniform() - 0.5))),
    learningRate: 0.1 * Math.sin((Math.PI * step) / (EPOCHS * STEPS_PER_EPOCH + 1)),
    imagesPerSecond: 1500 + 100 * stream.uniform(),
    dataWaitShare: 0.01,
  };
}

function epochPoint(epoch: number, ceiling: number, stream: RandomStream): EpochPoint {
  const accuracy = ceiling * (1 - (epoch * STEPS_PER_EPOCH + 1) ** -0.5);
  const validation = accuracy - 0.02 + 0.01 * stream.uniform();
  return {
    epoch,
    step: epoch * STEPS_PER_EPOCH,
    seconds: 4.1 * epoch + 0.2 * stream.uniform(),
    trainingLoss: 2.3 * (1 - accuracy),
    trainingAccuracy: accuracy,
    trainingTop5: (1 + accuracy) / 2,
    validationLoss: 2.3 * (1 - validation),
    validationAccuracy: validation,
    validationTop5: (1 + validation) / 2,
  };
}

function resultOf(last: EpochPoint, stream: RandomStream): RunResult {
  const testAccuracy = (last.validationAccuracy ?? 0) - 0.01 * stream.uniform();
  const perClass = TEST_IMAGES / CLASSES;
  const right = Math.round(testAccuracy * perClass);
  const wrong = Math.floor((perClass - right) / (CLASSES - 1));
  const confusion = Array.from({ length: CLASSES }, (_, row) =>
    Array.from({ length: CLASSES }, (_, column) => (row === column ? right : wrong)),
  );
  return {
    testLoss: 2.3 * (1 - testAccuracy),
    testAccuracy,
    testTop5: (1 + testAccuracy) / 2,
    validationLoss: last.validationLoss,
    validationAccuracy: last.validationAccuracy,
    bestValidationAccuracy: last.validationAccuracy,
    trainingLoss: last.trainingLoss,
    trainingAccuracy: last.trainingAccuracy,
    confusion,
    classAccuracy: Array.from({ length: CLASSES }, () => testAccuracy),
    seconds: last.seconds + 0.5,
    imagesPerSecond: 1500 + 100 * stream.uniform(),
    dataWaitShare: 0.02 * stream.uniform(),
    ...{ loadingSeconds: 0.1, firstStepSeconds: 1.5, waitingSeconds: 0.2, stepSeconds: 0.9 * last.seconds },
    ...{
      evaluationSeconds: 0.07 * last.seconds,
      checkpointSeconds: 0.1,
      recordingSeconds: 0,
      otherSeconds: 0.1,
      preparationSeconds: 2,
    },
    peakMemoryBytes: 8e8,
    artifacts: ['initial', 'best', 'last', 'optimizer'].map((kind) => ({
      kind,
      file: `${kind}.safetensors`,
      bytes: 3_000_000,
      sha256: '0'.repeat(64),
    })),
  };
}
