import type { EngineDescription, Failure } from './trainer-protocol.ts';
import type { RunExtension } from './run-extension.ts';
import type { Interruption } from './interruption.ts';
import type { RunMetrics } from '../metrics/measured-values.ts';
import type { Factors } from './cell.ts';
import type { RunState } from './run-state.ts';

/** One training of one cell with one seed, as lists show it. */
export interface RunRecord {
  readonly id: string;
  /** Name of the study. */
  readonly study: string;
  /** Id of the cell. */
  readonly cell: string;
  readonly seed: number;
  readonly state: RunState;
  /** A person has skipped it: its cell and seed are not trained again by themselves. */
  readonly skipped?: true;
  /** Another run is a further attempt at its cell and seed, so that it does not go on. */
  readonly repeated?: true;
  /** What it was imported from, e.g. `CSV`, where another program trained it; null for a run that was trained here. */
  readonly importedFrom: string | null;
  /** Name of the report that it came from with its study; null for a run that this store has had from its beginning. */
  readonly openedFrom: string | null;
  /** Null where the network is unknown, as are the multiply-accumulates. */
  readonly parameters: number | null;
  readonly macs: number | null;
  readonly factors: Factors;
  readonly metrics: RunMetrics;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** Seconds of training and measuring, as the trainer measured them; null unless complete. */
  readonly seconds: number | null;
  readonly engine: string | null;
  readonly engineVersion: string | null;
  readonly device: string | null;
  /** Of the trainer. */
  readonly threads: number | null;
  /** Ids of the other runs with which it was trained in one step; absent where it was trained alone. */
  readonly fusedWith?: readonly string[];
  /** Last step that is known, and how many there are in all; null before training began. */
  readonly step: number | null;
  readonly totalSteps: number | null;
  /** `compiled`, or `eager` with the reason. */
  readonly mode: 'compiled' | 'eager' | null;
  readonly modeReason: string | null;
  /** Where its images lay, and why there, for people; absent where that was not told. */
  readonly images?: string;
  readonly failure: Failure | null;
  /** In their order; that it ended as `interrupted` counts from when it waits to go on. */
  readonly interruptions: readonly Interruption[];
  /** Where it went on from the end of a shorter run. */
  readonly extension?: RunExtension;
  /** The earlier run that this one repeats. */
  readonly retryOf: string | null;
  /** Folder of its checkpoints, named as the run; null before it began, and where those of a run from a report are not here. */
  readonly artifacts: string | null;
}

/** What a run can be traced to, besides its cell and seed; of one that was interrupted, when it last went on. */
export interface Provenance {
  readonly kindlingVersion: string;
  readonly nodeVersion: string;
  readonly tfjsVersion: string | null;
  readonly engine: EngineDescription;
  /** As of `RunRecord`. */
  readonly fusedWith?: readonly string[];
  /** SHA-256 of the data, as in its `dataset.json`. */
  readonly dataHash: string;
  readonly host: string;
  readonly platform: string;
  /** The folder in which the study was started, and its git state; nulls where there is no repository. */
  readonly folder: string;
  readonly gitRevision: string | null;
  readonly gitDirty: boolean | null;
}
