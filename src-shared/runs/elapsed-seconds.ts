/** The time at the end of each epoch, as the trainer measured it. */
export interface EpochTimes {
  /** Last step of each epoch, rising. */
  readonly steps: readonly number[];
  /** Seconds since the start of the run. */
  readonly seconds: readonly number[];
}

/** When steps of a run were made. */
export interface StepTimes {
  /** From 1, rising. */
  readonly steps: readonly number[];
  readonly epochs: EpochTimes;
  /** Seconds up to the last step, for a run without a whole epoch; null where no time is known, which counts as none. */
  readonly seconds: number | null;
}

/**
 * Seconds since the start of the run for each of the steps: as measured at the end of an epoch, within one by the share
 * of its steps, after the last one at its pace.
 */
export function elapsedSeconds({ steps, epochs, seconds: total }: StepTimes): number[] {
  const marks = epochs.steps.map((step, index) => ({ step, seconds: epochs.seconds[index] ?? 0 }));
  if (marks.length === 0) marks.push({ step: steps.at(-1) ?? 0, seconds: total ?? 0 });
  let next = 0;
  return steps.map((step) => {
    while (next < marks.length - 1 && step > (marks[next]?.step ?? 0)) next++;
    const end = marks[next] ?? { step: 0, seconds: 0 };
    const start = marks[next - 1] ?? { step: 0, seconds: 0 };
    const length = end.step - start.step;
    if (length === 0) return end.seconds;
    return start.seconds + ((end.seconds - start.seconds) * (step - start.step)) / length;
  });
}
