import type { Analysis } from '../../analysis/analysis-result.ts';
import { comparableAnalyses } from '../../analysis/comparable-analyses.ts';
import { counted } from '../../counted.ts';
import { accountNotes } from '../cells/account-notes.ts';
import { importedNotes } from '../cells/imported-cells.ts';
import { type CellTable, countedRuns } from '../cells/measured-cell.ts';
import { MissingAnalyses } from './missing-analyses.ts';

/** What one method found of the runs of a chart, as far as it can be compared. */
export interface AnalysedRuns {
  readonly byRun: ReadonlyMap<string, Analysis>;
  /** What is to be said of the runs that are left out; empty without such. */
  readonly notes: readonly string[];
}

/**
 * @param analyses what is known of the runs, at least by the method.
 * @param what is looked for, in words for people.
 * @throws MissingAnalyses where nothing is known of these runs.
 */
export function analysedRuns(
  table: CellTable,
  analyses: readonly Analysis[],
  method: string,
  what: string,
): AnalysedRuns {
  const runs = new Set(countedRuns(table));
  const own = analyses.filter(({ run }) => runs.has(run));
  const { byRun, otherwise } = comparableAnalyses(own, method);
  if (byRun.size === 0) throw new MissingAnalyses(`No results of "${what}" for these runs.`, method);
  const unknown = runs.size - byRun.size - otherwise.length;
  return {
    byRun,
    notes: [
      ...accountNotes(table),
      ...importedNotes(table, byRun),
      unknown > 0 ? `${counted(unknown, 'run')} not analysed` : '',
      otherwise.length > 0 ? `${counted(otherwise.length, 'run')} analysed with other settings left out` : '',
    ].filter((note) => note !== ''),
  };
}
