import { computed, type ComputedRef } from 'vue';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { type NetworkOption, useNetworkOptions } from '../../pictures/network-options.ts';
import { useComparedHere } from './use-compared-here.ts';

/** The complete runs that are compared: first one of each cell, the best cells first, then the other seeds. */
export function useComparedNetworks(): ComputedRef<readonly NetworkOption[]> {
  const { chosen, ranked } = useComparedHere();
  const { ofRuns } = useNetworkOptions();
  return computed(() => {
    const runs = runsAt(chosen.value.index, chosen.value.rows);
    const known = new Map(runs.map((run) => [run.id, run]));
    const firsts = ranked.value.cells.flatMap(({ measured }) => known.get(measured[0]?.run ?? '') ?? []);
    return ofRuns([...new Set([...firsts, ...runs])]);
  });
}
