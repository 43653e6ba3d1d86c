import { z } from 'zod';
import { field } from '../fields/field.ts';
import { MOST_SEEDS } from '../most-seeds.ts';
import type { FactorValue } from './cell.ts';
import { recordSchema } from './recordings.ts';
import { drawnSamplers } from './samplers/registry.ts';

export const factorValueSchema: z.ZodType<FactorValue> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(factorValueSchema)], {
    error: 'expected a number, a word, true, false or a list of them',
  }),
);

const SEEDS = `expected the number of seeds, from 1 to ${MOST_SEEDS}, a list of different seeds such as [0, 1, 2], or { until: { halfWidth: 0.5, max: 12 } }`;

const seedListSchema = z
  .array(z.int().min(0))
  .min(1)
  .refine((seeds) => new Set(seeds).size === seeds.length);

const EXTRA_SEEDS = 'expected a list such as [{ cells: { network.sr: 0.125 }, seeds: [3, 4] }]';

const seedsSchema = z.union([z.int().min(1).max(MOST_SEEDS), seedListSchema]);

function isMap(seeds: unknown): boolean {
  return typeof seeds === 'object' && seeds !== null && !Array.isArray(seeds);
}

/** How a study divides a data set. */
export const dataSchema = z.strictObject({
  validationShare: field(z.number().min(0).lt(1).default(0.1), {
    title: 'validation share',
    about:
      'share of the training part kept for validation; which images are kept does not depend on the seed',
  }),
  trainingLimit: field(z.int().min(0).default(0), {
    title: 'training limit',
    about: 'train on this many of the remaining images, at most all of them; 0 for all',
  }),
});

/** The keys of a study file. Fields of network, training and factors are checked by those who know them. */
export const studySchema = z.strictObject({
  /** Names the study in the store and its figures' files. */
  study: z
    .string({ error: 'expected a name such as squeeze-ratio' })
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,99}$/u, {
      error:
        'expected at most 100 letters, digits, hyphens, dots or underscores, beginning with a letter or digit',
    }),
  dataset: z.string({ error: 'expected the name of a data set' }).min(1),
  network: z.record(z.string(), z.unknown(), {
    error: 'expected fields such as { family: squeezenet, sr: 0.25 }',
  }),
  vary: z
    .record(
      z.string(),
      z.array(factorValueSchema, { error: 'expected a list of values such as [0.125, 0.5]' }).min(1, {
        error: 'expected at least one value',
      }),
      { error: 'expected factors such as network.sr: [0.125, 0.5]' },
    )
    .optional(),
  sample: z
    .strictObject(
      {
        cells: z.int().positive(),
        seed: z.int().min(0).default(0),
        method: z.enum(drawnSamplers.map(({ name }) => name)).optional(),
      },
      { error: 'expected { cells: 20, seed: 0 }' },
    )
    .optional(),
  cells: z
    .array(
      z.record(z.string(), factorValueSchema, { error: 'expected factors such as { network.sr: 0.5 }' }),
      {
        error: 'expected a list of cells such as [{ network.sr: 0.5 }]',
      },
    )
    .min(1, { error: 'expected at least one cell' })
    .optional(),
  /** A map is read by `readSeedsUntil`. */
  seeds: z
    .custom<number | number[] | Readonly<Record<string, unknown>>>(
      (seeds) => seedsSchema.safeParse(seeds).success || isMap(seeds),
      { error: SEEDS },
    )
    .default(3),
  /** Further replicates of the cells with these values of these factors. */
  extraSeeds: z
    .array(
      z.strictObject(
        {
          cells: z.record(z.string(), factorValueSchema, {
            error: 'expected factors such as { network.sr: 0.5 }',
          }),
          seeds: z.custom<number[]>((seeds) => seedListSchema.safeParse(seeds).success, {
            error: 'expected a list of different seeds such as [3, 4]',
          }),
        },
        { error: EXTRA_SEEDS },
      ),
      { error: EXTRA_SEEDS },
    )
    .default([]),
  data: dataSchema.prefault({}),
  record: recordSchema.prefault({}),
  training: z
    .record(z.string(), z.unknown(), { error: 'expected fields such as { epochs: 10 }' })
    .default({}),
});

export type StudyFile = z.infer<typeof studySchema>;
