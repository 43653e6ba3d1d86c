import type { ImagePart } from '../datasets/dataset.ts';
import { evaluationBatches } from '../datasets/evaluation-batches.ts';
import type { ChannelStatistics } from '../datasets/normalization.ts';
import type { EvaluationSet, ImageBatch } from './subject.ts';

/** A part of a set: its images are those from `start` up to `end`, which is not among them. */
export interface Batch {
  readonly start: number;
  readonly end: number;
  readonly batch: ImageBatch;
}

/** Images of a set with the same number of each class. @param counts how many there are of each. @param images how many are wanted */
export function balancedCount(counts: readonly number[], images: number): number {
  return Math.min(Math.floor(images / counts.length), ...counts) * counts.length;
}

/**
 * The same number of images of each class, the classes in turn: those of a class lie evenly over its images, in
 * ascending order. Depends on the labels alone, so that all runs on a data set are judged on the same images.
 *
 * @param among places in the part to choose from, ascending
 * @param images how many are wanted; fewer are taken where it is no multiple of the classes or a class has too few
 * @returns places in the part
 */
export function balancedIndices(
  part: ImagePart,
  among: Uint32Array,
  classes: number,
  images: number,
): Uint32Array {
  const places = Array.from({ length: classes }, (): number[] => []);
  for (const index of among) places[part.labels[index] ?? 0]?.push(index);
  const counts = places.map(({ length }) => length);
  const chosen = new Uint32Array(balancedCount(counts, images));
  const perClass = chosen.length / classes;
  for (const [label, ofClass] of places.entries()) {
    for (let i = 0; i < perClass; i++) {
      const place = Math.floor(((i + 0.5) * ofClass.length) / perClass);
      chosen[i * classes + label] = ofClass[place] ?? 0;
    }
  }
  return chosen;
}

/** Sets whose normalised images take no more bytes are normalised once, others with each pass over them. */
const KEPT_BYTES = 2 ** 28;

/** These images of a part, normalised when they are asked for: as float32 they take four times the memory of the part. */
export function evaluationSetOf(
  part: ImagePart,
  indices: Uint32Array,
  statistics: ChannelStatistics,
  keptBytes = KEPT_BYTES,
): EvaluationSet {
  const size = part.shape.reduce((product, extent) => product * extent, 1);
  const labels = Uint16Array.from(indices, (index) => part.labels[index] ?? 0);
  const normalised = (start: number, end: number): Float32Array => {
    const wanted = indices.subarray(start, end);
    const [batch] = evaluationBatches(part, wanted, wanted.length, statistics);
    return batch?.images ?? new Float32Array();
  };
  let kept: Float32Array | null = null;
  const isKept = indices.length * size * Float32Array.BYTES_PER_ELEMENT <= keptBytes;
  const images = (start: number, end: number): Float32Array =>
    isKept
      ? (kept ??= normalised(0, indices.length)).subarray(start * size, end * size)
      : normalised(start, end);
  return { count: indices.length, indices, labels, images };
}

/** Some of a set's images. */
export function someImages(set: EvaluationSet, start: number, count: number): ImageBatch {
  const end = Math.min(set.count, start + count);
  return {
    count: end - start,
    indices: set.indices.subarray(start, end),
    images: set.images(start, end),
    labels: set.labels.subarray(start, end),
  };
}

/** All of a set's images, so many at a time, in order. */
export function* batchesOf(set: EvaluationSet, size: number): Generator<Batch> {
  for (let start = 0; start < set.count; start += size) {
    const batch = someImages(set, start, size);
    yield { start, end: start + batch.count, batch };
  }
}

/** Those of a set's images that show a class, in their order. */
export function imagesOfClass(set: EvaluationSet, label: number): EvaluationSet {
  const places = [...set.labels.keys()].filter((place) => set.labels[place] === label);
  return {
    count: places.length,
    indices: Uint32Array.from(places, (place) => set.indices[place] ?? 0),
    labels: new Uint16Array(places.length).fill(label),
    images: (start, end) => pickImages(set, places.slice(start, end)),
  };
}

/** The images at places of a set, one after another, float32 [places, h, w, c]. */
export function pickImages(set: Pick<EvaluationSet, 'images'>, places: readonly number[]): Float32Array {
  const single = places.map((place) => set.images(place, place + 1));
  const size = single[0]?.length ?? 0;
  const all = new Float32Array(single.length * size);
  for (const [at, values] of single.entries()) all.set(values, at * size);
  return all;
}
