/** How long steps of several networks take, by what is known of a device. */
export interface StepsBeside {
  /** A step of n networks takes n to the power of this as long as one of a single network: 0 where it takes no longer, 1 where n times. */
  readonly growth: number;
  /** What was measured as a study began; absent where nothing was. */
  readonly measured?: {
    /** Images/s of a trainer that fuses as many as are planned, over those of one that trains a single network. */
    readonly gain: number;
    /** Trainers that had a single network each, all beside each other, and threads of each of them. */
    readonly trainers: number;
    readonly threads: number;
  };
}

/** As slow as can be expected. */
export const ONE_BY_ONE: StepsBeside = { growth: 1 };

/** Between both ends of what can be, where nothing was measured: on a CPU n networks take n times as long, on a GPU small ones less. */
const USUAL_GROWTH = { cpu: 1, gpu: 0.5 } as const;

/** @param networks of a step, of which the measurement is */
export function stepsBeside(
  device: keyof typeof USUAL_GROWTH,
  networks: number,
  measured?: StepsBeside['measured'],
): StepsBeside {
  if (measured === undefined) return { growth: USUAL_GROWTH[device] };
  const growth = 1 - Math.log(measured.gain) / Math.log(networks);
  return { growth: Math.min(1, Math.max(0, growth)), measured };
}

/** How many times as long as one of a single network a step of so many takes. */
export function timesOfStep({ growth }: Pick<StepsBeside, 'growth'>, networks: number): number {
  return networks ** growth;
}
