/** Height, width and channels of one image's feature map. A vector of C features is [1, 1, C]. */
export type Shape = readonly [height: number, width: number, channels: number];

/** Pixels of zero padding on each side; written out because TensorFlow's `same` and Caffe's differ. */
export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** How a weight is drawn before training. `std` and `limit` are already computed from the fans. */
export type Initializer =
  | { readonly kind: 'normal'; readonly std: number }
  | { readonly kind: 'uniform'; readonly limit: number }
  | { readonly kind: 'constant'; readonly value: number };

export interface Weight {
  /** `<layer name>/<field>`, e.g. `fire2/squeeze/kernel`; the key in a checkpoint. */
  readonly name: string;
  /**
   * What it is to its layer: `kernel`, `bias`, `gamma`, `beta`, `moving mean`, `moving variance`. A `kernel` counts as
   * multiply-accumulates, decays in training and can be compressed; nothing else does.
   */
  readonly kind: string;
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

/** What layers of all kinds have. */
export interface LayerCommon {
  readonly kind: string;
  /** Unique, e.g. `fire2/squeeze`. */
  readonly name: string;
  /** Name of what it is for: one of the roles that its family declares. */
  readonly role: string;
  /** The module it belongs to (`fire2`), or null for layers that stand alone. */
  readonly module: string | null;
  /** Names of the layers whose outputs this one reads, in order. */
  readonly inputs: readonly string[];
  readonly output: Shape;
  readonly weights: readonly Weight[];
}
