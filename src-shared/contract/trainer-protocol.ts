import { z } from 'zod';
import { recipeSchema } from '../studies/recipe.ts';

/**
 * What the application and a trainer say to each other, over the IPC channel of a child process.
 * A trainer announces the version it speaks in `ready`; the application refuses any other.
 */
export const TRAINER_PROTOCOL_VERSION = 1;

/** Everything that a trainer needs to know about one run. */
export const runSpecificationSchema = z.object({
  run: z.string(),
  /** A network description as `parseNetwork` accepts it: family and metaparameters, without classes. */
  network: z.record(z.string(), z.unknown()),
  /** Folder of the prepared data set (dataset.json and its parts). */
  dataset: z.string(),
  /** Share of the training part that is kept for validation; the cut depends on the data only. */
  validationShare: z.number().min(0).lt(1),
  /** Use only the first n training images after the cut (0: all); for quick studies. */
  trainingLimit: z.int().min(0),
  recipe: recipeSchema,
  seed: z.int().min(0),
  /** Folder into which the trainer writes its checkpoints; made if missing. */
  artifacts: z.string(),
});
export type RunSpecification = z.infer<typeof runSpecificationSchema>;

export const toTrainerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('train'), specification: runSpecificationSchema }),
  /** End the run in progress after the present step; answered by `stopped`. */
  z.object({ type: z.literal('stop') }),
  /** Leave the process once idle. */
  z.object({ type: z.literal('quit') }),
]);
export type ToTrainer = z.infer<typeof toTrainerSchema>;

/** What computed a run. */
export const engineDescriptionSchema = z.object({
  /** e.g. `tensorflow-cpu` */
  name: z.string(),
  version: z.string(),
  /** e.g. `CPU:0` or `GPU:0` with the name of the card. */
  device: z.string(),
  threads: z.int(),
});
export type EngineDescription = z.infer<typeof engineDescriptionSchema>;

/** One training step, counted from 1. Loss includes label smoothing but not weight decay. */
export const stepPointSchema = z.object({
  step: z.int(),
  loss: z.number(),
  accuracy: z.number(),
  learningRate: z.number(),
  imagesPerSecond: z.number(),
});
export type StepPoint = z.infer<typeof stepPointSchema>;

/** The state after an epoch. Validation figures are null where no part was kept for validation. */
export const epochPointSchema = z.object({
  epoch: z.int(),
  step: z.int(),
  seconds: z.number(),
  trainingLoss: z.number(),
  trainingAccuracy: z.number(),
  trainingTop5: z.number(),
  validationLoss: z.number().nullable(),
  validationAccuracy: z.number().nullable(),
  validationTop5: z.number().nullable(),
});
export type EpochPoint = z.infer<typeof epochPointSchema>;

export const artifactSchema = z.object({
  /** `initial`, `best`, `last`, `optimizer` */
  kind: z.string(),
  /** File name inside the run's artifacts folder. */
  file: z.string(),
  bytes: z.int(),
  sha256: z.string(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/** The end of a run, measured on the test part with the last weights. */
export const runResultSchema = z.object({
  testLoss: z.number(),
  testAccuracy: z.number(),
  testTop5: z.number(),
  validationLoss: z.number().nullable(),
  validationAccuracy: z.number().nullable(),
  bestValidationAccuracy: z.number().nullable(),
  trainingLoss: z.number(),
  trainingAccuracy: z.number(),
  /** Rows are true classes, columns predicted ones. */
  confusion: z.array(z.array(z.int())),
  classAccuracy: z.array(z.number().nullable()),
  seconds: z.number(),
  /** Over all steps but the first, which compiles. */
  imagesPerSecond: z.number(),
  /** Share of the training time in which a step waited for its data. */
  dataWaitShare: z.number(),
  /** The most that the trainer's process has held so far, earlier runs of a warm trainer included. */
  peakMemoryBytes: z.number(),
  artifacts: z.array(artifactSchema),
});
export type RunResult = z.infer<typeof runResultSchema>;

/** Why a run failed; `code` is closed, `message` is for people. */
export const failureSchema = z.object({
  code: z.enum([
    'loss-not-finite',
    'out-of-memory',
    'data-invalid',
    'network-invalid',
    'engine-missing',
    'disk-full',
    'trainer-died',
    'internal',
  ]),
  message: z.string(),
  step: z.int().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;

export const fromTrainerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), protocol: z.int(), engine: engineDescriptionSchema }),
  z.object({
    type: z.literal('started'),
    run: z.string(),
    dataHash: z.string(),
    totalSteps: z.int(),
    stepsPerEpoch: z.int(),
    /** `compiled`, or `eager` with the reason why the replay was not trusted. */
    mode: z.enum(['compiled', 'eager']),
    modeReason: z.string().nullable(),
  }),
  z.object({ type: z.literal('steps'), run: z.string(), points: z.array(stepPointSchema) }),
  z.object({ type: z.literal('epoch'), run: z.string(), point: epochPointSchema }),
  /** A sign of life where there is nothing to tell, as in a long evaluation. */
  z.object({ type: z.literal('alive'), run: z.string() }),
  z.object({ type: z.literal('complete'), run: z.string(), result: runResultSchema }),
  z.object({ type: z.literal('failed'), run: z.string(), failure: failureSchema }),
  z.object({ type: z.literal('stopped'), run: z.string() }),
]);
export type FromTrainer = z.infer<typeof fromTrainerSchema>;
