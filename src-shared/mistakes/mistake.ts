/** Keys and places from the outside in, e.g. `['vary', 'network.sr', 2]`; empty for the whole. */
export type Path = readonly PropertyKey[];

/**
 * Something wrong in what a person gave: where it stands, what stands there, and what would be right. Every border uses
 * it (study files, networks, parameters of requests, settings of methods) and hands it on as it is: sentences are made
 * where they are shown, by `showMistake`, and nothing is read back out of them.
 */
export interface Mistake {
  readonly path: Path;
  /** What stands there; undefined where nothing does. */
  readonly value: unknown;
  /** What is wrong and what would be right, without the path: `1.5 is not accepted; it must be …`. */
  readonly message: string;
}

/** A mistake in a text: its line counts from 1, and is null where the text has no such place. */
export interface PlacedMistake extends Mistake {
  readonly line: number | null;
}

/** What was made of what a person gave, or all that is wrong with it. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

export function right<Value>(value: Value): Checked<Value> {
  return { ok: true, value };
}

export function wrong(...mistakes: readonly Mistake[]): Checked<never> {
  return { ok: false, mistakes };
}

/** The same mistake in something that stands inside of something else. */
export function within(base: Path, mistake: Mistake): Mistake {
  return { ...mistake, path: [...base, ...mistake.path] };
}
