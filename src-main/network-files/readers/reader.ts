import type { NamedTensor } from '../../checkpoints/safetensors.ts';
import type { SourceProgram } from '../program/source-program.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';

/** A format of files that hold the weights of a network. */
export interface NetworkReader {
  /** For messages, e.g. `PyTorch`. */
  readonly title: string;
  /** What its files are usually called, for help and messages, e.g. `.pt`. */
  readonly endings: readonly string[];
  /** Whether bytes are those of the format, as far as their beginning and length tell. */
  readonly recognizes: (bytes: Uint8Array) => boolean;
  /**
   * @param file for messages
   * @throws Problem `data-invalid` for a file that is damaged or has no weights
   */
  readonly read: (bytes: Uint8Array, file: string) => NetworkFile;
}

/** Gives a reader its type. */
export function defineReader(reader: NetworkReader): NetworkReader {
  return reader;
}

/** Weights by name, and what else a file tells of its network. */
export interface NetworkFile {
  readonly tensors: readonly NamedTensor[];
  /** Whether the tensors stand in the order in which the network has its layers. */
  readonly ordered: boolean;
  /** How the layers are joined; null for a file of weights alone. */
  readonly program: SourceProgram | null;
  readonly described: DescribedNetwork | null;
}

/** What Kindling's own files and the published one tell. */
export interface DescribedNetwork {
  /** As in a study file. */
  readonly network: Readonly<Record<string, unknown>>;
  readonly input: Shape;
  /** Null where it does not name them. */
  readonly classes: readonly string[] | null;
  /** Per channel: an image's bytes become (byte / 255 - mean) / std. */
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** To which pictures are scaled before the middle of the input's size is cut out. */
  readonly shortSide: number;
}
