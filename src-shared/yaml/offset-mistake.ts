import type { Mistake } from '../mistakes/mistake.ts';

/** A mistake in a text, by the place of its first character; null for the text as a whole. */
export interface OffsetMistake extends Mistake {
  readonly offset: number | null;
}

/** Of the text, and not of something in it that has a path. */
export function mistakeAt(offset: number | null, message: string): OffsetMistake {
  return { path: [], value: undefined, message, offset };
}
