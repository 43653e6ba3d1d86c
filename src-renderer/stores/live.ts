import { defineStore } from 'pinia';
import { shallowReactive } from 'vue';
import type { TrainingPhase } from '../../src-shared/studies/trainer-protocol.ts';
import { type MeanSpeed, meanSpeed } from '../../src-shared/metrics/mean-speed.ts';
import type { EpochPoint, StepPoint } from '../../src-shared/metrics/measured-values.ts';
import { useConnection } from './connection.ts';

/** The newest points of a run that trains. */
export interface LivePoints {
  readonly step: StepPoint | null;
  readonly epoch: EpochPoint | null;
  /** Of the steps that were told last. */
  readonly speed: MeanSpeed | null;
  /** The first step that was told here and the last, in milliseconds: its pace, without what came before. */
  readonly first: SeenStep | null;
  readonly last: SeenStep | null;
}

interface SeenStep {
  readonly step: number;
  readonly at: number;
}

/** Where the running runs are, from the events; empty until the first one after a load. */
export const useLive = defineStore('live', () => {
  const points = shallowReactive(new Map<string, LivePoints>());

  /** What the trainers of runs are at that make no steps just now. */
  const phases = shallowReactive(new Map<string, TrainingPhase>());

  /** The last step whose histograms the store has, of runs that were recorded since a load. */
  const recorded = shallowReactive(new Map<string, number>());

  useConnection().listen((event) => {
    if (event.type === 'execution') {
      if (event.event.type === 'run phase') phases.set(event.event.run, event.event.phase);
      if (event.event.type === 'run started') phases.delete(event.event.run);
    }
    if (event.type === 'points') {
      for (const step of event.histograms) recorded.set(event.run, step);
      const before = points.get(event.run);
      const step = event.steps.at(-1) ?? before?.step ?? null;
      const last = step && { step: step.step, at: performance.now() };
      points.set(event.run, {
        step,
        epoch: event.epochs.at(-1) ?? before?.epoch ?? null,
        speed: meanSpeed(event.steps) ?? before?.speed ?? null,
        first: before?.first ?? last,
        last,
      });
    }
    if (event.type === 'runs') {
      for (const { id, state } of event.runs) {
        if (state === 'running') continue;
        points.delete(id);
        phases.delete(id);
      }
    }
  });
  return { points, phases, recorded };
});
