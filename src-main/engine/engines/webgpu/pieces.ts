import type { TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

type DataId = TensorInfo['dataId'];

/** Where a piece lies: in the memory of a whole vector, from the value `at` on. */
export interface Place {
  readonly whole: TensorInfo;
  readonly at: number;
}

/** A vector that is made piece by piece, each in its place: as long as another, whose pieces say where. */
interface Twin {
  readonly whole: TensorInfo;
  readonly taken: Set<number>;
}

/** What TensorFlow.js's backend calls when nothing holds a tensor's memory any more. */
interface Releasing {
  releaseResource(dataId: DataId): void;
}

/**
 * Tensors that have no memory of their own: the weights in the flat vector of a state, their gradients and the new statistics in the vectors
 * to which they are joined afterwards. A piece holds its whole, which lives as long as the last of them.
 */
export class Pieces {
  readonly #backend: WebGPUBackend;
  readonly #places = new Map<DataId, Place>();
  /** By the vector that they are like. */
  readonly #twins = new Map<DataId, Twin>();

  constructor(backend: WebGPUBackend) {
    this.#backend = backend;
    const releasing = backend as unknown as Releasing;
    const release = releasing.releaseResource.bind(backend);
    releasing.releaseResource = (dataId) => {
      release(dataId);
      this.#forget(dataId);
    };
  }

  /** Null for a tensor that is none. */
  placeOf({ dataId }: Pick<TensorInfo, 'dataId'>): Place | null {
    return this.#places.get(dataId) ?? null;
  }

  /** Pieces of a vector of these lengths, from its beginning. */
  cut(vector: TensorInfo, lengths: readonly number[]): TensorInfo[] {
    let end = 0;
    return lengths.map((length) => {
      const at = end;
      end += length;
      return this.#piece([length], vector, at);
    });
  }

  /**
   * A place for a new tensor in the vector that is made like the one of which `like` is a piece.
   * @returns null where that is no piece, or something is in the place already
   */
  besides(like: Pick<TensorInfo, 'dataId'>, shape: readonly number[]): TensorInfo | null {
    const place = this.placeOf(like);
    if (place === null) return null;
    const known = this.#twins.get(place.whole.dataId);
    if (known?.taken.has(place.at) === true) return null;
    const { whole, taken } = known ?? this.#startTwin(place.whole);
    taken.add(place.at);
    const piece = this.#piece(shape, whole, place.at);
    // from here on its pieces hold it
    if (known === undefined) this.#backend.decRef(whole.dataId);
    return piece;
  }

  /** The vector of parts that lie one after another already; null where they do not. */
  joined(parts: readonly TensorInfo[], length: number): TensorInfo | null {
    const [first] = parts;
    const place = first === undefined ? null : this.placeOf(first);
    if (place === null || !this.#follow(parts, place)) return null;
    return place.at === 0 && length === place.whole.shape[0]
      ? this.finished(place.whole)
      : this.#piece([length], place.whole, place.at);
  }

  /** Which of the parts are where they would be in a vector of them that is being made; the others' places are free. */
  begun(parts: readonly TensorInfo[], length: number): { whole: TensorInfo; isThere: boolean[] } | null {
    for (const { whole, taken } of this.#twins.values()) {
      if (whole.shape[0] !== length) continue;
      let at = 0;
      const found = parts.map((part) => {
        const place = this.placeOf(part);
        const isThere = place?.whole.dataId === whole.dataId && place.at === at;
        const isFree = !taken.has(at);
        at += part.shape[0] ?? 0;
        return { isThere, isFree };
      });
      const isThere = found.map((part) => part.isThere);
      if (isThere.includes(true) && found.every((part) => part.isThere || part.isFree))
        return { whole, isThere };
    }
    return null;
  }

  /** The whole as a tensor like any other, in which nothing is put from now on. */
  finished(whole: TensorInfo): TensorInfo {
    for (const [like, twin] of this.#twins) if (twin.whole.dataId === whole.dataId) this.#twins.delete(like);
    this.#backend.incRef(whole.dataId);
    return { ...whole };
  }

  #follow(parts: readonly TensorInfo[], { whole, at }: Place): boolean {
    let next = at;
    return parts.every((part) => {
      const place = this.placeOf(part);
      const follows = place?.whole.dataId === whole.dataId && place.at === next;
      next += part.shape[0] ?? 0;
      return follows;
    });
  }

  #startTwin(of: TensorInfo): Twin {
    const twin = { whole: this.#backend.makeTensorInfo([...of.shape], 'float32'), taken: new Set<number>() };
    this.#twins.set(of.dataId, twin);
    return twin;
  }

  #piece(shape: readonly number[], vector: TensorInfo, at: number): TensorInfo {
    const piece = this.#backend.makeTensorInfo([...shape], vector.dtype);
    const outer = this.placeOf(vector);
    const place = outer === null ? { whole: vector, at } : { whole: outer.whole, at: outer.at + at };
    // not the tensor itself, which may be disposed of before its memory is
    const { dataId, shape: extents, dtype } = place.whole;
    this.#places.set(piece.dataId, { whole: { dataId, shape: extents, dtype }, at: place.at });
    this.#backend.incRef(dataId);
    return piece;
  }

  /** What is gone holds nothing, and nothing is made like it or in it. */
  #forget(dataId: DataId): void {
    const place = this.#places.get(dataId);
    this.#places.delete(dataId);
    this.#twins.delete(dataId);
    for (const [like, { whole }] of this.#twins) if (whole.dataId === dataId) this.#twins.delete(like);
    if (place !== undefined) this.#backend.disposeData(place.whole.dataId);
  }
}
