import { useRouter } from 'vue-router';
import { useLastAddresses } from '../stores/last-addresses.ts';
import { useSelection } from '../stores/selection.ts';

/** Opens the runs of a mark that was clicked in the table of runs, selected. @param datum as the chart made it */
export function useOpenRuns(): (datum: unknown) => void {
  const selection = useSelection();
  const addresses = useLastAddresses();
  const router = useRouter();
  return (datum) => {
    const { runs, cell } = datum as { runs?: readonly string[]; cell?: { runs: readonly string[] } | null };
    const ids = cell?.runs ?? runs ?? [];
    if (ids.length === 0) return;
    selection.set(ids, true);
    void router.push(addresses.backWith('/runs', { filter: `id in (${ids.join(', ')})` }));
  };
}
