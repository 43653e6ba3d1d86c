import type { Padding } from '../layer.ts';

/** The tensors of whoever computes, float32 and NHWC. */
export interface Tensors {
  /** [n, h, w, c], or a kernel [kh, kw, c / groups, filters] */
  readonly map: unknown;
  /** [rows, columns] */
  readonly matrix: unknown;
  /** [c] */
  readonly vector: unknown;
}

/** The tensors of a batch norm, each [c]. */
export interface BatchNormWeights<T extends Tensors> {
  readonly gamma: T['vector'];
  readonly beta: T['vector'];
  readonly movingMean: T['vector'];
  readonly movingVariance: T['vector'];
}

/** What a batch norm in training yields: its output, and the moving statistics with this batch in them. */
export interface BatchNormTraining<T extends Tensors> {
  /** [n, h, w, c] */
  readonly output: T['map'];
  /** [c]; kept, the caller disposes of it. */
  readonly movingMean: T['vector'];
  /** [c], from the batch's variance divided by n * h * w - 1; kept, the caller disposes of it. */
  readonly movingVariance: T['vector'];
}

/** What layers compute with. Whoever supplies an operation supplies its gradient. */
export interface Operations<T extends Tensors> {
  /** Element by element; either may have a single row and column, which then goes for all positions. */
  add(a: T['map'], b: T['map']): T['map'];
  /** The same, multiplied. */
  multiply(a: T['map'], b: T['map']): T['map'];
  /** scale * x + shift. */
  affine(x: T['map'], scale: number, shift: number): T['map'];
  /** x, at least `low` and at most `high`. */
  clip(x: T['map'], low: number, high: number): T['map'];
  relu(x: T['map']): T['map'];
  sigmoid(x: T['map']): T['map'];
  /** bias: [c]. With `relu` the positive part of the sum. */
  biasAdd(x: T['map'], bias: T['vector'], relu: boolean): T['map'];
  /** With `relu` the output is the positive part of what was normalized. */
  batchNormTraining(x: T['map'], weights: BatchNormWeights<T>, relu: boolean): BatchNormTraining<T>;
  /** The same by the moving statistics, which stay as they are. */
  batchNormInference(x: T['map'], weights: BatchNormWeights<T>, relu: boolean): T['map'];
  /** x / (bias + alpha * sum of x^2 over channels within `depthRadius`) ^ beta. */
  localResponseNorm(x: T['map'], depthRadius: number, bias: number, alpha: number, beta: number): T['map'];
  /** kernel: [kh, kw, c / groups, filters]. */
  convolution(x: T['map'], kernel: T['map'], stride: number, padding: Padding, groups: number): T['map'];
  /** The convolution plus a bias, [filters], and with `relu` the positive part of it. */
  biasedConvolution(
    x: T['map'],
    weights: { readonly kernel: T['map']; readonly bias: T['vector'] },
    relu: boolean,
    stride: number,
    padding: Padding,
    groups: number,
  ): T['map'];
  /**
   * Convolutions of one input at a stride of one whose outputs lie side by side: the channels of the first, then those of the
   * next. With a bias, [all filters], the positive part of its sum with them. What can compute them together supplies it.
   *
   * @returns null where they are to be computed one by one
   */
  convolveBeside?(
    x: T['map'],
    convolutions: readonly { readonly kernel: T['map']; readonly padding: Padding }[],
    biasBeforeRelu: T['vector'] | null,
  ): T['map'] | null;
  /** Vectors one after another. */
  joinVectors(parts: readonly T['vector'][]): T['vector'];
  /** The other way round: pieces of the given lengths, kept for the caller to dispose of; the vector is disposed of. */
  splitVector(vector: T['vector'], lengths: readonly number[]): T['vector'][];
  /** kernel: [kh, kw, c, 1]. */
  depthwise(x: T['map'], kernel: T['map'], stride: number, padding: Padding): T['map'];
  /** Flattens x in the order h, w, c and multiplies it by a kernel [h * w * c, units]: [n, 1, 1, units]. */
  dense(x: T['map'], kernel: T['matrix']): T['map'];
  maximumPool(x: T['map'], size: number, stride: number, padding: Padding): T['map'];
  /** Padded pixels are zeros where they are counted. */
  averagePool(x: T['map'], size: number, stride: number, padding: Padding, countsPadding: boolean): T['map'];
  /** Mean over all positions: [n, 1, 1, c]. */
  globalAveragePool(x: T['map']): T['map'];
  /** Channels of all parts in order. */
  concatenate(parts: readonly T['map'][]): T['map'];
  shuffleChannels(x: T['map'], groups: number): T['map'];
  /**
   * Sets a share `rate` to zero and divides the rest by 1 - rate.
   *
   * @param seed int32 [2]: the run's seed and the step; the mask is a function of it and of `stream`.
   * @param stream tells apart the dropout layers of one network.
   */
  dropout(x: T['map'], rate: number, seed: T['vector'], stream: number): T['map'];
}

/** A layer's part in one pass through a network. */
export interface LayerPass<T extends Tensors> {
  readonly operations: Operations<T>;
  /** True: batch statistics, dropout. False: moving statistics, no dropout. */
  readonly training: boolean;
  /** int32 [2], the run's seed and the step; needed where a network with dropout trains. */
  readonly dropoutSeed: T['vector'] | undefined;
  /** The layer's weight of a kind, as what it is by its shape. */
  map(kind: string): T['map'];
  matrix(kind: string): T['matrix'];
  vector(kind: string): T['vector'];
  /** Hands over the new value of a weight that is kept but not trained. */
  keep(kind: string, value: T['vector']): void;
}
