import { z } from 'zod';
import { recipeSchema } from '../../src-shared/studies/recipe.ts';

/** Everything that another process needs to open a complete run of the store. */
export const subjectSpecificationSchema = z.object({
  run: z.string(),
  seed: z.int(),
  recipe: recipeSchema,
  /** Folder of the run's checkpoints. */
  artifacts: z.string(),
  checkpoints: z.array(z.object({ kind: z.string(), file: z.string(), sha256: z.string() })),
  /** Folder of the prepared data set. */
  dataset: z.string(),
  validationShare: z.number(),
  trainingLimit: z.int(),
});
export type SubjectSpecification = z.infer<typeof subjectSpecificationSchema>;
