import { max, median, min, sum } from 'd3-array';
import type { TracedRun } from './read-trace.ts';

/** What one kind of work takes in a step: medians over the traced steps. */
export interface KindOfWork {
  readonly kind: string;
  /** How often it is done; on a GPU its launches. */
  readonly times: number;
  /** All of them together. */
  readonly milliseconds: number;
}

/** Of a training step; medians over the traced ones. */
export interface StepProfile {
  readonly isOnGpu: boolean;
  readonly steps: number;
  /** On a GPU kernels and copies, else operations. */
  readonly launches: number;
  /** Of all work together: more than the span where several threads or streams work at once. */
  readonly workMilliseconds: number;
  /** From the first beginning to the last end, which tracing makes longer. */
  readonly spanMilliseconds: number;
  /** The longest first. */
  readonly kinds: readonly KindOfWork[];
}

/** @throws Error where nothing was traced */
export function profileOf(runs: readonly TracedRun[]): StepProfile {
  const [first] = runs;
  if (first === undefined) throw new Error('no step was traced: this engine’s binding writes no traces');
  const names = new Set(runs.flatMap(({ work }) => work.map(({ kind }) => kind)));
  const kinds = [...names].map((kind) => {
    const own = runs.map(({ work }) => work.filter((each) => each.kind === kind));
    return {
      kind,
      times: medianOf(own.map((work) => work.length)),
      milliseconds: medianOf(own.map((work) => sum(work, ({ duration }) => duration) / 1000)),
    };
  });
  return {
    ...{ isOnGpu: first.isOnGpu, steps: runs.length },
    launches: medianOf(runs.map(({ work }) => work.length)),
    workMilliseconds: medianOf(runs.map(({ work }) => sum(work, ({ duration }) => duration) / 1000)),
    spanMilliseconds: medianOf(runs.map(spanOf)),
    kinds: kinds.sort((a, b) => b.milliseconds - a.milliseconds || (a.kind < b.kind ? -1 : 1)),
  };
}

function spanOf({ work }: TracedRun): number {
  const start = min(work, (each) => each.start) ?? 0;
  return ((max(work, (each) => each.start + each.duration) ?? 0) - start) / 1000;
}

function medianOf(values: readonly number[]): number {
  return median(values) ?? 0;
}
