/** What the marks are, with n: e.g. `mean and 95 % t interval, n = 3 runs per cell`. `counts` has one n per cell. */
export function meanText(counts: readonly number[]): string {
  const drawn = counts.filter((n) => n > 0);
  if (drawn.length === 0) return 'no finished runs yet';
  const [least, most] = [Math.min(...drawn), Math.max(...drawn)];
  if (most === 1) return 'n = 1 run per cell: no interval';
  return `mean and 95 % t interval, n = ${least === most ? most : `${least} to ${most}`} runs per cell`;
}
