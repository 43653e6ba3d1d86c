import type { ForeignValue } from '../../src-shared/imports/foreign-runs.ts';

/** The values of an object by their paths, `config.optimizer.lr`; lists of plain values are values. */
export function flatten(
  value: Readonly<Record<string, unknown>>,
  before: readonly string[] = [],
): [path: string, value: ForeignValue][] {
  return Object.entries(value).flatMap(([key, part]): [string, ForeignValue][] => {
    const path = [...before, key];
    if (isPlain(part)) return [[path.join('.'), part]];
    return typeof part === 'object' && part !== null && !Array.isArray(part)
      ? flatten(part as Readonly<Record<string, unknown>>, path)
      : // a list of objects is nothing that a run could be told by
        [];
  });
}

function isPlain(value: unknown): value is ForeignValue {
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) return true;
  return Array.isArray(value) && value.every(isPlain);
}
