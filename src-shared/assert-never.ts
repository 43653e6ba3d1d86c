/** Marks a branch that the types rule out; throws if a value slips through from outside the types. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
