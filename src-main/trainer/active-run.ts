import type { TimeMetric } from '../../src-shared/metrics/metrics.ts';
import type { TrainingProgress } from '../../src-shared/studies/trainer-protocol.ts';
import type { Checkpoints } from '../checkpoints/checkpoints.ts';
import type { BatchSource } from '../datasets/batch-source.ts';
import type { Pause } from '../work/answer-work.ts';
import type { Carried } from './carried.ts';
import type { HistogramRecorder } from './histogram-recorder.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { ResumeWriter } from './resume-writer.ts';
import type { StepLog } from './step-log.ts';
import type { StepsACall } from '../engine/steps-a-call.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { UsageLog } from './usage-log.ts';

/** A run while it is trained. */
export interface ActiveRun extends PreparedRun {
  /** Changes with every step, and between two pauses only as a whole: at any pause the run can be left and gone on with. */
  readonly carried: Carried;
  /** Begins with the step after those that were taken. */
  readonly source: BatchSource;
  readonly checkpoints: Checkpoints;
  readonly resume: ResumeWriter;
  readonly recorder: HistogramRecorder;
  readonly stepsACall: StepsACall;
  readonly log: StepLog;
  /** Where nothing else is said, its time is `otherSeconds`. */
  readonly time: Stopwatch<TimeMetric>;
  readonly usage: UsageLog;
  /** Of this stretch, without those that were recorded. */
  readonly timed: { steps: number };
  /** What the run carries, with what it has used until now. */
  readonly snapshot: () => Carried;
  readonly tell: (progress: TrainingProgress) => void;
  readonly pause: Pause;
}

/** Tells that the training is on; its mode is known. */
export function tellStarted({ data, prepared, images, totalSteps, stepsPerEpoch, tell }: ActiveRun): void {
  const { mode } = prepared.guarded;
  if (mode === null) throw new Error('the mode is known after the first step');
  tell({
    type: 'started',
    dataHash: data.dataset.description.hash,
    totalSteps,
    stepsPerEpoch,
    mode: mode.mode,
    modeReason: mode.reason ?? null,
    ...(images !== null && { images }),
  });
}
