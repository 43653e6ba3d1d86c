/** A number with its noun in the right form: `1 run`, `3 runs`, `1,200 classes`. */
export function counted(n: number, one: string, more = `${one}s`): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? one : more}`;
}
