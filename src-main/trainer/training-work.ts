import {
  type EngineDescription,
  engineDescriptionSchema,
  type RunSpecification,
  runSpecificationSchema,
  type TrainingOutcome,
  trainingOutcomeSchema,
  type TrainingProgress,
  trainingProgressSchema,
} from '../../src-shared/studies/trainer-protocol.ts';
import { TIMEOUTS, type WorkKind } from '../work/work-kind.ts';
import type { Worker } from '../work/worker.ts';

/** Trains one run at a time, or those that are fused together, in a process that stays warm between them. */
export const TRAINING: WorkKind<RunSpecification, TrainingOutcome, TrainingProgress, EngineDescription> = {
  who: 'The trainer',
  program: new URL('./main.ts', import.meta.url),
  carrier: 'process',
  takesSeveral: true,
  task: runSpecificationSchema,
  result: trainingOutcomeSchema,
  progress: trainingProgressSchema,
  about: engineDescriptionSchema,
  lessMemory: 'smaller batches or fewer jobs',
  timeouts: TIMEOUTS,
};

/** A trainer of this machine. */
export type TrainerProcess = Worker<RunSpecification, TrainingOutcome, TrainingProgress, EngineDescription>;
