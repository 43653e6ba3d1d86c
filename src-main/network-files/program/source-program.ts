import type { Padding, Shape } from '../../../src-shared/networks/layer.ts';
import type { NormalizationNumbers } from '../../../src-shared/networks/layers/weightless-step.ts';

/** Zeros around a map: so many on each side, as many as TensorFlow's `same` makes them, or those that fill the last window. */
export type SourcePadding = Padding | 'same';

export interface SourceWindow {
  readonly size: readonly [height: number, width: number];
  readonly stride: readonly [vertical: number, horizontal: number];
  readonly padding: SourcePadding;
  /** Caffe's ceil mode. */
  readonly ceil: boolean;
}

/** What a step of a program does. */
export type SourceStep =
  /** A kernel that slides, or a dense layer, which has no window; with the activation that the step has itself. */
  | { readonly does: 'layer'; readonly window: SourceWindow | null; readonly activation: string }
  | { readonly does: 'norm' }
  /** `relu`, `relu6`, or whatever the file calls it */
  | { readonly does: 'activation'; readonly activation: string }
  | { readonly does: 'padding'; readonly padding: Padding }
  | {
      readonly does: 'pool';
      readonly operation: 'maximum' | 'average';
      readonly window: SourceWindow;
      readonly countsPadding: boolean;
    }
  | { readonly does: 'addition' | 'concatenation' }
  | ({ readonly does: 'normalization' } & NormalizationNumbers)
  /** Channels seen as so many groups are transposed; null where the file does not say how many. */
  | { readonly does: 'shuffle'; readonly groups: number | null }
  /** Nothing in inference, or the mean over a whole map. */
  | { readonly does: 'nothing' }
  /** What no network here does. */
  | { readonly does: 'other'; readonly what: string };

export interface SourceNode {
  /** Of a layer, that of its weights. */
  readonly name: string;
  /** Names of the nodes that it reads. */
  readonly reads: readonly string[];
  readonly step: SourceStep;
}

/** How the program of a file joins its layers, as far as the file tells it. */
export interface SourceProgram {
  /** Of the images, where they have one size. */
  readonly input: Shape | null;
  /** In an order in which each comes after those that it reads. */
  readonly nodes: readonly SourceNode[];
}
