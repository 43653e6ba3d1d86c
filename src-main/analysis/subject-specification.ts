import { z } from 'zod';
import { recipeSchema } from '../../src-shared/studies/recipe.ts';

const stored = {
  /** The id of the run or network. */
  run: z.string(),
  /** Folder of its checkpoints. */
  artifacts: z.string(),
  checkpoints: z.array(z.object({ kind: z.string(), file: z.string(), sha256: z.string() })),
  /** The kind of the one whose weights are looked at as the trained ones. */
  checkpoint: z.string(),
};

const common = {
  ...stored,
  /** Folder of the prepared data set. */
  dataset: z.string(),
};

const runSchema = z.object({
  kind: z.literal('run'),
  ...common,
  seed: z.int(),
  recipe: recipeSchema,
  validationShare: z.number(),
  trainingLimit: z.int(),
});

const networkSchema = z.object({
  kind: z.literal('network'),
  ...common,
  name: z.string(),
  /** What the data set is called, or the folder of the pictures of which it was made. */
  data: z.string(),
  /** Of the data set, which no checkpoint names. */
  dataHash: z.string(),
  /** What becomes of its pictures, in words; null where that is as it was imported. */
  preprocessing: z.string().nullable(),
  /** Of each class of the data set the network's own, by its number. */
  outputs: z.array(z.int()),
});

/** An imported network of which the weights alone are looked at, with all its classes. */
const weightsSchema = z.object({ kind: z.literal('weights'), ...stored, name: z.string() });

/** Everything that another process needs to open a complete run of the store, or an imported network on a data set or without images. */
export const subjectSpecificationSchema = z.discriminatedUnion('kind', [
  runSchema,
  networkSchema,
  weightsSchema,
]);
export type SubjectSpecification = z.infer<typeof subjectSpecificationSchema>;
export type WeightsSpecification = z.infer<typeof weightsSchema>;

/** One that has images. */
export const seenSpecificationSchema = z.discriminatedUnion('kind', [runSchema, networkSchema]);
export type SeenSpecification = z.infer<typeof seenSpecificationSchema>;
