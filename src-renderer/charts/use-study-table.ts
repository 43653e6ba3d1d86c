import { useTimeoutFn } from '@vueuse/core';
import { onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import type { CellTable } from '../../src-shared/charts/cells/measured-cell.ts';
import { sourceOfRuns } from '../../src-shared/charts/chart-source.ts';
import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import { chooseRuns } from '../../src-shared/runs/choose-runs.ts';
import { useRunTable } from '../stores/run-table.ts';
import { inTurn, leaveTurn } from '../components/in-turn.ts';

/** Milliseconds after which the runs that a study's counts speak of are there, too. */
const SETTLED = 500;

/**
 * The cells of a study in a list of many: made when somebody sees it, and anew when a run has ended or the study has changed, not at
 * every step of what trains. Null before.
 */
export function useStudyTable(
  study: () => StudyListing,
  isSeen: () => boolean,
): Readonly<Ref<CellTable | null>> {
  const runs = useRunTable();
  const table = shallowRef<CellTable | null>(null);
  const make = (): void => {
    const { name, metric } = study();
    const chosen = chooseRuns(runs.index, runs.cells.values(), { kind: 'study', study: name });
    table.value = sourceOfRuns(chosen).cells(metric);
  };
  const later = useTimeoutFn(make, SETTLED, { immediate: false });
  onScopeDispose(() => leaveTurn(make));
  let made = '';
  watch(
    [study, isSeen, () => runs.pending],
    ([{ name, metric, complete, updatedAt, leftOut }, seen, pending]) => {
      const now = JSON.stringify([name, metric, complete, updatedAt, leftOut]);
      if (!seen || pending || now === made) return;
      if (made === '') inTurn(make);
      else later.start();
      made = now;
    },
    { immediate: true },
  );
  return table;
}
