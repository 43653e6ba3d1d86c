import { z } from 'zod';
import { orList } from '../lists.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a schema accepts, in words that complete "it must be …": `a number above 0 and at most 1`, `crop or flip`. */
export function acceptedValues(schema: z.core.$ZodType): string {
  return valuesText(z.toJSONSchema(schema, { io: 'input' }));
}

function valuesText(schema: JsonSchema): string {
  if (schema.enum) return orList(schema.enum.map(String));
  if (schema.type === 'boolean') return 'true or false';
  if (schema.type === 'array') {
    const items = Array.isArray(schema.items) ? schema.items[0] : schema.items;
    const of = typeof items === 'object' ? items : {};
    return of.enum ? `a list of any of ${of.enum.join(', ')}` : 'a list of numbers';
  }
  return [schema.type === 'integer' ? 'a whole number' : 'a number', boundsText(schema)].join(' ').trim();
}

/** Whole numbers of JavaScript have bounds of their own, which nobody needs to hear of. */
function boundsText({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const most = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  const least = typeof minimum === 'number' && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const above = typeof exclusiveMinimum === 'number' ? `above ${exclusiveMinimum}` : '';
  if (least !== undefined) {
    if (most !== undefined) return `from ${least} to ${most}`;
    return typeof exclusiveMaximum === 'number'
      ? `from ${least} to below ${exclusiveMaximum}`
      : `of at least ${least}`;
  }
  const below =
    most !== undefined
      ? `at most ${most}`
      : typeof exclusiveMaximum === 'number'
        ? `below ${exclusiveMaximum}`
        : '';
  return [above, below].filter(Boolean).join(' and ');
}
