/** What of the names, colours and orders of a style something was found for, as a chart is gathered and drawn. */
export interface NameUses {
  /** Keys as they are given, and the words that they stand for. */
  readonly names: Set<string>;
  readonly colours: Set<string>;
  /** By setting, as it is given, the values that it has. */
  readonly orders: Map<string, readonly string[]>;
}

export function noUses(): NameUses {
  return { names: new Set(), colours: new Set(), orders: new Map() };
}

/** A record that tells which of its keys were looked up. */
export function listening<Value>(
  record: Readonly<Record<string, Value>>,
  used: Set<string>,
): Readonly<Record<string, Value>> {
  return new Proxy(record, {
    // what `Object.hasOwn` asks, by which charts look
    getOwnPropertyDescriptor: (target, key) => {
      const found = Reflect.getOwnPropertyDescriptor(target, key);
      if (found && typeof key === 'string') used.add(key);
      return found;
    },
  });
}

/** What is given and matches nothing, in sentences. @param uses of each chart of a figure */
export function unusedNames(
  given: {
    readonly names: Readonly<Record<string, string>>;
    readonly colours: Readonly<Record<string, string>>;
    readonly order: Readonly<Record<string, readonly string[]>>;
  },
  uses: readonly NameUses[],
  wordsOf: (key: string) => readonly string[],
): string[] {
  const isNamed = (key: string): boolean =>
    uses.some(({ names }) => wordsOf(key).some((word) => names.has(word)));
  return [
    ...Object.keys(given.names)
      .filter((key) => !isNamed(key))
      .map((key) => `Nothing here is called "${key}": its other name is not used.`),
    ...Object.keys(given.colours)
      .filter((key) => !uses.some(({ colours }) => colours.has(key)))
      .map((key) => `No series here is called "${key}": its colour is not used.`),
    ...Object.entries(given.order).flatMap(([setting, values]) => unusedOrder(setting, values, uses)),
  ];
}

function unusedOrder(setting: string, values: readonly string[], uses: readonly NameUses[]): string[] {
  const known = uses.flatMap(({ orders }) => orders.get(setting) ?? []);
  if (known.length === 0) return [`"${setting}" does not vary here: the order of its values is not used.`];
  const unknown = values.filter((value) => !known.includes(value));
  if (unknown.length === 0) return [];
  return [`"${setting}" has no value ${unknown.join(', ')} here; it has ${[...new Set(known)].join(', ')}.`];
}
