const ALL = new Intl.ListFormat('en-GB');
const ONE = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** `sgd, adam and adamw`. */
export function andList(words: Iterable<string>): string {
  return ALL.format(words);
}

/** `sgd, adam or adamw`. */
export function orList(words: Iterable<string>): string {
  return ONE.format(words);
}
