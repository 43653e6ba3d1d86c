import { shallowRef, type Ref } from 'vue';
import { keepSample, type MachineSample } from '../../src-shared/machine/machine-sample.ts';
import { request } from '../connection/request.ts';
import { type Loading, useLoading } from './loading.ts';

export interface ShownMachine extends Loading {
  readonly samples: Readonly<Ref<readonly MachineSample[]>>;
}

/** What the machine did while a study trained, the latest by events. */
export function useMachine(study: () => string): ShownMachine {
  const samples = shallowRef<readonly MachineSample[]>([]);
  const loading = useLoading(
    async (isLatest) => {
      const found = await request('studies.machine', { study: study() });
      if (isLatest()) samples.value = found;
    },
    (event) => {
      if (event.type !== 'execution' || event.study !== study()) return;
      if (event.event.type !== 'machine sampled') return;
      const { sample } = event.event;
      // an answer may have it already
      if (sample.at > (samples.value.at(-1)?.at ?? 0)) samples.value = keepSample(samples.value, sample);
    },
  );
  return { samples, ...loading };
}
