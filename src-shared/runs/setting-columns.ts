import { families, familyNames } from '../networks/families.ts';
import type { FactorValue } from '../studies/cell.ts';
import { parseFactorPath } from '../studies/factor-path.ts';
import { recipeSchema } from '../studies/recipe.ts';
import type { Column } from './column.ts';
import type { CellRow, RunRow } from './run-row.ts';

interface Names {
  readonly title: string;
  readonly short: string;
  readonly aliases?: readonly string[];
}

/** What the field calls a setting, where that is more than the setting's own name. */
const NAMES: Readonly<Record<string, Names>> = {
  'network.sr': { title: 'squeeze ratio', short: 'SR' },
  'network.pct3x3': { title: '3×3 share', short: '3×3' },
  'network.baseE': { title: 'first expand width', short: 'baseE' },
  'network.incrE': { title: 'increment of expand width', short: 'incrE' },
  'network.freq': { title: 'Fire modules per increment', short: 'freq' },
  'network.alpha': { title: 'width multiplier', short: 'α' },
  'network.groups': { title: 'number of groups', short: 'g' },
  'network.scale': { title: 'scale factor', short: 's' },
  'network.batchNorm': { title: 'batch norm', short: 'batch norm', aliases: ['bn'] },
  'network.stemFilters': { title: 'stem filters', short: 'stem filters' },
  'training.batch': { title: 'batch size', short: 'batch' },
  'training.learningRate': { title: 'learning rate', short: 'lr', aliases: ['lr'] },
  'training.weightDecay': { title: 'weight decay', short: 'wd', aliases: ['wd'] },
  'training.labelSmoothing': { title: 'label smoothing', short: 'smoothing' },
  'training.augment': { title: 'augmentation', short: 'augment' },
};

/** A column for every field of every family and of the recipe, as `network.<field>` and `training.<field>`. */
export const settingColumns: readonly Column[] = [...fieldKinds()].map(([key, kind]) =>
  settingColumn(key, kind),
);

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

function settingColumn(key: string, kind: Column['kind']): Column {
  const path = parseFactorPath(key);
  const field = path?.field ?? key;
  const names = NAMES[key] ?? { title: field, short: field };
  const value = (row: RunRow, cell: CellRow | null): FactorValue => {
    const fields = (path?.part === 'network' ? cell?.network : cell?.recipe) as
      Readonly<Record<string, FactorValue | undefined>> | undefined;
    // of a run whose cell is no longer there, the factors are what is known
    return (fields ? fields[field] : row.factors[key]) ?? null;
  };
  return { key, ...names, kind, better: null, value };
}

/** Numbers are told from texts by the default; a field without one (`classes`, `stemFilters`) is a number. */
function fieldKinds(): ReadonlyMap<string, 'number' | 'text'> {
  const kinds = new Map<string, 'number' | 'text'>();
  const add = (
    part: string,
    fields: readonly string[],
    defaults: Readonly<Record<string, unknown>>,
  ): void => {
    for (const field of fields) {
      const value = defaults[field];
      kinds.set(`${part}.${field}`, value === undefined || typeof value === 'number' ? 'number' : 'text');
    }
  };
  for (const family of familyNames) {
    const { schema } = families[family];
    add('network', Object.keys(schema.shape), schema.parse({ family }));
  }
  add('training', Object.keys(recipeSchema.shape), recipeSchema.parse({}));
  return kinds;
}
