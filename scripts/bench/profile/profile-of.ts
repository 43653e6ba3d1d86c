import { max, median, min } from 'd3-array';
import type { TracedRun, TracedWork, Unit } from './traced-run.ts';

/** What one kind of work takes in a step: medians over the traced steps. */
export interface KindOfWork {
  readonly kind: string;
  /** How often it is done; on a GPU its launches. */
  readonly times: number;
  /** All of them together; null where the device tells no times. */
  readonly milliseconds: number | null;
}

/** Of a training step; medians over the traced ones. */
export interface StepProfile {
  readonly unit: Unit;
  readonly steps: number;
  /** How many of the unit. */
  readonly launches: number;
  /** Of all work together: more than the span where several threads or streams work at once. Null where the device tells no times. */
  readonly workMilliseconds: number | null;
  /** From the first beginning to the last end, which tracing makes longer. */
  readonly spanMilliseconds: number | null;
  /** The longest first; without times the most frequent. */
  readonly kinds: readonly KindOfWork[];
}

/** @throws Error where nothing was traced */
export function profileOf(runs: readonly TracedRun[]): StepProfile {
  const [first] = runs;
  if (first === undefined) throw new Error('no step was traced: this engine’s binding writes no traces');
  const names = new Set(runs.flatMap(({ work }) => work.map(({ kind }) => kind)));
  const kinds = [...names].map((kind): KindOfWork => {
    const own = runs.map(({ work }) => work.filter((each) => each.kind === kind));
    return {
      kind,
      times: medianOf(own.map((work) => work.length)) ?? 0,
      milliseconds: medianOf(own.map(sumOf)),
    };
  });
  return {
    ...{ unit: first.unit, steps: runs.length },
    launches: medianOf(runs.map(({ work }) => work.length)) ?? 0,
    workMilliseconds: medianOf(runs.map(({ work }) => sumOf(work))),
    spanMilliseconds: medianOf(runs.map(spanOf)),
    kinds: kinds.sort(
      (a, b) =>
        (b.milliseconds ?? 0) - (a.milliseconds ?? 0) || b.times - a.times || (a.kind < b.kind ? -1 : 1),
    ),
  };
}

/** Milliseconds; null where any of them has no time. */
function sumOf(work: readonly TracedWork[]): number | null {
  return work.reduce<number | null>(
    (sum, { time }) => (sum === null || time === null ? null : sum + time.duration / 1000),
    0,
  );
}

function spanOf({ work }: TracedRun): number | null {
  const times = work.flatMap(({ time }) => (time === null ? [] : [time]));
  const [start, end] = [min(times, (each) => each.start), max(times, (each) => each.start + each.duration)];
  return start === undefined || end === undefined ? null : (end - start) / 1000;
}

function medianOf(values: readonly (number | null)[]): number | null {
  return values.includes(null) ? null : (median(values) ?? null);
}
