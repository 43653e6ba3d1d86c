import { Problem } from '../mistakes/problem.ts';

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
  return { path: text.slice(0, equals).trim(), value: parseValue(text.slice(equals + 1)) };
}

/** Reads a value as YAML would: true, false, null, numbers, quoted or bare text, and [lists] of these. */
export function parseValue(text: string): unknown {
  const trimmed = text.trim();
  if (!trimmed.startsWith('[') || !trimmed.endsWith(']')) return parseScalar(trimmed);
  const inner = trimmed.slice(1, -1).trim();
  return inner === '' ? [] : inner.split(',').map((entry) => parseScalar(entry.trim()));
}

function parseScalar(text: string): unknown {
  if (/^(".*"|'.*')$/s.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null' || text === '~') return null;
  return /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
}
