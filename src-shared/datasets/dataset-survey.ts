/** Where an image is: a part of a data set, and its place in it. */
export interface ImagePlace {
  readonly part: 'training' | 'test';
  readonly image: number;
  /** Number of its class. */
  readonly label: number;
}

/** Two images that are the same, or nearly. */
export interface RepeatedPair {
  readonly one: ImagePlace;
  readonly other: ImagePlace;
  /** Of the brightness of both, from 0 to 1; 1 for images that are the same to the last pixel. */
  readonly correlation: number;
}

/** How many images are repeated. */
export interface RepeatCounts {
  /** Pairs in all. */
  readonly pairs: number;
  /** Test images that are in the training part, too. */
  readonly acrossParts: number;
  /** Training images that are in the training part once more. */
  readonly withinTraining: number;
  readonly withinTest: number;
  /** Images that are in another class, too. */
  readonly inSeveralClasses: number;
}

/** Sides of pictures: least, middle and greatest. */
export interface Spread {
  readonly least: number;
  readonly median: number;
  readonly most: number;
}

/** What is found by looking at every image of a data set once. */
export interface DatasetSurvey {
  /** Of the data set. */
  readonly hash: string;
  /** Images of each class. */
  readonly counts: { readonly training: readonly number[]; readonly test: readonly number[] };
  /** Of the whole training part, of bytes divided by 255; a channel each. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Mean of all training images, as PNG. */
  readonly meanPicture: Uint8Array<ArrayBuffer>;
  /** Of the training images of each class; null for one without any. */
  readonly classMeans: readonly (Uint8Array<ArrayBuffer> | null)[];
  /** Images that are the same to the last pixel. */
  readonly same: RepeatCounts;
  /** Images that are nearly the same, and not the same. */
  readonly near: RepeatCounts;
  /** Why there may be more that are nearly the same; empty where all were compared. */
  readonly nearLimit: string;
  /** Images with too little contrast to be compared but for being the same. */
  readonly flat: number;
  /** Some of the pairs: those across the parts first, the most similar first. */
  readonly pairs: readonly RepeatedPair[];
  /** Of the pictures that were kept; null where only the images are there. */
  readonly pictures: { readonly width: Spread; readonly height: Spread; readonly smaller: number } | null;
}

/** Bits of 64 in which the perceptual hashes of two images that are nearly the same may differ. */
export const NEAR_BITS = 7;

/** The least correlation of two images that are nearly the same. */
export const NEAR_CORRELATION = 0.97;

/** The least standard deviation of brightness, in grey levels of 255, of an image that is compared. */
export const FLAT_DEVIATION = 4;

/** Pairs that are kept. */
export const MOST_PAIRS = 200;
