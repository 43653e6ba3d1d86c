import { type Spread, spread } from '../shared/spread.ts';

/** What was measured, and what is asked of it. */
export interface Measurement {
  readonly name: string;
  readonly unit: 'ms' | 's' | 'MB' | '%' | '% of a step';
  readonly spread: Spread;
  /** Most that is allowed; null for a figure that is only told. */
  readonly limit: number | null;
}

/** Where the parts of the benchmark work. */
export interface BenchStore {
  /** A copy of the big store, which may be written to. */
  readonly file: string;
  /** A folder of its own, with nothing in it. */
  readonly home: string;
  readonly rounds: number;
}

/** One part of the benchmark; the store is closed before and after. */
export type BenchPart = (store: BenchStore) => Promise<readonly Measurement[]>;

/** Milliseconds of an action, once for each round after one that is not counted. */
export async function milliseconds(rounds: number, action: () => unknown): Promise<Spread> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const began = performance.now();
    await action();
    times.push(performance.now() - began);
  }
  return spread(times.slice(1));
}
