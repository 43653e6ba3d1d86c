import { computed, type ComputedRef } from 'vue';
import type { RunRow } from '../../../src-shared/runs/run-row.ts';
import { runsAt } from '../../../src-shared/runs/replicates.ts';
import { type NetworkOption, useNetworkOptions } from '../../pictures/network-options.ts';
import { useComparedHere } from './use-compared-here.ts';

interface ComparedNetworks {
  /** The runs that are compared and have weights: first one of each cell, the best cells first, then the other seeds; those that are selected before the others. */
  readonly networks: ComputedRef<readonly NetworkOption[]>;
  /** How many others have left theirs elsewhere; a sentence, empty where there are none. */
  readonly elsewhere: ComputedRef<string>;
}

export function useComparedNetworks(): ComparedNetworks {
  const { chosen, ranked, selected } = useComparedHere();
  const options = useNetworkOptions();
  const runs = computed(() => runsAt(chosen.value.index, chosen.value.rows));
  const networks = computed(() => {
    const known = new Map(runs.value.map((run) => [run.id, run]));
    const firsts = ranked.value.cells.flatMap(({ measured }) => known.get(measured[0]?.run ?? '') ?? []);
    const all = [...new Set([...firsts, ...runs.value])];
    const isSelected = ({ id }: RunRow): boolean => selected.value.has(id);
    return options.ofRuns([...all.filter(isSelected), ...all.filter((run) => !isSelected(run))]);
  });
  return { networks, elsewhere: computed(() => options.elsewhere(runs.value)) };
}
