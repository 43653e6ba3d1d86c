import type { Spread } from '../shared/spread.ts';

/** Of so many networks. */
interface Compared {
  readonly networks: number;
  readonly fusedOverOneByOne: Spread;
  readonly fusedOverTrainers: Spread;
}

export interface MeasuredFusion {
  readonly network: string;
  readonly batch: number;
  /** Median images/s of one network after the other. */
  readonly oneByOne: number;
  readonly compared: readonly Compared[];
}
