import { z } from 'zod';
import { acceptedValues } from './accepted-values.ts';

/** What a field of a network, a recipe or the data is called and does, said once, where its schema is. */
export interface FieldWords {
  /** What people call it, as in docs/glossary.md: `squeeze ratio`. */
  readonly title: string;
  /** For an axis, a label, a narrow head: `SR`; the title where it is absent. */
  readonly short?: string;
  /** Names that people may write for it in filters, besides its own. */
  readonly aliases?: readonly string[];
  /** What it does, in a few words that go on after a colon, e.g. `squeeze filters over expand filters`. */
  readonly about: string;
  /** What it accepts, completing the sentence "it must be …", where its schema alone does not say it. */
  readonly accepts?: string;
}

const registry = z.registry<FieldWords>();

/** Gives a field its words. They are lost by what makes another schema of it (`.default()` and the like): it comes last. */
export function field<Schema extends z.ZodType>(schema: Schema, words: FieldWords): Schema {
  registry.add(schema, words);
  return schema;
}

/** A field as forms, help, columns and docs show it. */
export interface FieldDescription extends Omit<FieldWords, 'short' | 'aliases' | 'accepts'> {
  readonly name: string;
  readonly short: string;
  readonly aliases: readonly string[];
  readonly accepts: string;
  /** Null where the field has none. */
  readonly default: unknown;
}

/** The fields of a schema in their order, without `family`, which is chosen elsewhere. */
export function describeFields(schema: z.ZodObject): FieldDescription[] {
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const { family } = shape;
  const defaults = schema.parse(family instanceof z.ZodLiteral ? { family: family.value } : {});
  return Object.entries(shape)
    .filter(([name]) => name !== 'family')
    .map(([name, of]) => {
      const { title, short = title, aliases = [], about } = wordsOf(name, of);
      return { name, title, short, aliases, about, accepts: accepts(of), default: defaults[name] ?? null };
    });
}

/** What a field accepts; completes the sentence "it must be …". */
function accepts(of: z.core.$ZodType): string {
  return registry.get(of)?.accepts ?? acceptedValues(of);
}

/** @throws Error if the field has none */
export function wordsOf(name: string, of: z.core.$ZodType): FieldWords {
  const words = registry.get(of);
  if (!words) throw new Error(`the field ${name} has no words`);
  return words;
}
