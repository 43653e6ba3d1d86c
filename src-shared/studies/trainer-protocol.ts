import { z } from 'zod';
import { stepHistogramsSchema } from '../metrics/layer-histograms.ts';
import { epochPointSchema, measuredSchema, stepPointSchema } from '../metrics/measured-values.ts';
import { howToGoOnSchema } from './how-to-go-on.ts';
import { recipeSchema } from './recipe.ts';
import { recordSchema } from './recordings.ts';
import { DEFAULT_RESUME_SECONDS } from './resume-seconds.ts';
import { spentSchema } from './spent.ts';

/** What computed a run. */
export const engineDescriptionSchema = z.object({
  /** e.g. `tensorflow-cpu` */
  name: z.string(),
  version: z.string(),
  /** e.g. `CPU:0` or `GPU:0` with the name of the card. */
  device: z.string(),
  threads: z.int(),
  /** UUID of the card, or else what CUDA_VISIBLE_DEVICES calls it; absent where it computes on none, or nothing says on which. */
  card: z.string().exactOptional(),
});
export type EngineDescription = z.infer<typeof engineDescriptionSchema>;

/** What computes a run: where all of it is the same, the same run ends with the same bits. Cards of one model compute alike. */
export const computedBySchema = z.object({
  ...engineDescriptionSchema.omit({ card: true }).shape,
  /** The version of Kindling. */
  kindling: z.string(),
});
export type ComputedBy = z.infer<typeof computedBySchema>;

export const artifactSchema = z.object({
  /** `initial`, `best`, `last`, `epoch-5` where the study records them, `optimizer` */
  kind: z.string(),
  /** File name inside the run's artifacts folder. */
  file: z.string(),
  bytes: z.int(),
  sha256: z.string(),
});
export type Artifact = z.infer<typeof artifactSchema>;

/**
 * A complete run from whose end another one goes on that is the same but for more epochs, and for which `extensionOf` allows it. Its points
 * are the other run's, too.
 */
export const extendedRunSchema = z.object({
  run: z.string(),
  /** Folder of its checkpoints. */
  folder: z.string(),
  /** As its result lists them. */
  artifacts: z.array(artifactSchema),
  /** Of its last epoch. */
  last: epochPointSchema,
  bestValidationAccuracy: z.number().nullable(),
  computedBy: computedBySchema,
  mode: z.enum(['compiled', 'eager']),
  /** That were trained side by side with it, itself included; absent: it was trained alone. */
  networks: z.int().min(1).exactOptional(),
  spent: spentSchema,
});
export type ExtendedRun = z.infer<typeof extendedRunSchema>;

/** How an interrupted run goes on from its resume checkpoints. */
export const goOnSchema = z.object({
  /**
   * The last step of which, as of all before it, everything that was told is kept where the run is recorded: its point, and where it ends
   * an epoch that of the epoch; 0 for none.
   */
  upTo: z.int().min(0),
  how: howToGoOnSchema,
  /** How often it has been interrupted; for who hears again of what comes now. Absent: never. */
  interruptions: z.int().min(0).exactOptional(),
  /** Where there is no resume checkpoint of the run itself, it goes on from the end of this one; `going on` tells of its last step. */
  from: extendedRunSchema.exactOptional(),
});
export type GoOn = z.infer<typeof goOnSchema>;

/**
 * Runs that a trainer trains together in one step: on the same data, alike in all that `stepKey` counts, begun together. Each is a job of its
 * own, given one right after the other. Who goes on after an interruption does so with as many networks as before, at its former place, so
 * that it ends with the bits that it would have had, whoever of the others is still there.
 */
const fusedSchema = z.object({
  /** Ids, in the order of their places. */
  runs: z.array(z.string()).min(2),
  /** Of these, those that come: all that begin, or those that go on from the same step. */
  present: z.array(z.string()).min(1),
  /** What each has for itself (`Own`). */
  own: z.object({ rates: z.boolean(), decays: z.boolean(), smoothings: z.boolean() }),
});
export type Fused = z.infer<typeof fusedSchema>;

