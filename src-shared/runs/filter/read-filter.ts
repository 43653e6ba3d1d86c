import { FilterProblem } from './filter-problem.ts';
import { FilterReader, parseWith } from './parse-filter.ts';

/**
 * A filter as far as it is written.
 *
 * - complete: nothing is missing, and its last condition has ended: by a blank, a quotation mark or a parenthesis
 * - open: nothing is missing, but its last condition may go on: `acc` may become `accuracy>80%`, and `study:de` `study:demo`
 * - incomplete: more has to follow: `sr<=`, `state:compl`, `(a or`
 * - wrong: nothing that follows makes it right
 */
export type FilterState = 'complete' | 'open' | 'incomplete' | 'wrong';

export interface FilterReading {
  readonly state: FilterState;
  /**
   * How many characters are sure, whatever is typed next: of a filter that is not complete, the conditions before the last.
   * They can be read as a filter of their own.
   */
  readonly sureEnd: number;
  /** Null where the filter is complete or open. */
  readonly problem: FilterProblem | null;
}

/** Reads a filter that is being typed. Never throws, whatever the text is. */
export function readFilter(text: string): FilterReading {
  const reader = new FilterReader(text);
  try {
    parseWith(reader);
    const [last = 0, before = 0] = reader.ends.toReversed();
    // what stands between quotation marks or parentheses has ended
    const isOpen = last === text.length && !/["')]$/.test(text) && text !== '';
    if (!isOpen) return { state: 'complete', sureEnd: text.length, problem: null };
    return { state: 'open', sureEnd: before, problem: null };
  } catch (error) {
    if (!(error instanceof FilterProblem)) throw error;
    const mayGoOn = error.isOpen ?? error.end >= text.length;
    return { state: mayGoOn ? 'incomplete' : 'wrong', sureEnd: reader.ends.at(-1) ?? 0, problem: error };
  }
}
