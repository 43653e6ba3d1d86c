import type { Padding } from '../layer.ts';
import type { Activation } from './parts/activation.ts';

/** Where a kernel or a pool looks. */
export interface StepWindow {
  readonly size: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: Padding;
}

/** The numbers of a local response normalization, alpha as the weight of the mean of the squares. */
export interface NormalizationNumbers {
  /** Channels. */
  readonly size: number;
  readonly alpha: number;
  readonly beta: number;
  readonly bias: number;
}

/**
 * What a layer does of which no weights tell that it is there, in the words in which programs of other frameworks are read:
 * so a program is held against a graph.
 */
export type WeightlessStep =
  | {
      readonly does: 'pool';
      readonly operation: 'maximum' | 'average';
      readonly window: StepWindow;
      readonly countsPadding: boolean;
    }
  /** The mean over a whole map. */
  | { readonly does: 'mean' }
  /** With the activation behind it. */
  | { readonly does: 'addition' | 'concatenation'; readonly activation: Activation }
  | { readonly does: 'shuffle'; readonly groups: number }
  | ({ readonly does: 'normalization' } & NormalizationNumbers);
