import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { EpochPoint, StepPoint } from '../../src-shared/contract/trainer-protocol.ts';
import { useConnection } from './connection.ts';

/** The newest points of a run that trains. */
export interface LivePoints {
  readonly step: StepPoint | null;
  readonly epoch: EpochPoint | null;
}

/** Where the running runs are, from the events; empty until the first one after a load. */
export const useLive = defineStore('live', () => {
  const points = shallowReactive(new Map<string, LivePoints>());

  useConnection().listen((event) => {
    if (event.type === 'points') {
      const before = points.get(event.run);
      points.set(event.run, {
        step: event.steps.at(-1) ?? before?.step ?? null,
        epoch: event.epochs.at(-1) ?? before?.epoch ?? null,
      });
    }
    if (event.type === 'runs') {
      for (const { id, state } of event.runs) if (state !== 'running') points.delete(id);
    }
  });
  return { points };
});
