import { z } from 'zod';
import type { KnownStudy } from './imported-study.ts';
import { recordSchema } from './recordings.ts';
import { factorValueSchema, studySchema } from './study-schema.ts';
import { artifactSchema, engineDescriptionSchema, failureSchema } from './trainer-protocol.ts';

/** Milliseconds since 1970. */
const time = z.int();
const anObject = z.record(z.string(), z.unknown());

const factors = z.record(z.string(), factorValueSchema);
const seeds = z.array(z.int().min(0));

const trainedSchema = z.looseObject({
  name: z.string(),
  dataset: z.string(),
  data: z.looseObject({ validationShare: z.number(), trainingLimit: z.number() }),
  network: anObject,
  training: anObject,
  design: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('grid'),
      vary: z.record(z.string(), z.array(factorValueSchema)),
      sample: z.strictObject({ cells: z.int(), seed: z.int(), method: z.string().optional() }).nullable(),
    }),
    z.strictObject({ kind: z.literal('list'), cells: z.array(factors) }),
  ]),
  seeds,
  until: z.looseObject({ metric: z.string() }).optional(),
  extraSeeds: z.array(z.strictObject({ cells: factors, seeds })).optional(),
  record: recordSchema.optional(),
});

const importedSchema = z.looseObject({
  name: z.string(),
  factors: z.array(z.string()),
  imported: z.looseObject({
    format: z.string(),
    files: z.array(z.looseObject({ name: z.string(), bytes: z.number() })),
    hash: z.string(),
    factors: z.record(z.string(), z.string()),
    seed: z.string().nullable(),
    metrics: z.record(z.string(), z.string()),
    leftOut: z.array(z.string()),
    notes: z.array(z.string()),
  }),
});

const provenanceSchema = z.strictObject({
  kindlingVersion: z.string(),
  nodeVersion: z.string(),
  tfjsVersion: z.string().nullable(),
  engine: engineDescriptionSchema,
  fusedWith: z.array(z.string()).readonly().exactOptional(),
  dataHash: z.string(),
  host: z.string(),
  platform: z.string(),
  folder: z.string(),
  gitRevision: z.string().nullable(),
  gitDirty: z.boolean().nullable(),
});

const runSchema = z.strictObject({
  /** As the store gives them: folders are named after it. */
  id: z.string().regex(/^[2-9a-z]{8}$/),
  /** Place of its cell among the cells. */
  cell: z.int().min(0),
  seed: z.int().min(0),
  state: z.enum(['complete', 'failed', 'cancelled', 'interrupted']),
  /** Id of an earlier run of the copy. */
  retryOf: z.string().nullable(),
  importedFrom: z.string().nullable(),
  createdAt: time,
  startedAt: time.nullable(),
  endedAt: time.nullable(),
  step: z.int().nullable(),
  totalSteps: z.int().nullable(),
  stepsPerEpoch: z.int().nullable(),
  mode: z.enum(['compiled', 'eager']).nullable(),
  modeReason: z.string().nullable(),
  images: z.string().exactOptional(),
  seconds: z.number().nullable(),
  testAccuracy: z.number().nullable(),
  metrics: z.record(z.string(), z.number().nullable()).nullable(),
  failure: failureSchema.nullable(),
  summaries: z
    .record(z.string(), z.strictObject({ last: z.number(), min: z.number(), max: z.number() }))
    .nullable(),
  provenance: provenanceSchema.nullable(),
  classAccuracy: z.array(z.number().nullable()),
  artifacts: z.array(artifactSchema),
  note: z.string().nullable(),
  tags: z.array(z.string()),
  /** Absent where there were none. */
  interruptions: z
    .array(
      z.strictObject({
        at: time,
        step: z.int().min(0).nullable(),
        wentOnAt: time.nullable(),
        cause: z.string().nullable(),
        note: z.string().nullable(),
      }),
    )
    .exactOptional(),
  /** Absent where it began by itself. */
  extension: z
    .strictObject({
      from: z.string(),
      step: z.int().min(0),
      seconds: z.number().min(0),
      note: z.string().nullable(),
    })
    .exactOptional(),
});
export type CopiedRun = z.output<typeof runSchema>;

/** Of a study and its runs all that is no long list of numbers. */
export const copiedRunsSchema = z.strictObject({
  study: z.strictObject({
    name: studySchema.shape.study,
    dataset: z.string(),
    dataHash: z.string(),
    definition: z.union([trainedSchema, importedSchema]).transform((read) => read as unknown as KnownStudy),
    text: z.string(),
    /** What a person wrote about it, in Markdown. */
    note: z.strictObject({ text: z.string(), changedAt: time }).nullable(),
    createdAt: time,
    updatedAt: time,
  }),
  cells: z.array(
    z.strictObject({
      id: z.string(),
      /** Null for one that the study's file does not name any more. */
      position: z.int().min(0).nullable(),
      factors,
      network: anObject.nullable(),
      recipe: anObject.nullable(),
      parameters: z.int().nullable(),
      macs: z.int().nullable(),
    }),
  ),
  /** Those that have ended, in the order in which they were added. */
  runs: z.array(runSchema),
});
export type CopiedRuns = z.output<typeof copiedRunsSchema>;

export const copiedAnalysesSchema = z.array(
  z.strictObject({
    /** Place of the run among the runs. */
    run: z.int().min(0),
    method: z.string(),
    /** Canonical JSON of its settings. */
    key: z.string(),
    /** JSON, which can be much: it is not read on its way. */
    results: z.string().refine(isList, 'a list as JSON'),
    files: z.string().refine(isList, 'a list as JSON'),
    seconds: z.number(),
    createdAt: time,
  }),
);

function isList(text: string): boolean {
  try {
    return Array.isArray(JSON.parse(text));
  } catch {
    return false;
  }
}
export type CopiedAnalysis = z.output<typeof copiedAnalysesSchema>[number];

/** Numbers of a run in the store's own form. */
export interface CopiedNumbers {
  /** Place of the run among the runs. */
  readonly run: number;
  /** Name of the series; empty for a confusion matrix; the step of histograms. */
  readonly name: string;
  /** Little-endian: 64-bit floats of a series, 32-bit whole numbers of a confusion matrix, row by row; bytes of histograms. */
  readonly data: Uint8Array;
}

/** A study with its ended runs, all that a store knows of them: what a report holds so that it can be opened.
 * Null: left out, being too much. */
export interface StudyCopy extends CopiedRuns {
  readonly confusions: readonly CopiedNumbers[] | null;
  readonly epochs: readonly CopiedNumbers[] | null;
  readonly steps: readonly CopiedNumbers[] | null;
  readonly histograms: readonly CopiedNumbers[] | null;
  readonly analyses: readonly CopiedAnalysis[] | null;
}
