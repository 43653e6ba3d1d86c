/**
 * What a machine and its trainers did over some seconds while a study trained. Null is what cannot be measured there, or was not
 * told in time. Shares and speeds are means over the seconds; memory is the most that was seen.
 */
export interface MachineSample {
  /** When the seconds ended: milliseconds since 1970. */
  readonly at: number;
  readonly seconds: number;
  /** Cores of the machine. */
  readonly cores: number;
  /** That were at work, for whatever program. */
  readonly busyCores: number | null;
  /** Of the machine. */
  readonly totalBytes: number;
  /** That was not free. */
  readonly usedBytes: number | null;
  /** By their place; one that is replaced leaves its place to the other. */
  readonly trainers: readonly (TrainerSample | null)[];
  /** NVIDIA's, in their order. */
  readonly cards: readonly CardSample[];
}

export interface TrainerSample {
  /** Id of the run that it trained last. */
  readonly run: string;
  /** That its threads had at work. */
  readonly cores: number;
  readonly memoryBytes: number;
  /** Trained on, in all of the time: also where it evaluated. */
  readonly imagesPerSecond: number;
  /** Of the time, in which steps waited for their batches. */
  readonly waitingShare: number;
}

export interface CardSample {
  readonly name: string;
  /** Share of the time in which it computed anything. */
  readonly use: number | null;
  readonly usedBytes: number | null;
  readonly totalBytes: number | null;
  readonly celsius: number | null;
  readonly watts: number | null;
}

/** A study keeps at most so many samples: those of ten hours stand for half a minute each. */
export const MOST_SAMPLES = 1200;

/** Seconds without a sample after which nothing was measured in between: a pause, or another start. */
const BREAK = 10;

/** Whether a sample goes on where the one before it ended. */
export function isContinued(before: MachineSample, sample: MachineSample): boolean {
  return Math.abs(sample.at / 1000 - sample.seconds - before.at / 1000) < BREAK;
}

/** For how long samples that are kept stand: their median, as some are beside a break, and one or the other came late. */
export function periodOf(samples: readonly MachineSample[]): number {
  const sorted = samples.map(({ seconds }) => seconds).sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Whether the last sample has room for at least half of the next one, so that both are kept as one. @param period of those that are kept */
export function hasRoom(last: MachineSample, next: MachineSample, period: number): boolean {
  return isContinued(last, next) && last.seconds + next.seconds / 2 <= period;
}

/** Keeps a sample as well, in the place of the last one or beside it: never more than can be looked at, all of them as long. */
export function keepSample(samples: readonly MachineSample[], sample: MachineSample): MachineSample[] {
  const last = samples.at(-1);
  if (last && hasRoom(last, sample, periodOf(samples)))
    return [...samples.slice(0, -1), joinSamples(last, sample)];
  const kept = [...samples, sample];
  return kept.length > MOST_SAMPLES ? thinSamples(kept) : kept;
}

/** Half as many samples: each two that follow one another become one. Of those that do not the last are kept. */
export function thinSamples(samples: readonly MachineSample[]): MachineSample[] {
  const thinned: MachineSample[] = [];
  let open: MachineSample | null = null;
  for (const sample of samples) {
    if (open && isContinued(open, sample)) {
      thinned.push(joinSamples(open, sample));
      open = null;
      continue;
    }
    if (open) thinned.push(open);
    open = sample;
  }
  return (open ? [...thinned, open] : thinned).slice(-MOST_SAMPLES);
}

export function joinSamples(one: MachineSample, other: MachineSample): MachineSample {
  const weights = [one.seconds, other.seconds] as const;
  const meanOf = (a: number | null, b: number | null): number | null => mean(a, b, weights);
  const trainers = Array.from({ length: Math.max(one.trainers.length, other.trainers.length) }, (_, place) =>
    joinTrainers(one.trainers[place] ?? null, other.trainers[place] ?? null, weights),
  );
  const cards = other.cards.map((card, place) => {
    const before = one.cards[place];
    if (!before) return card;
    return {
      ...card,
      use: meanOf(before.use, card.use),
      usedBytes: most(before.usedBytes, card.usedBytes),
      celsius: meanOf(before.celsius, card.celsius),
      watts: meanOf(before.watts, card.watts),
    };
  });
  return {
    ...other,
    seconds: one.seconds + other.seconds,
    busyCores: meanOf(one.busyCores, other.busyCores),
    usedBytes: most(one.usedBytes, other.usedBytes),
    trainers,
    cards: cards.length > 0 ? cards : one.cards,
  };
}

function joinTrainers(
  one: TrainerSample | null,
  other: TrainerSample | null,
  weights: readonly [number, number],
): TrainerSample | null {
  if (one === null || other === null) return other ?? one;
  const meanOf = (a: number, b: number): number => mean(a, b, weights) ?? 0;
  return {
    run: other.run,
    cores: meanOf(one.cores, other.cores),
    memoryBytes: Math.max(one.memoryBytes, other.memoryBytes),
    imagesPerSecond: meanOf(one.imagesPerSecond, other.imagesPerSecond),
    waitingShare: meanOf(one.waitingShare, other.waitingShare),
  };
}

/** By the seconds; where only one is known that one. */
function mean(
  one: number | null,
  other: number | null,
  [ofOne, ofOther]: readonly [number, number],
): number | null {
  if (one === null || other === null) return one ?? other;
  return (one * ofOne + other * ofOther) / (ofOne + ofOther);
}

function most(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.max(one, other);
}

/** The samples of a stretch of time, those that it has a part of included. @param from, to ISO 8601; null for none yet, and for now */
export function during(
  samples: readonly MachineSample[],
  from: string | null,
  to: string | null,
): MachineSample[] {
  if (from === null) return [];
  const [begin, end] = [Date.parse(from), to === null ? Infinity : Date.parse(to)];
  return samples.filter(({ at, seconds }) => at > begin && at - 1000 * seconds < end);
}
