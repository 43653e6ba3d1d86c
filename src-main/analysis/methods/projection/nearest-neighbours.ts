import type { Matrix } from '../../measures/matrix.ts';

/** For each row all others, the nearest first (Euclidean; the earlier one first among equals). */
export function neighbourOrders({ rows, columns, values }: Matrix): Uint32Array[] {
  const distances = new Float64Array(rows);
  return Array.from({ length: rows }, (_, row) => {
    for (let other = 0; other < rows; other++) {
      let sum = 0;
      for (let i = 0; i < columns; i++)
        sum += ((values[row * columns + i] ?? 0) - (values[other * columns + i] ?? 0)) ** 2;
      distances[other] = sum;
    }
    return Uint32Array.from({ length: rows }, (_other, other) => other)
      .filter((other) => other !== row)
      .sort((a, b) => (distances[a] ?? 0) - (distances[b] ?? 0) || a - b);
  });
}

/**
 * Share of the rows whose class is the most frequent one among their k nearest others (leave one out); of equally
 * frequent classes the lowest counts.
 */
export function neighbourAccuracy(
  orders: readonly Uint32Array[],
  labels: ArrayLike<number>,
  k: number,
): number {
  let right = 0;
  for (const [row, order] of orders.entries()) {
    const counts = new Map<number, number>();
    for (const other of order.subarray(0, k)) {
      const label = labels[other] ?? 0;
      counts.set(label, (counts.get(label) ?? 0) + 1);
    }
    const [winner] = [...counts].sort(([a, x], [b, y]) => y - x || a - b);
    if (winner?.[0] === labels[row]) right++;
  }
  return right / orders.length;
}

/**
 * Trustworthiness of a map (Venna and Kaski, 2001): 1 where the k nearest on the map are among the k nearest in truth;
 * less, the further away those are that came too near.
 */
export function trustworthiness(
  truth: readonly Uint32Array[],
  map: readonly Uint32Array[],
  k: number,
): number {
  const n = truth.length;
  let penalty = 0;
  for (const [row, order] of truth.entries()) {
    const ranks = new Uint32Array(n);
    for (const [rank, other] of order.entries()) ranks[other] = rank + 1;
    for (const other of map[row]?.subarray(0, k) ?? []) penalty += Math.max(0, (ranks[other] ?? 0) - k);
  }
  return 1 - (2 * penalty) / (n * k * (2 * n - 3 * k - 1));
}
