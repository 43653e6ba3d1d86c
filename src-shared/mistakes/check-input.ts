import { z } from 'zod';
import { expectation } from './expectation.ts';
import { type Checked, type Mistake, type Path, right } from './mistake.ts';
import { nearestName } from './nearest-name.ts';
import { showValue } from './show-value.ts';

/** Checks what a person or another program gave by a schema, and says what would be right where it is wrong. */
export function checkInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
): Checked<z.output<Schema>> {
  const result = schema.safeParse(input, { error: expectation });
  if (result.success) return right(result.data);
  return { ok: false, mistakes: result.error.issues.flatMap((issue) => mistakesOf(issue, input, schema)) };
}

function mistakesOf(issue: z.core.$ZodIssue, input: unknown, schema: z.ZodType): Mistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, path, input);
    return issue.keys.map((key) => unknownKey(path, key, valueAt(input, [...path, key]), known));
  }
  const value = valueAt(input, path);
  return [{ path, value, message: `${refusal(value, issue)}${issue.message}.` }];
}

function refusal(value: unknown, issue: z.core.$ZodIssue): string {
  if (value === undefined) return 'missing; ';
  if (typeof value === 'number' && !Number.isFinite(value))
    return `${showValue(value)} is not a finite number; `;
  const nearest = suggestion(value, valuesOf(issue));
  return `${showValue(value)} is not accepted; ${nearest}`;
}

/** The values that are accepted, of a union those of all alternatives. */
function valuesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === 'invalid_union') return issue.errors.flat().flatMap(valuesOf);
  return issue.code === 'invalid_value' ? issue.values.map(String) : [];
}

function unknownKey(base: Path, key: string, value: unknown, known: readonly string[]): Mistake {
  const message =
    known.length === 0
      ? 'there is no such key.'
      : `there is no such key; ${suggestion(key, known)}the keys here are ${known.join(', ')}.`;
  return { path: [...base, key], value, message };
}

function suggestion(value: unknown, known: readonly string[]): string {
  const nearest = typeof value === 'string' ? nearestName(value, known) : null;
  return nearest === null ? '' : `did you mean ${nearest}? `;
}

function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    input,
  );
}

/** The keys that an object may have there, of alternatives those of the one that the input chose; none where the schema tells none. */
function keysAt(schema: unknown, path: Path, input: unknown): string[] {
  const inner = unwrap(schema);
  const [key, ...rest] = path;
  if (inner instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = inner.def;
    const chosen = valueAt(input, [discriminator]);
    return inner.options
      .filter((option) => accepts(shapeOf(option)?.[discriminator], chosen))
      .flatMap((option) => keysAt(option, path, input));
  }
  const below = key === undefined ? input : valueAt(input, [key]);
  if (inner instanceof z.ZodArray) return keysAt(inner.element, rest, below);
  const shape = shapeOf(inner);
  if (shape === null) return [];
  return key === undefined ? Object.keys(shape) : keysAt(shape[key], rest, below);
}

function shapeOf(schema: unknown): Record<PropertyKey, unknown> | null {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? inner.shape : null;
}

function accepts(schema: unknown, value: unknown): boolean {
  return schema instanceof z.ZodType && schema.safeParse(value).success;
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap());
  }
  // what was given is changed first, or what was checked afterwards
  if (schema instanceof z.ZodPipe)
    return unwrap(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
  return schema;
}
