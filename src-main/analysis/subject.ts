import type { Graph } from '../../src-shared/networks/graph.ts';
import type { ImagePart } from '../datasets/dataset.ts';
import type { ChannelStatistics } from '../datasets/normalization.ts';
import type { Engine } from '../engine/engine.ts';
import type { Recipe } from '../../src-shared/studies/recipe.ts';

/** Weight values by name, e.g. `fire2/squeeze/kernel`, laid out as the graph says. */
export type WeightValues = ReadonlyMap<string, Float32Array>;

/**
 * Images to look at: the same ones for every run on the data set, as many of each class, from the test part.
 * Spread evenly through the part, so that a larger set does not hold a smaller one.
 */
export interface EvaluationSet {
  readonly count: number;
  /** Places in the test part, ascending within each class, classes interleaved. */
  readonly indices: Uint32Array;
  /** float32 [count, h, w, c], normalised as in the run's training. */
  readonly images: Float32Array;
  readonly labels: Uint16Array;
}

/** Features of one layer: `values` is [count, width], row by row, after the layer's activation. */
export interface Features {
  readonly layer: string;
  readonly width: number;
  readonly values: Float32Array;
}

/** A trained run, with everything that a method needs to look into it. */
export interface Subject {
  readonly run: string;
  readonly graph: Graph;
  readonly recipe: Recipe;
  readonly seed: number;
  readonly classes: readonly string[];
  readonly statistics: ChannelStatistics;
  readonly engine: Engine;
  /** Raw pixels of the test part. */
  readonly test: ImagePart;
  /** @throws Problem `not-found` for a checkpoint that is not there */
  weights(checkpoint: 'initial' | 'best' | 'last'): WeightValues;
  /** Drawn anew by the graph's initializers, from a seed of the method's own. */
  freshWeights(seed: number): WeightValues;
  evaluationSet(images: number): EvaluationSet;
  /**
   * Features of all layers in one pass, remembered: globally averaged ([count, c]) or pooled to 4x4 ([count, 16 c];
   * a layer of less than 4x4 is repeated). Layers in the graph's order; the input is among them, dropout is not.
   */
  features(
    weights: 'trained' | 'untrained',
    images: number,
    pooling: 'average' | '4x4',
  ): Promise<readonly Features[]>;
  /** Images of the training part, class-balanced, for probes that must not see the test part twice. */
  trainingSet(images: number): EvaluationSet;
}
