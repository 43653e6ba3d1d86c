import { Problem } from '../mistakes/problem.ts';
import { andList } from '../lists.ts';
import { resolveColumn } from '../runs/resolve-column.ts';
import type { CellTable, VaryingSetting } from './cells/measured-cell.ts';
import type { ChartSource } from './chart-source.ts';
import { type Quantity, quantityOf } from './quantity.ts';

/**
 * What things are called instead: a setting or metric by its name (`sr`, `testAccuracy`), a value of a setting (`sr=0.5`), or any other
 * words of a figure as they are.
 */
export type GivenNames = Readonly<Record<string, string>>;

/** The values of settings, by the names of these, in the order in which they are to stand; what is not named comes behind. */
export type GivenOrder = Readonly<Record<string, readonly string[]>>;

/**
 * A source whose settings, values, metrics and classes are called as it is given, with values in the order that is given.
 * The cells' table throws a Problem `usage` for an order of a value that there is not.
 */
export function withNames(source: ChartSource, names: GivenNames, order: GivenOrder): ChartSource {
  if (Object.keys(names).length + Object.keys(order).length === 0) return source;
  const known = new Map(Object.entries(names).map(([key, name]) => [keyOf(key), name]));
  const orders = new Map(Object.entries(order).map(([setting, values]) => [keyOf(setting), values]));
  return {
    ...source,
    cells: (metric) => renamedTable(source.cells(metric), known, orders),
    dataset: async (name) => {
      const found = await source.dataset(name);
      return found && { ...found, classes: found.classes.map((each) => known.get(each) ?? each) };
    },
  };
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
  names: ReadonlyMap<string, string>,
  orders: ReadonlyMap<string, readonly string[]>,
): CellTable {
  return {
    ...table,
    quantity: renamedQuantity(table.quantity, names),
    judge: renamedQuantity(table.judge, names),
    varying: table.varying.map((setting) =>
      renamedSetting(inOrder(setting, orders.get(setting.path) ?? []), names),
    ),
  };
}

function renamedQuantity(quantity: Quantity, names: ReadonlyMap<string, string>): Quantity {
  const name = names.get(quantity.name);
  if (name === undefined) return quantity;
  return { ...quantity, title: name, short: name, axis: quantity.axis.replace(quantity.title, name) };
}

function renamedSetting(setting: VaryingSetting, names: ReadonlyMap<string, string>): VaryingSetting {
  const { path, title, short, labels } = setting;
  const name = names.get(path);
  return {
    ...setting,
    ...{ title: name ?? title, short: name ?? short },
    labels: labels.map((label) => names.get(`${path}=${label}`) ?? label),
  };
}

/** @throws Problem `usage` for a value that the setting does not have */
function inOrder(setting: VaryingSetting, order: readonly string[]): VaryingSetting {
  if (order.length === 0) return setting;
  const { labels, values, title } = setting;
  const unknown = order.filter((label) => !labels.includes(label));
  if (unknown.length > 0)
    throw new Problem('usage', `${title} has no value ${andList(unknown)} here; it has ${andList(labels)}.`);
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
