import type { z } from 'zod';
import { orList } from '../lists.ts';

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'keys with their values',
  record: 'keys with their values',
};

/** What is counted where the size of something is wrong. */
const COUNTED: Readonly<Record<string, string>> = {
  string: ' characters',
  array: ' entries',
  set: ' entries',
};

/**
 * What a validator expected, in words; undefined leaves it to the validator. What a schema says itself goes before.
 */
export function expectation(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return bound(issue.inclusive === false ? 'more than' : 'at least', issue.minimum, issue.origin);
    case 'too_big':
      return bound(issue.inclusive === false ? 'less than' : 'at most', issue.maximum, issue.origin);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'invalid_union':
      return Array.isArray(issue['options']) ? oneOf(issue['options']) : anyOf(issue.errors);
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
    case 'custom':
      return undefined;
  }
}

function bound(words: string, limit: number | bigint, origin: string): string {
  return `expected ${words} ${limit}${COUNTED[origin] ?? ''}`;
}

/** What the alternatives expect of the value itself; what is wrong deeper inside of one says too little without the others. */
function anyOf(alternatives: readonly (readonly z.core.$ZodIssue[])[]): string | undefined {
  const own = alternatives.map((issues) => issues.find(({ path }) => path.length === 0)?.message);
  return own.every((message) => message !== undefined) && own.length > 0
    ? [...new Set(own)].join('; or ')
    : undefined;
}

function oneOf(values: readonly unknown[]): string {
  return `expected ${orList(values.map(String))}`;
}
