import { z } from 'zod';
import { preprocessingSchema } from './preprocessing.ts';

export const shapeSchema = z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]).readonly();

const { shortSide, mean, std, scale, channels } = preprocessingSchema.shape;
/** What is not given stays as it is. */
export const givenPreprocessing = z.strictObject({
  shortSide: shortSide.exactOptional(),
  mean: mean.exactOptional(),
  std: std.exactOptional(),
  scale: scale.exactOptional(),
  channels: channels.unwrap().exactOptional(),
});

/** What may be said of a network that is imported. What is null is told by the file, found by its weights, or usual. */
export const networkImportSchema = z.strictObject({
  family: z.string().nullable().default(null),
  /** Fields of the family, as in a study file. */
  fields: z.record(z.string(), z.unknown()).default({}),
  /** Height, width, channels. */
  input: shapeSchema.nullable().default(null),
  /** `imagenet`, `numbers`, or a file with a class a line, each with its WordNet id before it or none. */
  classes: z.string().nullable().default(null),
  preprocessing: givenPreprocessing.default({}),
});

export type NetworkImport = z.output<typeof networkImportSchema>;
