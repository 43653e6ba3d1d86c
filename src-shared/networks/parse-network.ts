import { Problem } from '../contract/problem.ts';
import { families, familyNames, type FamilyName, isFamilyName, type NetworkDescription } from './families.ts';
import type { Family, NetworkContext } from './family.ts';
import type { Graph } from './graph.ts';
import { nearestName } from './nearest-name.ts';

/**
 * Checks a description as it stands in a study file and fills in the published network's values.
 * `path` is where it stands, for messages.
 *
 * @throws Problem network-invalid, naming the field, its value and what would be right.
 */
export function parseNetwork(input: unknown, path = 'network'): NetworkDescription {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalid(
      `${path}: ${show(input)} is no network; write fields such as { family: squeezenet, sr: 0.25 }.`,
    );
  }
  const fields = input as Readonly<Record<string, unknown>>;
  const family = familyOf(fields['family'], path);
  for (const field of Object.keys(fields)) requireField(family, field, path);
  const { schema } = families[family];
  const parsed = schema.safeParse(fields);
  if (parsed.success) return parsed.data;
  const messages = new Map<string, string>();
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? 'family');
    if (!messages.has(field)) messages.set(field, fieldMessage(family, field, fields[field], path));
  }
  throw invalid([...messages.values()].join('\n'));
}

/**
 * The graph of a description for images of a size and a number of classes.
 *
 * @throws Problem network-invalid where the image shrinks to nothing or `classes` disagree.
 */
export function resolveNetwork(description: NetworkDescription, context: NetworkContext): Graph {
  const { classes } = description;
  if (classes !== undefined && classes !== context.classes) {
    throw invalid(
      `network.classes: ${classes} differs from the ${context.classes} classes of the data set; leave it out.`,
    );
  }
  // The union over families cannot say that this description goes with this very family's build.
  const family = families[description.family] as unknown as Family;
  return family.build(description, context);
}

/** @throws Problem network-invalid listing the families. */
export function familyOf(name: unknown, path = 'network'): FamilyName {
  if (isFamilyName(name)) return name;
  const known = `the families are ${familyNames.join(', ')}`;
  if (name === undefined) throw invalid(`${path}.family is missing; ${known}.`);
  const nearest = typeof name === 'string' ? nearestName(name, familyNames) : null;
  throw invalid(
    `${path}.family: there is no family ${show(name)}; ${nearest ? `did you mean ${nearest}? ` : ''}${known}.`,
  );
}

/** @throws Problem network-invalid if the family has no such field, suggesting the nearest. */
export function requireField(family: FamilyName, field: string, path = 'network'): void {
  const names = Object.keys(families[family].schema.shape);
  if (names.includes(field)) return;
  const nearest = nearestName(field, names);
  throw invalid(
    `${path}.${field}: ${family} has no field of that name; ` +
      `${nearest ? `did you mean ${nearest}? ` : ''}its fields are ${names.join(', ')}.`,
  );
}

/** What a family's field accepts, in words, and its default; for help and documentation. */
export interface FieldDescription {
  readonly name: string;
  readonly accepts: string;
  readonly default: unknown;
}

export function familyFields(family: FamilyName): FieldDescription[] {
  const { schema } = families[family] as unknown as Family;
  const defaults = schema.parse({ family });
  return Object.entries(schema.shape)
    .filter(([name]) => name !== 'family')
    .map(([name, field]) => ({ name, accepts: accepts(field), default: defaults[name] ?? null }));
}

function accepts(field: unknown): string {
  return (field as { description?: string }).description ?? '';
}

function fieldMessage(family: FamilyName, field: string, value: unknown, path: string): string {
  const shape: Readonly<Record<string, unknown>> = families[family].schema.shape;
  return `${path}.${field}: ${show(value)} is not accepted; it must be ${accepts(shape[field])}.`;
}

function show(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function invalid(message: string): Problem {
  return new Problem('network-invalid', message);
}
