import type { Recording } from './recording.ts';

/** A function whose recording is replayed; the names are those of its inputs and outputs, in order. */
export interface RecordedFunction {
  readonly name: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly dtype: number;
    readonly shape: readonly number[];
  }[];
  readonly outputs: readonly { readonly name: string; readonly dtype: number }[];
  /** Inputs of the recording: first `inputs`, then the state. Outputs: first `outputs`, then the new state if any. */
  readonly recording: Recording;
  readonly writesState: boolean;
  /** Whether a call takes several steps, one after the other (`writeSteps`). It writes the state. */
  readonly isLoop: boolean;
}
