import { showValue } from '../../../src-shared/mistakes/show-value.ts';
import { readFilter } from '../../../src-shared/runs/filter/read-filter.ts';

/** What of a filter the table follows. */
export interface ShownFilter {
  /** The filter, or the beginning of it that is sure. Can always be read. */
  readonly text: string;
  /** What is to be said of what is typed and not yet followed; empty where there is nothing. */
  readonly note: string;
  /** What is wrong; empty where nothing is. */
  readonly mistake: string;
}

/**
 * While a filter is typed its last condition may be half of a word: it is not followed before it says something, so that
 * the table does not empty and fill again.
 *
 * @param isTyped whether more may follow
 * @param finds whether any run passes a filter
 */
export function shownFilter(text: string, isTyped: boolean, finds: (filter: string) => boolean): ShownFilter {
  const { state, sureEnd, problem } = readFilter(text);
  if (problem === null && (state === 'complete' || !isTyped || finds(text)))
    return { text, note: '', mistake: '' };
  const sure = text.slice(0, sureEnd);
  const rest = showValue(text.slice(sureEnd).trim());
  const isAll = sure.trim() === '';
  const shown = isAll ? 'Showing all runs' : `Showing runs that match ${showValue(sure.trim())}`;
  if (problem === null) {
    const none = isAll ? 'none matches' : 'none of them matches';
    return { text: sure, note: `${shown}; ${none} ${rest} so far.`, mistake: '' };
  }
  if (state === 'incomplete' && isTyped)
    return { text: sure, note: `${shown}; ${rest} is not complete yet.`, mistake: '' };
  return { text: sure, note: `${shown}.`, mistake: problem.message };
}
