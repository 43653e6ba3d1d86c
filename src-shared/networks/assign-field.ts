import { type Checked, right, wrong } from '../mistakes/mistake.ts';
import { families, type FamilyName, type NetworkDescription } from './families.ts';
import type { Family } from './family.ts';
import { checkFamily, checkNetwork, unknownField } from './parse-network.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The field of a path, and its entry where one of a list is meant: `sr`, `sr.2`, `sr[2]`. */
const FIELD_PATH = /^([^.[]+)(?:\.([^.[]+)|\[([^\]]+)\])?$/;

/**
 * A copy of a description with one field set. `path` is a field (`sr`) or one entry of a list, counted from
 * zero (`sr.2` or `sr[2]`: that of fire4); a single value then becomes a list first. `value` is not checked:
 * `checkNetwork` does that once all fields are set. A mistake stands at the path as it is written here.
 */
export function assignField(description: Fields, path: string, value: unknown): Checked<Fields> {
  if (path === 'family') {
    const family = checkFamily(value);
    return family.ok ? right({ ...description, family: family.value }) : family;
  }
  const family = checkFamily(description['family']);
  if (!family.ok) return family;
  const [, field = path, dotted, bracketed] = FIELD_PATH.exec(path) ?? [];
  const unknown = unknownField(family.value, field, value);
  if (unknown.length > 0) return wrong(...unknown.map((mistake) => ({ ...mistake, path: [path] })));
  const index = dotted ?? bracketed;
  if (index === undefined) return right({ ...description, [field]: value });
  const list = withEntry(description, family.value, field, index, value);
  return typeof list === 'string'
    ? wrong({ path: [path], value, message: list })
    : right({ ...description, [field]: list });
}

/**
 * Sets several fields and checks the result. `family` goes first wherever it stands, because the other names
 * depend on it.
 */
export function assignFields(description: Fields, fields: Fields): Checked<NetworkDescription> {
  const paths = Object.keys(fields).sort((a, b) => Number(b === 'family') - Number(a === 'family'));
  let assigned = description;
  for (const path of paths) {
    const next = assignField(assigned, path, fields[path]);
    if (!next.ok) return next;
    assigned = next.value;
  }
  return checkNetwork(assigned);
}

/** The list with one entry set, or what is wrong. */
function withEntry(
  description: Fields,
  family: FamilyName,
  field: string,
  index: string,
  value: unknown,
): readonly unknown[] | string {
  const { lists, schema } = families[family] as unknown as Family;
  const length = Object.hasOwn(lists, field) ? lists[field] : undefined;
  if (length === undefined) return `${field} has one value, so there is no entry ${index}.`;
  const position = Number(index);
  if (!Number.isInteger(position) || position < 0 || position >= length) {
    return `there is no entry ${index}; the ${length} entries are counted from 0 to ${length - 1}.`;
  }
  const present = description[field] ?? schema.parse({ family })[field];
  const list: unknown[] = Array.isArray(present)
    ? [...(present as readonly unknown[])]
    : new Array<unknown>(length).fill(present);
  list[position] = value;
  return list;
}
