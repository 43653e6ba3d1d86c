import { z } from 'zod';
import { field } from '../fields/field.ts';
import type { Graph } from './graph.ts';
import type { Shape } from './layer.ts';
import type { Role } from './role.ts';

/** What the data set adds to a description before it becomes a graph. */
export interface NetworkContext {
  readonly input: Shape;
  readonly classes: number;
}

/** Number of classes a description may fix; the data set's number must then agree. */
export const classesField = field(z.int().min(2).optional(), {
  title: 'classes',
  about: 'taken from the data set; any other number is refused',
});

export const stemField = field(z.enum(['imagenet', 'small']).default('imagenet'), {
  title: 'stem',
  about: 'imagenet: as published; small: for images of about 32 pixels, with stride 1 and 2x2 pools',
});

export const dropoutField = field(z.number().min(0).lt(1).default(0.5), {
  title: 'dropout',
  about: 'rate before the classifier; 0 removes the layer',
});

/** A program for networks of a family that computes otherwise than ours with the same weights, unless fields say so. */
export interface Port {
  /** Whose networks it has, e.g. `timm's`. */
  readonly title: string;
  /** What the name of a layer tells of it in a file of weights alone; null where none does. */
  readonly layers: RegExp | null;
  /** Those with which we compute the same. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The one that has layers of these names. */
export function portNamed(ports: readonly Port[], layers: readonly string[]): Port | undefined {
  return ports.find((port) => layers.some((name) => port.layers?.test(name)));
}

/**
 * One kind of network: its fields with the published network as defaults, each described by
 * `field`, and how they become a graph.
 */
export interface Family<Schema extends z.ZodObject = z.ZodObject> {
  readonly schema: Schema;
  /** Its place among the families; those without one come last. */
  readonly order?: number;
  /** Of all its layers but the input. */
  readonly roles: readonly Role[];
  /** Metaparameters given as one value or as a list, with the list's length. */
  readonly lists: Readonly<Record<string, number>>;
  /**
   * Fields of the networks of the family that are published with weights, the usual one first: weights from elsewhere are
   * compared with these. Only the default if left out.
   */
  readonly published?: readonly Readonly<Record<string, unknown>>[];
  /** Programs that compute otherwise with the same weights. */
  readonly ports?: readonly Port[];
  build(description: z.output<Schema>, context: NetworkContext): Graph;
}

/** Gives `build` the type of its own schema's output. */
export function defineFamily<Schema extends z.ZodObject>(family: Family<Schema>): Family<Schema> {
  return family;
}
