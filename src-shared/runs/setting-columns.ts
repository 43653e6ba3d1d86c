import type { FieldDescription } from '../fields/field.ts';
import type { FactorValue } from '../studies/cell.ts';
import { parseFactorPath } from '../studies/factor-path.ts';
import { FAMILY_WORDS, settingFields, type SettingWords } from '../studies/setting-words.ts';
import type { Column } from './column.ts';
import type { CellRow, RunRow } from './run-row.ts';

/** A column for every field of every family and of the recipe, as `network.<field>` and `training.<field>`. */
export const settingColumns: readonly Column[] = [
  settingColumn('network.family', FAMILY_WORDS, 'text'),
  ...[...settingFields].map(([key, field]) => settingColumn(key, field, kindOf(field))),
];

/** The column of one entry of a list, e.g. `network.sr[2]` or `network.sr.2`; null if `key` names none. */
export function entryColumn(key: string): Column | null {
  const [, field, bracketed, dotted] = /^(.+?)(?:\[(\d+)\]|\.(\d+))$/.exec(key) ?? [];
  const whole = settingColumns.find((column) => column.key === field);
  if (!whole) return null;
  const index = Number(bracketed ?? dotted);
  return {
    ...whole,
    key: `${whole.key}[${index}]`,
    title: `${whole.title} [${index}]`,
    short: `${whole.short}[${index}]`,
    value: (row, cell) => {
      const value = whole.value(row, cell);
      return Array.isArray(value) ? ((value as readonly FactorValue[])[index] ?? null) : value;
    },
  };
}

function settingColumn(key: string, { title, short, aliases }: SettingWords, kind: Column['kind']): Column {
  const path = parseFactorPath(key);
  const value = (row: RunRow, cell: CellRow | null): FactorValue => {
    const fields = (path?.part === 'network' ? cell?.network : cell?.recipe) as
      Readonly<Record<string, FactorValue | undefined>> | undefined;
    // of a run whose cell is no longer there, or whose network is unknown, the factors are what is known
    return (fields && path ? fields[path.field] : row.factors[key]) ?? null;
  };
  return { key, title, short, aliases, kind, better: null, value };
}

/** Numbers are told from texts by the default; a field without one (`classes`, `stemFilters`) is a number. */
function kindOf({ default: value }: FieldDescription): Column['kind'] {
  return value === null || typeof value === 'number' ? 'number' : 'text';
}
