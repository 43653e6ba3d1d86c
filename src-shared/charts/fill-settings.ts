import { resolveColumn } from '../runs/resolve-column.ts';
import type { ChartKind, ChartSettings } from './chart-kind.ts';

/**
 * The fields of a chart that are not given and have no default, as they follow from the settings that vary: each axis has
 * the first of these that no other one has. What does not follow is missing in the answer.
 *
 * @param varying paths
 */
export function fillSettings(
  { fields }: ChartKind,
  given: ChartSettings,
  varying: readonly string[],
): ChartSettings {
  const named = new Set(
    Object.values(given).map((value) => (typeof value === 'string' ? resolveColumn(value)?.key : undefined)),
  );
  const free = varying.filter((path) => !named.has(path));
  const open = fields.filter(({ name, default: usual }) => usual === undefined && !(name in given));
  const filled = open.flatMap(({ name, fill, choices }): [string, unknown][] => {
    const value = fill?.(varying) ?? (choices === 'settings' ? free.shift() : undefined);
    return value === undefined ? [] : [[name, value]];
  });
  return { ...given, ...Object.fromEntries<unknown>(filled) };
}

/** Fields that have neither a value nor a default. */
export function missingFields({ fields }: ChartKind, settings: ChartSettings): ChartKind['fields'] {
  return fields.filter(({ name, default: usual }) => usual === undefined && !(name in settings));
}
