import { whole } from './numbers.ts';

/** A number with its noun in the right form: `1 run`, `3 runs`, `1,200 classes`. */
export function counted(n: number, one: string, more = `${one}s`): string {
  return `${whole(n)} ${n === 1 ? one : more}`;
}
