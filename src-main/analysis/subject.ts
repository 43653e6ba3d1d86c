import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Layer } from '../../src-shared/networks/layers/layer-kinds.ts';
import type { Recipe } from '../../src-shared/studies/recipe.ts';
import type { ChannelStatistics } from '../datasets/normalization.ts';
import type { Engine } from '../engine/engine.ts';
import type { CheckpointKind } from '../checkpoints/checkpoints.ts';
import type { SaliencyWindows } from './windows/saliency-window.ts';
import type { MatrixSource } from './measures/matrix-source.ts';

/** Weight values by name, e.g. `fire2/squeeze/kernel`, laid out as the graph says. */
export type WeightValues = ReadonlyMap<string, Float32Array>;

/**
 * Images to look at: the same ones for every run on the data set, as many of each class, from the test part.
 * Spread evenly through the part, so that a larger set does not hold a smaller one.
 */
export interface EvaluationSet {
  readonly count: number;
  /** Places in the part: ascending within each class, the classes in turn. */
  readonly indices: Uint32Array;
  readonly labels: Uint16Array;
  /** float32 [end - start, h, w, c], normalised as in the run's training; not to be written to. */
  readonly images: (start: number, end: number) => Float32Array;
}

/** Some images of a set, which are in memory as they are computed with. */
export interface ImageBatch extends Omit<EvaluationSet, 'images'> {
  /** float32 [count, h, w, c] */
  readonly images: Float32Array;
}

/**
 * `average`: mean over all positions, [count, c]. `4x4`: mean over the cells of a grid, [count, 16 c]; cells repeat
 * where a layer has fewer positions. `map`: all positions, [count, h w c]. `share of zeros`: share of the positions that are exactly zero, [count, c].
 */
export type PassPooling = 'average' | '4x4' | 'map' | 'share of zeros';

/** Of windows: what each image's shows, [count, h w c] of the window. */
export type Pooling = PassPooling | SaliencyWindows;

/** Features of one layer after its activation, in memory or on disk: a row for each image. */
export interface Features extends MatrixSource {
  readonly layer: string;
  /** Frees what they take; they cannot be read any more. */
  close(): void;
}

/** Whose weights: at the end of the training, or as they were drawn before it (of an imported network, drawn anew). */
export type FeatureWeights = 'trained' | 'untrained';

/** A network with all its classes, and all images of the test part, of whichever class there are more. */
export interface WholeNetwork {
  readonly graph: Graph;
  /** At the end of the training. */
  readonly weights: WeightValues;
  /** Of all logits. */
  readonly classes: readonly string[];
  /** Of each class of the images the network's own, by its number. */
  readonly outputs: readonly number[];
  readonly images: EvaluationSet;
}

export interface SubjectTraining {
  readonly recipe: Recipe;
  readonly seed: number;
}

/**
 * A trained run, or an imported network restricted to the classes of a data set, with everything that a method needs to
 * look into it. Reads what it is asked for, and keeps it.
 */
export interface Subject {
  /** The id of the run or network. */
  readonly run: string;
  readonly graph: Graph;
  /** How it was trained. @throws Problem `usage` for an imported network, of which nobody knows */
  training(): SubjectTraining;
  readonly classes: readonly string[];
  /** Of each class the number that the network has it under; those of a run are 0, 1, 2 … */
  readonly classNumbers: readonly number[];
  readonly statistics: ChannelStatistics;
  readonly engine: Engine;
  /** Layers with features of their own: all but dropout, which does nothing in a trained network. */
  readonly layers: readonly Layer[];
  /** `last` are those that are looked at, of whichever checkpoint. @throws Problem `not-found`, `data-missing` or `data-invalid` for a checkpoint that is not there or not the run's */
  weights(checkpoint: CheckpointKind): WeightValues;
  /** Those before the training; of an imported network, whose are unknown, drawn anew. */
  untrainedWeights(): WeightValues;
  /** Drawn anew by the graph's initializers; no training, whatever its seed, begins with these. */
  freshWeights(seed: number): WeightValues;
  /** Unlike all else here: not restricted to the classes of the images, and not to as many of each. */
  whole(): WholeNetwork;
  evaluationSet(images: number): EvaluationSet;
  /**
   * As many of each class of the validation images, by which the best checkpoint of a training was chosen.
   * @throws Problem `usage` for an imported network, or a training without such images
   */
  validationSet(images: number): EvaluationSet;
  /** Images of the training part after the validation cut, class-balanced. */
  trainingSet(images: number): EvaluationSet;
  /** Bytes of features that one pass should not exceed. */
  featureRoom(): number;
  /**
   * Features of the named layers (of all, if left out), in the order of the graph, in one pass, for the caller to close
   * (`withFeatures`). Those of all layers are remembered. Grids and maps are large: see `layerGroups`.
   * @throws Problem `disk-full` where they fit neither into memory nor onto the disk
   */
  features(
    weights: FeatureWeights,
    images: number,
    pooling: Pooling,
    layers?: readonly string[],
  ): Promise<readonly Features[]>;
}
