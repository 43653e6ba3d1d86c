import { computed, type Ref } from 'vue';
import type { NetworkRecord } from '../../src-shared/networks/network-record.ts';
import { hasWeights } from '../../src-shared/runs/has-weights.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';
import { runName } from '../../src-shared/studies/run-name.ts';
import { useNetworks } from '../stores/networks.ts';
import { useRunTable } from '../stores/run-table.ts';
import type { NetworkChoice } from './network-choice.ts';

/** What analyses are about, by its id: a run, or a network that was trained elsewhere. */
export type Subject =
  | { readonly kind: 'run'; readonly run: RunRow }
  | { readonly kind: 'imported'; readonly network: NetworkRecord };

export interface KnownSubject {
  /** Null where there is none, and as long as it is not known. */
  readonly subject: Ref<Subject | null>;
  readonly pending: Ref<boolean>;
  readonly problem: Ref<string>;
}

/** @param id of a run or of an imported network */
export function useSubject(id: () => string): KnownSubject {
  const table = useRunTable();
  const imported = useNetworks();
  const subject = computed<Subject | null>(() => {
    const run = table.byId(id());
    if (run) return { kind: 'run', run };
    const network = imported.networks.find((each) => each.id === id());
    return network ? { kind: 'imported', network } : null;
  });
  return {
    subject,
    pending: computed(() => subject.value === null && (table.pending || imported.pending)),
    problem: computed(() => table.problem || imported.problem),
  };
}

export function choiceOfSubject(subject: Subject): NetworkChoice {
  if (subject.kind === 'run') return { kind: 'run', run: subject.run.id };
  return { kind: 'imported', name: subject.network.name };
}

export function subjectName(subject: Subject): string {
  return subject.kind === 'run' ? runName(subject.run) : subject.network.name;
}

/** Of a run only once it is complete, and where its weights are. */
export function canBeAnalysed(subject: Subject): boolean {
  return subject.kind === 'imported' || hasWeights(subject.run);
}
