import { accepted, mistakesProblem } from '../mistakes/mistakes-problem.ts';
import { describeFields, type FieldDescription } from '../fields/field.ts';
import { type Checked, type Mistake, right, wrong } from '../mistakes/mistake.ts';
import { nearestName } from '../mistakes/nearest-name.ts';
import { showValue } from '../mistakes/show-value.ts';
import { families, familyNames, type FamilyName, isFamilyName, type NetworkDescription } from './families.ts';
import type { Family, NetworkContext } from './family.ts';
import type { Graph } from './graph.ts';

/** Checks a description as it stands in a study file and fills in the published network's values. */
export function checkNetwork(input: unknown): Checked<NetworkDescription> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    const message = `${showValue(input)} is not a network; write fields such as { family: squeezenet, sr: 0.25 }.`;
    return wrong({ path: [], value: input, message });
  }
  const fields = input as Readonly<Record<string, unknown>>;
  const family = checkFamily(fields['family']);
  if (!family.ok) return family;
  const unknown = Object.keys(fields).flatMap((field) => unknownField(family.value, field, fields[field]));
  const parsed = families[family.value].schema.safeParse(fields);
  if (parsed.success && unknown.length === 0) return right(parsed.data);
  const refused = new Set(
    parsed.error?.issues.flatMap(({ path }) => (path[0] === undefined ? [] : String(path[0]))),
  );
  return wrong(...unknown, ...[...refused].map((field) => refusedValue(family.value, field, fields[field])));
}

/**
 * The same.
 *
 * @throws Problem network-invalid, naming each wrong field, its value and what would be right
 */
export function parseNetwork(input: unknown): NetworkDescription {
  return accepted(checkNetwork(input), 'network-invalid', ['network']);
}

/**
 * The graph of a description for images of a size and a number of classes.
 *
 * @throws Problem network-invalid where the image shrinks to nothing or `classes` disagree.
 */
export function resolveNetwork(description: NetworkDescription, context: NetworkContext): Graph {
  const { classes } = description;
  if (classes !== undefined && classes !== context.classes) {
    const message = `${classes} differs from the ${context.classes} classes of the data set; leave it out.`;
    throw mistakesProblem('network-invalid', [{ path: ['network', 'classes'], value: classes, message }]);
  }
  // The union over families cannot say that this description goes with this very family's build.
  const family = families[description.family] as unknown as Family;
  return family.build(description, context);
}

/** The family of this name; its mistake stands at `family`. */
export function checkFamily(name: unknown): Checked<FamilyName> {
  if (isFamilyName(name)) return right(name);
  const known = `the families are ${familyNames.join(', ')}`;
  const nearest = typeof name === 'string' ? nearestName(name, familyNames) : null;
  const message =
    name === undefined
      ? `missing; ${known}.`
      : `there is no family ${showValue(name)}; ${nearest ? `did you mean ${nearest}? ` : ''}${known}.`;
  return wrong({ path: ['family'], value: name, message });
}

/** The mistake of a field that the family does not have, suggesting the nearest; none where it has it. */
export function unknownField(family: FamilyName, field: string, value: unknown): Mistake[] {
  const names = Object.keys(families[family].schema.shape);
  if (names.includes(field)) return [];
  const nearest = nearestName(field, names);
  const message =
    `${family} has no field of that name; ` +
    `${nearest ? `did you mean ${nearest}? ` : ''}its fields are ${names.join(', ')}.`;
  return [{ path: [field], value, message }];
}

/** The fields of a family, for forms, help and documentation. */
export function familyFields(family: FamilyName): FieldDescription[] {
  return describeFields((families[family] as unknown as Family).schema);
}

function refusedValue(family: FamilyName, field: string, value: unknown): Mistake {
  const values = familyFields(family).find(({ name }) => name === field)?.accepts;
  const message = `${showValue(value)} is not accepted; it must be ${values}.`;
  return { path: [field], value, message };
}
