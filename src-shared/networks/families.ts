import type { z } from 'zod';
import { alexnet } from './families/alexnet.ts';
import { mobilenetV1 } from './families/mobilenet-v1.ts';
import { shufflenetV1 } from './families/shufflenet-v1.ts';
import { squeezenet } from './families/squeezenet.ts';

/** Every family by the name it has in study files. */
export const families = {
  squeezenet,
  'mobilenet-v1': mobilenetV1,
  'shufflenet-v1': shufflenetV1,
  alexnet,
} as const;

export type FamilyName = keyof typeof families;

export const familyNames = Object.keys(families) as readonly FamilyName[];

export function isFamilyName(name: unknown): name is FamilyName {
  return typeof name === 'string' && Object.hasOwn(families, name);
}

/** A complete description: every field but `classes` and `stemFilters` has a value. */
export type NetworkDescription = {
  [Name in FamilyName]: z.output<(typeof families)[Name]['schema']>;
}[FamilyName];
