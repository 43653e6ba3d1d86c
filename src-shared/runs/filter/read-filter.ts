import type { FilterNode } from './filter-node.ts';
import { FilterProblem } from './filter-problem.ts';
import { FilterReader, parseFilter, parseWith } from './parse-filter.ts';

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
  /** The whole; null where it is incomplete or wrong. */
  readonly whole: FilterNode | null;
  /** The conditions that are sure, whatever is typed next: of a filter that is not complete, those before the last. */
  readonly sure: FilterNode;
  /** How many characters of the text they are. */
  readonly sureEnd: number;
  /** Null where the filter is complete or open. */
  readonly problem: FilterProblem | null;
}

/** Reads a filter that is being typed. Never throws, whatever the text is. */
export function readFilter(text: string): FilterReading {
  const reader = new FilterReader(text);
  try {
    const whole = parseWith(reader);
    const [last = 0, before = 0] = reader.ends.toReversed();
    // what stands between quotation marks or parentheses has ended
    const isOpen = last === text.length && !/["')]$/.test(text) && text !== '';
    if (!isOpen) return { state: 'complete', whole, sure: whole, sureEnd: text.length, problem: null };
    return { state: 'open', whole, ...beginning(text, before), problem: null };
  } catch (error) {
    if (!(error instanceof FilterProblem)) throw error;
    const mayGoOn = error.isOpen ?? error.end >= text.length;
    const state = mayGoOn ? 'incomplete' : 'wrong';
    return { state, whole: null, ...beginning(text, reader.ends.at(-1) ?? 0), problem: error };
  }
}

/** What has been read as conditions before can be read again. */
function beginning(text: string, sureEnd: number): Pick<FilterReading, 'sure' | 'sureEnd'> {
  return { sure: parseFilter(text.slice(0, sureEnd)), sureEnd };
}
