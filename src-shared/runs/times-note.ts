import { counted } from '../counted.ts';
import { whole } from '../numbers.ts';
import type { RunRecord } from '../studies/run-record.ts';
import type { Column } from './column.ts';

/**
 * What is to be said where times or speeds of runs are compared that were not trained in one stretch: `of 6 runs 2 include the training of
 * the shorter run from whose end they went on, 1 was interrupted and has the time of all stretches together`; empty where all were, or none
 * of the columns has a time.
 */
export function timesNote(
  columns: readonly Pick<Column, 'key' | 'kind'>[],
  runs: readonly Pick<RunRecord, 'extension' | 'interruptions'>[],
): string {
  if (!columns.some(isOfTime)) return '';
  const extended = runs.filter(({ extension }) => (extension?.step ?? 0) > 0).length;
  const interrupted = runs.filter(({ interruptions }) => interruptions.length > 0).length;
  const parts = [
    ...(extended > 0
      ? [
          `${whole(extended)} ${extended === 1 ? 'includes' : 'include'} the training of the shorter run from whose end ${extended === 1 ? 'it' : 'they'} went on`,
        ]
      : []),
    ...(interrupted > 0
      ? [
          `${whole(interrupted)} ${interrupted === 1 ? 'was' : 'were'} interrupted and ${interrupted === 1 ? 'has' : 'have'} the time of all stretches together`,
        ]
      : []),
  ];
  return parts.length === 0 ? '' : `of ${counted(runs.length, 'run')} ${parts.join(', ')}`;
}

function isOfTime({ key, kind }: Pick<Column, 'key' | 'kind'>): boolean {
  return kind === 'duration' || key === 'imagesPerSecond';
}