/** Everything that a trainer needs to know about one run: its task in the protocol of work. */
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
  record: recordSchema.exactOptional(),
  /** Folder into which the trainer writes its checkpoints; made if missing. */
  artifacts: z.string(),
  /** At most so many seconds of training between two resume checkpoints; each epoch's end makes one as well. */
  resumeSeconds: z.number().positive().default(DEFAULT_RESUME_SECONDS),
  /** Absent where it is trained alone. */
  fused: fusedSchema.exactOptional(),
  /** Absent for a run that begins. */
  goOn: goOnSchema.exactOptional(),
});
export type RunSpecification = z.infer<typeof runSpecificationSchema>;

/** The end of a run, measured on the test part with the last weights. */
const runResultSchema = z.object({
  ...measuredSchema.shape,
  /** Rows are true classes, columns predicted ones. */
  confusion: z.array(z.array(z.int())),
  classAccuracy: z.array(z.number().nullable()),
  seconds: z.number(),
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
    // as its source says of an imported run
    'failed-elsewhere',
    'internal',
  ]),
  message: z.string(),
  step: z.int().nullable(),
});
export type Failure = z.infer<typeof failureSchema>;

/** What a trainer is at when it makes no steps, in the order in which it comes. */
const TRAINING_PHASES = ['loading the data', 'recording the first step', 'testing'] as const;
export type TrainingPhase = (typeof TRAINING_PHASES)[number];

/** What a trainer used and got done in the last seconds; where it trains several runs together, the share of this one. */
const trainerUsageSchema = z.object({
  /** CPU time of all its threads, as cores that were at work. */
  cores: z.number(),
  /** That it holds. */
  memoryBytes: z.number(),
  /** Trained on, in all of that time: also where it evaluated. */
  imagesPerSecond: z.number(),
  /** Of that time, in which steps waited for their batches. */
  waitingShare: z.number(),
});
export type TrainerUsage = z.infer<typeof trainerUsageSchema>;

/** What a trainer tells while a run is on. */
export const trainingProgressSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('phase'), phase: z.enum(TRAINING_PHASES) }),
  /**
   * Of a run with `goOn`, once, before anything is told of its steps: the step from which it goes on, 0 from its beginning. Points after
   * it are no longer true.
   */
  z.object({
    type: z.literal('going on'),
    step: z.int().min(0),
    /** For people: why not from the last resume checkpoint, or on what other engine; null where all is well. */
    note: z.string().nullable(),
  }),
  /** A resume checkpoint is on the disk. */
  z.object({ type: z.literal('resume checkpoint'), step: z.int().min(0) }),
  /** The first step is over, or that from which the run goes on is found. */
  z.object({
    type: z.literal('started'),
    dataHash: z.string(),
    totalSteps: z.int(),
    stepsPerEpoch: z.int(),
    /** `compiled`, or `eager` with the reason why the replay was not trusted. */
    mode: z.enum(['compiled', 'eager']),
    modeReason: z.string().nullable(),
    /** Where its images lie, and why there, for people; absent where the engine has no device with a memory of its own. */
    images: z.string().exactOptional(),
  }),
  z.object({ type: z.literal('steps'), points: z.array(stepPointSchema) }),
  z.object({ type: z.literal('epoch'), point: epochPointSchema }),
  z.object({ type: z.literal('histograms'), histograms: stepHistogramsSchema }),
  /** Every two seconds. */
  z.object({ type: z.literal('usage'), usage: trainerUsageSchema }),
]);
export type TrainingProgress = z.infer<typeof trainingProgressSchema>;

/** How a training that was not stopped ended. */
export const trainingOutcomeSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('complete'), result: runResultSchema }),
  z.object({ state: z.literal('failed'), failure: failureSchema }),
]);
export type TrainingOutcome = z.infer<typeof trainingOutcomeSchema>;
