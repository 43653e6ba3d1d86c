/** A number with its noun in the right form: `1 run`, `3 runs`. */
export function counted(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
