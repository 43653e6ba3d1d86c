import { z } from 'zod';
import type { Graph, Shape } from './graph.ts';

/** What the data set adds to a description before it becomes a graph. */
export interface NetworkContext {
  readonly input: Shape;
  readonly classes: number;
}

/** Number of classes a description may fix; the data set's number must then agree. */
export const classesField = z.int().min(2).optional().describe('a whole number of at least 2');

export const stemField = z.enum(['imagenet', 'small']).default('imagenet').describe('imagenet or small');

/**
 * One kind of network: its fields with the published network as defaults, and how they become a graph.
 * Each field's description completes the sentence "it must be …".
 */
export interface Family<Schema extends z.ZodObject = z.ZodObject> {
  readonly schema: Schema;
  /** Metaparameters given as one value or as a list, with the list's length. */
  readonly lists: Readonly<Record<string, number>>;
  build(description: z.output<Schema>, context: NetworkContext): Graph;
}

/** Gives `build` the type of its own schema's output. */
export function defineFamily<Schema extends z.ZodObject>(family: Family<Schema>): Family<Schema> {
  return family;
}
