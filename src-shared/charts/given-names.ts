import { resolveColumn } from '../runs/resolve-column.ts';
import type { CellTable, VaryingSetting } from './cells/measured-cell.ts';
import type { ChartSource } from './chart-source.ts';
import { type NameUses, noUses } from './name-uses.ts';
import { type Quantity, quantityOf } from './quantity.ts';

/**
 * What things are called instead: a setting or metric by its name (`sr`, `testAccuracy`), a value of a setting (`sr=0.5`), or any other
 * words of a figure as they are.
 */
export type GivenNames = Readonly<Record<string, string>>;

/** The values of settings, by the names of these, in the order in which they are to stand; what is not named comes behind. */
export type GivenOrder = Readonly<Record<string, readonly string[]>>;

/** What something is called; undefined where no name is given. */
type NameOf = (key: string) => string | undefined;

/**
 * A source whose settings, values, metrics and classes are called as it is given, with values in the order that is given; values that
 * there are not are passed over. @param uses is told what was found
 */
export function withNames(
  source: ChartSource,
  names: GivenNames,
  order: GivenOrder,
  uses: NameUses = noUses(),
): ChartSource {
  if (Object.keys(names).length + Object.keys(order).length === 0) return source;
  const known = new Map(Object.entries(names).map(([key, name]) => [keyOf(key), { key, name }]));
  const orders = new Map(
    Object.entries(order).map(([setting, values]) => [keyOf(setting), { setting, values }]),
  );
  const nameOf: NameOf = (key) => {
    const found = known.get(key);
    if (found) uses.names.add(found.key);
    return found?.name;
  };
  const arranged = (setting: VaryingSetting): VaryingSetting => {
    const found = orders.get(setting.path);
    if (!found) return setting;
    uses.orders.set(found.setting, setting.labels);
    return inOrder(setting, found.values);
  };
  return {
    ...source,
    cells: (metric) => renamedTable(source.cells(metric), nameOf, arranged),
    dataset: async (name) => {
      const found = await source.dataset(name);
      return found && { ...found, classes: found.classes.map((each) => nameOf(each) ?? each) };
    },
  };
}

/** The words that charts may write for a key of `GivenNames`: itself and, of a setting or metric, its title, also with its unit. */
export function wordsOfName(key: string): readonly string[] {
  const column = resolveColumn(key);
  if (!column) return [key];
  const { title, axis } = quantityOf(column);
  return [key, title, axis];
}

/** The names of words as charts write them: those of settings and metrics by their titles, on axes with the unit. */
export function namesOfWords(names: GivenNames): GivenNames {
  const titles = Object.entries(names).flatMap(([key, name]): [string, string][] => {
    const column = resolveColumn(key);
    if (!column) return [];
    const { title, axis } = quantityOf(column);
    return [
      [title, name],
      [axis, axis.replace(title, name)],
    ];
  });
  return { ...Object.fromEntries(titles), ...names };
}

/** `sr=0.5` with the path of the setting; other words as they are. */
function keyOf(key: string): string {
  const [, setting = key, value = ''] = /^([^=]*[^=\s])(=\S.*)$/s.exec(key) ?? [];
  return `${resolveColumn(setting)?.key ?? setting}${value}`;
}

function renamedTable(
  table: CellTable,
  nameOf: NameOf,
  arranged: (setting: VaryingSetting) => VaryingSetting,
): CellTable {
  return {
    ...table,
    quantity: renamedQuantity(table.quantity, nameOf),
    judge: renamedQuantity(table.judge, nameOf),
    varying: table.varying.map((setting) => renamedSetting(arranged(setting), nameOf)),
  };
}

function renamedQuantity(quantity: Quantity, nameOf: NameOf): Quantity {
  const name = nameOf(quantity.name);
  if (name === undefined) return quantity;
  return { ...quantity, title: name, short: name, axis: quantity.axis.replace(quantity.title, name) };
}

function renamedSetting(setting: VaryingSetting, nameOf: NameOf): VaryingSetting {
  const { path, title, short, labels } = setting;
  const name = nameOf(path);
  return {
    ...setting,
    ...{ title: name ?? title, short: name ?? short },
    labels: labels.map((label) => nameOf(`${path}=${label}`) ?? label),
  };
}

function inOrder(setting: VaryingSetting, order: readonly string[]): VaryingSetting {
  const { labels, values } = setting;
  if (!order.some((label) => labels.includes(label))) return setting;
  const rank = (place: number): number => {
    const at = order.indexOf(labels[place] ?? '');
    return at < 0 ? order.length + place : at;
  };
  const places = [...labels.keys()].toSorted((one, other) => rank(one) - rank(other));
  return {
    ...setting,
    values: places.map((place) => values[place] ?? null),
    labels: places.map((place) => labels[place] ?? ''),
    isArranged: true,
  };
}
