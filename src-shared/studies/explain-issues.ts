import { z } from 'zod';
import { nearestName } from '../networks/nearest-name.ts';

export type IssuePath = readonly PropertyKey[];

/** Something wrong in a study file: where, and a sentence that begins with the path. */
export interface StudyIssue {
  readonly path: IssuePath;
  readonly message: string;
}

/**
 * What a validator found, as sentences that give the path, the value and what would be right.
 *
 * @param input what was validated; `schema` is what it should be; `base` is where it stands in the file.
 */
export function explainIssues(
  issues: readonly z.core.$ZodIssue[],
  input: unknown,
  schema: z.ZodType,
  base: IssuePath = [],
): StudyIssue[] {
  return issues.flatMap((issue): StudyIssue[] => {
    const path = [...base, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) => unknownKey([...path, key], key, known));
    }
    const value = valueAt(input, issue.path);
    if (value === undefined)
      return [{ path, message: `${showPath(path)} is missing; ${expectation(issue)}.` }];
    const nearest = issue.code === 'invalid_value' ? suggestion(value, issue.values.map(String)) : '';
    const message = `${showPath(path)}: ${JSON.stringify(value)} is not accepted; ${nearest}${expectation(issue)}.`;
    return [{ path, message }];
  });
}

/** `vary.network.sr[2]` */
export function showPath(path: IssuePath): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

function unknownKey(path: IssuePath, key: string, known: readonly string[]): StudyIssue {
  const message = `${showPath(path)}: there is no such key; ${suggestion(key, known)}the keys here are ${known.join(', ')}.`;
  return { path, message };
}

function suggestion(value: unknown, known: readonly string[]): string {
  const nearest = typeof value === 'string' ? nearestName(value, known) : null;
  return nearest === null ? '' : `did you mean ${nearest}? `;
}

/** The validator's own words after `Too small: ` and the like. */
function expectation(issue: z.core.$ZodIssue): string {
  return issue.message.replace(/^(Invalid|Too) \w+: /, '').replace(/, received undefined$/, '');
}

function valueAt(input: unknown, path: IssuePath): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    input,
  );
}

function keysAt(schema: unknown, path: IssuePath): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return keysAt(inner.element, path.slice(1));
  if (!(inner instanceof z.ZodObject)) return [];
  const [key, ...rest] = path;
  const shape = inner.shape as Record<PropertyKey, unknown>;
  return key === undefined ? Object.keys(shape) : keysAt(shape[key], rest);
}

function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    return unwrap(schema.unwrap());
  }
  return schema;
}
