import { z } from 'zod';
import { RUNS_COMPARED } from '../../src-shared/analysis/comparable-analyses.ts';
import type { SettingDescription } from '../../src-shared/analysis/settings.ts';

type Schema = z.core.JSONSchema.BaseSchema;

/** The settings that people can give, as the schema of a method has them; the runs compared are chosen for them. */
export function describeSettings(settings: z.ZodObject): SettingDescription[] {
  const { properties = {} } = z.toJSONSchema(settings, { io: 'input' });
  return Object.entries(properties)
    .filter(([name]) => !RUNS_COMPARED.includes(name))
    .map(([name, schema]) => {
      const { description: about, default: value } = schema as Schema;
      if (about === undefined) throw new Error(`the setting ${name} has no description`);
      if (value !== null && typeof value !== 'string' && typeof value !== 'number')
        throw new Error(`the setting ${name} needs a default that is a number, text or null`);
      return { name, about, default: value, ...valuesOf(name, schema as Schema) };
    });
}

function valuesOf(name: string, schema: Schema) {
  const { type, anyOf, minimum, exclusiveMinimum, maximum } = schema;
  const [first, second] = anyOf ?? [];
  // a number or null
  if (first !== undefined && (second as Schema).type === 'null') return valuesOf(name, first);
  if (type === 'string') {
    const choices = schema.enum?.map(String);
    return choices === undefined ? { kind: 'text' as const } : { kind: 'choice' as const, choices };
  }
  const above = typeof exclusiveMinimum === 'number';
  const least = above ? exclusiveMinimum : minimum;
  if ((type !== 'integer' && type !== 'number') || least === undefined)
    throw new Error(`the setting ${name} is neither text, a choice, nor a number with a minimum`);
  const isEndless = maximum === undefined || maximum === Number.MAX_SAFE_INTEGER;
  return {
    kind: 'number' as const,
    ...{ whole: type === 'integer', least, above },
    most: isEndless ? null : maximum,
  };
}
