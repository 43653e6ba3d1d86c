import { useRouter } from 'vue-router';
import { useSelection } from '../stores/selection.ts';

/** Opens the runs of a mark that was clicked in the table of runs, selected. @param datum as the chart made it */
export function useOpenRuns(): (datum: unknown) => void {
  const selection = useSelection();
  const router = useRouter();
  return (datum) => {
    const { runs, cell } = datum as { runs?: readonly string[]; cell?: { runs: readonly string[] } | null };
    const ids = cell?.runs ?? runs ?? [];
    if (ids.length === 0) return;
    selection.set(ids, true);
    void router.push({ path: '/runs', query: { filter: `id in (${ids.join(', ')})` } });
  };
}
