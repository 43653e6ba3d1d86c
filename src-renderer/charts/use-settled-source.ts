import { type Ref, shallowRef, watch } from 'vue';
import { accountNotes } from '../../src-shared/charts/cells/account-notes.ts';
import { countedRuns } from '../../src-shared/charts/cells/measured-cell.ts';
import type { ChartSource } from '../../src-shared/charts/chart-source.ts';

/**
 * A source as long as its cells have the same runs that count: runs in training change at every step, but nothing of what is made of
 * complete ones.
 */
export function useSettledSource(
  source: () => ChartSource,
  metric: () => string,
): Readonly<Ref<ChartSource>> {
  const settled = shallowRef(source());
  const contentOf = (of: ChartSource): string => {
    const table = of.cells(metric());
    const [cells, runs] = [table.cells.map(({ id }) => id), countedRuns(table)];
    return [...cells, ...runs, ...accountNotes(table)].join(' ');
  };
  watch(source, (now) => {
    if (contentOf(now) !== contentOf(settled.value)) settled.value = now;
  });
  return settled;
}
