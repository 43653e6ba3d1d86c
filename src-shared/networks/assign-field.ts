import { Problem } from '../contract/problem.ts';
import { families, type FamilyName, type NetworkDescription } from './families.ts';
import type { Family } from './family.ts';
import { familyOf, parseNetwork, requireField } from './parse-network.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * A copy of a description with one field set. `path` is a field (`sr`) or one entry of a list, counted from
 * zero (`sr.2` or `sr[2]`: that of fire4); a single value then becomes a list first. `value` is not checked:
 * `parseNetwork` does that once all fields are set.
 *
 * @throws Problem network-invalid where the family has no such field or entry.
 */
export function assignField(description: Fields, path: string, value: unknown, where = 'network'): Fields {
  if (path === 'family') return { ...description, family: familyOf(value, where) };
  const family = familyOf(description['family'], where);
  const [, field = path, dotted, bracketed] = /^([^.[]+)(?:\.([^.[]+)|\[([^\]]+)\])?$/.exec(path) ?? [];
  requireField(family, field, where);
  const index = dotted ?? bracketed;
  if (index === undefined) return { ...description, [field]: value };
  return { ...description, [field]: withEntry(description, family, field, index, value, where) };
}

/**
 * Sets several fields and checks the result. `family` goes first wherever it stands, because the other names
 * depend on it.
 *
 * @throws Problem network-invalid
 */
export function assignFields(description: Fields, fields: Fields, where = 'network'): NetworkDescription {
  const paths = Object.keys(fields).sort((a, b) => Number(b === 'family') - Number(a === 'family'));
  let assigned = description;
  for (const path of paths) assigned = assignField(assigned, path, fields[path], where);
  return parseNetwork(assigned, where);
}

/**
 * Splits `key=value` as given to `--set`.
 *
 * @throws Problem usage without an equals sign or a key.
 */
export function parseSetting(text: string): { readonly path: string; readonly value: unknown } {
  const equals = text.indexOf('=');
  if (equals < 1) {
    throw new Problem('usage', `--set ${text}: write it as field=value, for instance --set sr=0.25.`);
  }
  return { path: text.slice(0, equals).trim(), value: parseScalar(text.slice(equals + 1)) };
}

/** Reads a value as YAML would: true, false, null, numbers, [lists], quoted or bare text. */
export function parseScalar(text: string): unknown {
  const trimmed = text.trim();
  if (/^\[.*\]$/s.test(trimmed)) {
    const inner = trimmed.slice(1, -1).trim();
    return inner === '' ? [] : inner.split(',').map(parseScalar);
  }
  if (/^(".*"|'.*')$/s.test(trimmed)) return trimmed.slice(1, -1);
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  if (trimmed === 'null' || trimmed === '~') return null;
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

function withEntry(
  description: Fields,
  family: FamilyName,
  field: string,
  index: string,
  value: unknown,
  where: string,
): unknown[] {
  const { lists, schema } = families[family] as unknown as Family;
  const length = lists[field];
  if (length === undefined) {
    throw new Problem('network-invalid', `${where}.${field}: takes one value, so it has no entry ${index}.`);
  }
  const position = Number(index);
  if (!Number.isInteger(position) || position < 0 || position >= length) {
    throw new Problem(
      'network-invalid',
      `${where}.${field}: there is no entry ${index}; the ${length} entries are counted from 0 to ${length - 1}.`,
    );
  }
  const present = description[field] ?? schema.parse({ family })[field];
  const list: unknown[] = Array.isArray(present)
    ? [...(present as readonly unknown[])]
    : new Array<unknown>(length).fill(present);
  list[position] = value;
  return list;
}
