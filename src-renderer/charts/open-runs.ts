import { useRouter } from 'vue-router';
import { useLastAddresses } from '../stores/last-addresses.ts';
import { useRunTable } from '../stores/run-table.ts';
import { useSelection } from '../stores/selection.ts';
import { selectionFilter } from './selection-filter.ts';

/** Of more runs a filter with each would be too long. */
const MOST_LISTED = 500;

/** Opens the runs of a mark that was clicked in the table of runs, selected. @param datum as the chart made it */
export function useOpenRuns(): (datum: unknown) => void {
  const selection = useSelection();
  const table = useRunTable();
  const addresses = useLastAddresses();
  const router = useRouter();
  return (datum) => {
    const { runs, cell } = datum as { runs?: readonly string[]; cell?: { runs: readonly string[] } | null };
    const ids = cell?.runs ?? runs ?? [];
    if (ids.length === 0) return;
    selection.set(ids, true);
    const filter =
      ids.length <= MOST_LISTED ? `id in (${ids.join(', ')})` : selectionFilter(new Set(ids), table.runs);
    // what no filter finds is there to be seen among all others
    void router.push(addresses.backWith('/runs', { filter: filter ?? '' }));
  };
}
