/** How often each kind of operation is in the recorded step of each network. */
export interface OperationCounts {
  readonly networks: readonly string[];
  /** The most frequent first. */
  readonly kinds: readonly { readonly kind: string; readonly counts: readonly number[] }[];
  /** Of each network. */
  readonly totals: readonly number[];
}

/** @param steps names of the operations, by network */
export function countOperations(steps: Readonly<Record<string, readonly string[]>>): OperationCounts {
  const networks = Object.keys(steps);
  const kinds = [...new Set(Object.values(steps).flat())].map((kind) => ({
    kind,
    counts: networks.map((network) => (steps[network] ?? []).filter((name) => name === kind).length),
  }));
  const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
  return {
    networks,
    kinds: kinds.sort((a, b) => sum(b.counts) - sum(a.counts) || (a.kind < b.kind ? -1 : 1)),
    totals: networks.map((network) => steps[network]?.length ?? 0),
  };
}

/** Rows of a table: all of them, then each kind. */
export function operationRows({ kinds, totals }: OperationCounts): (string | number)[][] {
  return [['all', ...totals], ...kinds.map(({ kind, counts }) => [kind, ...counts])];
}
