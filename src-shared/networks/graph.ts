/**
 * The layer graph that every network description resolves to.
 *
 * One graph serves all: costs and receptive fields are computed from it (costs.ts, receptive-field.ts),
 * the trainable model is built from it (src-main/engine/model.ts), and the page draws it.
 * Layers stand in topological order: the first is the input, the last yields the logits.
 */

/** Height, width and channels of one image's feature map. A vector of C features is [1, 1, C]. */
export type Shape = readonly [height: number, width: number, channels: number];

/** What a layer is for; the unit by which two networks are aligned and layers are compared. */
export type Role =
  | 'input'
  | 'stem'
  | 'squeeze'
  | 'expand 1x1'
  | 'expand 3x3'
  | 'bypass'
  | 'depthwise'
  | 'pointwise'
  | 'convolution'
  | 'shuffle'
  | 'pool'
  | 'normalization'
  | 'merge'
  | 'dropout'
  | 'dense'
  | 'classifier';

/** Pixels of zero padding on each side; written out because TensorFlow's `same` and Caffe's differ. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export type Activation = 'relu' | 'none';

/** How a weight is drawn before training. `std` and `limit` are already computed from the fans. */
export type Initializer =
  | { readonly kind: 'normal'; readonly std: number }
  | { readonly kind: 'uniform'; readonly limit: number }
  | { readonly kind: 'constant'; readonly value: number };

export type WeightKind =
  'kernel' | 'depthwise kernel' | 'bias' | 'gamma' | 'beta' | 'moving mean' | 'moving variance';

export interface Weight {
  /** `<layer name>/<field>`, e.g. `fire2/squeeze/kernel`; the key in a checkpoint. */
  readonly name: string;
  readonly kind: WeightKind;
  /**
   * Kernels are HWIO: [kernel height, kernel width, input channels per group, filters].
   * Depthwise kernels are [kernel height, kernel width, channels, 1]. Dense kernels are [inputs, units].
   * All others are [channels].
   */
  readonly shape: readonly number[];
  /** False for the moving statistics of batch norm, which are kept but not trained. */
  readonly trainable: boolean;
  readonly initializer: Initializer;
}

interface LayerCommon {
  /** Unique, e.g. `fire2/squeeze`. */
  readonly name: string;
  readonly role: Role;
  /** The module it belongs to (`fire2`), or null for layers that stand alone. */
  readonly module: string | null;
  /** Names of the layers whose outputs this one reads, in order. */
  readonly inputs: readonly string[];
  readonly output: Shape;
  readonly weights: readonly Weight[];
}

export interface InputLayer extends LayerCommon {
  readonly kind: 'input';
}

/** Convolution, then batch norm if `batchNorm`, then the activation. */
export interface ConvolutionLayer extends LayerCommon {
  readonly kind: 'convolution';
  readonly filters: number;
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: Padding;
  readonly groups: number;
  readonly batchNorm: boolean;
  readonly activation: Activation;
}

/** One filter per channel, then batch norm if `batchNorm`, then the activation. */
export interface DepthwiseLayer extends LayerCommon {
  readonly kind: 'depthwise';
  readonly kernel: readonly [height: number, width: number];
  readonly stride: number;
  readonly padding: Padding;
  readonly batchNorm: boolean;
  readonly activation: Activation;
}

/**
 * Maximum or average over a window. Padding may exceed the input at the bottom and right (Caffe's ceil
 * mode): padded pixels never win a maximum and are not counted in an average.
 */
export interface PoolLayer extends LayerCommon {
  readonly kind: 'pool';
  readonly operation: 'maximum' | 'average';
  readonly size: number;
  readonly stride: number;
  readonly padding: Padding;
}

/** Mean over all positions: [h, w, c] to [1, 1, c]. */
export interface GlobalAveragePoolLayer extends LayerCommon {
  readonly kind: 'global average pool';
}

/** Concatenation along the channels, then the activation. */
export interface ConcatenationLayer extends LayerCommon {
  readonly kind: 'concatenation';
  readonly activation: Activation;
}

/** Element-wise sum of its inputs, then the activation. */
export interface AdditionLayer extends LayerCommon {
  readonly kind: 'addition';
  readonly activation: Activation;
}

/** ShuffleNet's permutation: channels seen as [groups, c / groups] are transposed. */
export interface ChannelShuffleLayer extends LayerCommon {
  readonly kind: 'channel shuffle';
  readonly groups: number;
}

export interface DropoutLayer extends LayerCommon {
  readonly kind: 'dropout';
  /** Share of activations set to zero in training; the others are divided by 1 - rate. */
  readonly rate: number;
}

/** AlexNet's normalisation across channels: x / (bias + alpha * sum over radius of x^2) ^ beta. */
export interface LocalResponseNormLayer extends LayerCommon {
  readonly kind: 'local response normalization';
  readonly depthRadius: number;
  readonly bias: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Fully connected: flattens [h, w, c] in that order, multiplies, adds the bias, applies the activation. */
export interface DenseLayer extends LayerCommon {
  readonly kind: 'dense';
  readonly units: number;
  readonly activation: Activation;
}

export type Layer =
  | InputLayer
  | ConvolutionLayer
  | DepthwiseLayer
  | PoolLayer
  | GlobalAveragePoolLayer
  | ConcatenationLayer
  | AdditionLayer
  | ChannelShuffleLayer
  | DropoutLayer
  | LocalResponseNormLayer
  | DenseLayer;

export interface Graph {
  readonly family: string;
  readonly input: Shape;
  readonly classes: number;
  readonly layers: readonly Layer[];
}

/** Epsilon and momentum (share of the old value kept) of every batch norm, as in PyTorch's default. */
export const BATCH_NORM = { epsilon: 1e-5, momentum: 0.9 } as const;
