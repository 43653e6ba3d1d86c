import { computed, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import { freeOf } from '../../../src-shared/machine/card.ts';
import type { TrainedBefore } from '../../../src-shared/runs/trained-before.ts';
import { request } from '../../connection/request.ts';
import { useLoading } from '../../stores/loading.ts';
import { useSettings } from '../../stores/settings.ts';
import { useTaskEnd } from '../../stores/tasks.ts';
import type { Machine } from './plan-draft.ts';

/** What is known of the machine that a study is going to train on. */
export interface KnownMachine {
  /** Null until it is known. */
  readonly machine: ComputedRef<Machine | null>;
  /** Of runs that were trained on it. */
  readonly trained: ShallowRef<TrainedBefore>;
  readonly problem: Ref<string>;
}

/** The machine as its engine computes on it; another engine may be installed meanwhile. */
export function useMachine(): KnownMachine {
  const settings = useSettings();
  const found = shallowRef<Omit<Machine, 'jobs'> | null>(null);
  const trained = shallowRef<TrainedBefore>({ speeds: [], times: [] });
  const { problem, load } = useLoading(async (isLatest) => {
    const [before, { cores, memory }, engines] = await Promise.all([
      request('studies.trainedBefore', {}),
      request('application.state', {}),
      request('engines.list', {}),
    ]);
    const engine = engines.find(({ selected }) => selected);
    const peaks = new Map(engine ? await request('studies.peaks', { engine: engine.name }) : []);
    if (!isLatest()) return;
    trained.value = before;
    const device = engine?.kind ?? 'cpu';
    const own: Omit<Machine, 'jobs'> = {
      ...{ cores, device, cards: 0, measured: engine?.trainers ?? [] },
      ...{ memory: { ...memory, cards: [] }, peaks },
    };
    // nvidia-smi may take seconds, in which what is known of the cards stays
    if (device === 'cpu' || found.value === null) found.value = own;
    if (device === 'cpu') return;
    const { trainerCards } = await request('devices.list', {});
    if (!isLatest()) return;
    const { length: cards } = trainerCards;
    const card = trainerCards[0]?.name ?? engine?.devices[0] ?? 'GPU';
    found.value = { ...own, cards, card, memory: { ...memory, cards: trainerCards.map(freeOf) } };
  });
  useTaskEnd(['engines'], () => void load());
  const machine = computed(() => {
    const { jobs } = settings.settings;
    // what is measured is known when a study begins
    return found.value && { ...found.value, jobs: jobs === 'auto' ? null : jobs };
  });
  return { machine, trained, problem };
}
