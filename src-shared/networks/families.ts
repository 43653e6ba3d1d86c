import type { z } from 'zod';
import { byPlace } from '../by-place.ts';
import * as all from './families/all.ts';
import type { Role } from './role.ts';

type DefinedFamily = (typeof all)[keyof typeof all];

/** A complete description: every field but `classes` and `stemFilters` has a value. */
export type NetworkDescription = z.output<DefinedFamily['schema']>;

export type FamilyName = NetworkDescription['family'];

const nameOf = ({ schema }: DefinedFamily): FamilyName => schema.shape.family.value;

/** By `order`, then by name. */
const ordered = Object.values<DefinedFamily>(all).toSorted(
  (one, other) => byPlace(one.order, other.order) || nameOf(one).localeCompare(nameOf(other), 'en'),
);

export const familyNames: readonly FamilyName[] = ordered.map(nameOf);

/** Every family by the name it has in study files: all names are those of families. */
export const families = Object.fromEntries(ordered.map((family) => [nameOf(family), family])) as Readonly<
  Record<FamilyName, DefinedFamily>
>;

export function isFamilyName(name: unknown): name is FamilyName {
  return typeof name === 'string' && Object.hasOwn(families, name);
}

const roles: ReadonlyMap<string, Role> = new Map(
  ordered.flatMap((family) => family.roles.map((role) => [role.name, role])),
);

/** What is known of a role; no family declares that of the input, nor any of a run that an older version trained. */
export function roleNamed(name: string): Role {
  return roles.get(name) ?? { name, colour: 'grey' };
}

/** The roles by which layers are chosen, in the order in which networks have them. */
export const chosenRoles: readonly string[] = [...roles.values()]
  .filter(({ place }) => place !== undefined)
  .toSorted((one, other) => byPlace(one.place, other.place))
  .map(({ name }) => name);
