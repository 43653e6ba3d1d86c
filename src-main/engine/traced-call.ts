import type { Tensor } from '@tensorflow/tfjs';

/** A call of a pure function of tensors, described so that it can be recorded while it is computed. */
export interface TracedCall<T> {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** What it depends on besides, in the order of the program's state. */
  readonly state: readonly Tensor[];
  readonly compute: () => T;
  readonly outputsOf: (result: T) => TracedOutputs;
}

export interface TracedOutputs {
  readonly outputs: Readonly<Record<string, Tensor>>;
  /** The new state; empty where it stays as it is. */
  readonly state: readonly Tensor[];
}

/** Makes a call, and may note what it does. It answers and throws as the function itself. */
export type Trace = <T>(call: TracedCall<T>) => T;

export const untraced: Trace = ({ compute }) => compute();
