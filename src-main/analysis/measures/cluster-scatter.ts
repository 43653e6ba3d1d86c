import * as tf from '@tensorflow/tfjs';
import { randomStream } from '../../../src-shared/random.ts';
import { computedValues } from '../computed-values.ts';
import type { Clustering } from './k-means.ts';

/** What k-means would have found of resampled rows with resampled starts. */
export interface ClusterResamples {
  /** The different partitions that are found at least once; the first is that of all rows and starts. */
  readonly partitions: readonly Int32Array[];
  /** Of each resample the place of its partition. */
  readonly found: readonly number[];
}

/**
 * Of each resample of the rows the tightest on them among as many starts, drawn anew from those that were made. Each start
 * stays in its partition: with the rows changes which one is the tightest, and how it agrees with the classes, which is
 * nearly all of the scatter.
 *
 * @param clusterings what each start came to, the tightest first
 * @param resamples of each how often each row is in it
 */
export function resampleClusters(
  clusterings: readonly Clustering[],
  resamples: readonly Uint8Array[],
): ClusterResamples {
  const [first] = clusterings;
  if (first === undefined) throw new Error('there is no clustering');
  const inertias = resampledInertias(clusterings, resamples);
  const representatives = firstAlike(clusterings.map(({ clusters }) => clusters));
  const partitions = [first.clusters];
  const found = resamples.map((_, resample) => {
    const stream = randomStream(0, 'bootstrap of starts', resample);
    let best = -1;
    let least = Infinity;
    for (let draw = 0; draw < clusterings.length; draw++) {
      const start = representatives[stream.integer(clusterings.length)] ?? 0;
      const inertia = inertias[resample * clusterings.length + start] ?? NaN;
      if (inertia < least) [best, least] = [start, inertia];
    }
    const clusters = clusterings[best]?.clusters ?? first.clusters;
    const known = partitions.indexOf(clusters);
    return known >= 0 ? known : partitions.push(clusters) - 1;
  });
  return { partitions, found };
}

/** Of each resample the inertia of each clustering on its rows, [resamples, clusterings]. */
function resampledInertias(
  clusterings: readonly Clustering[],
  resamples: readonly Uint8Array[],
): Float32Array {
  const rows = clusterings[0]?.distances.length ?? 0;
  const weights = new Float32Array(resamples.length * rows);
  for (const [resample, counts] of resamples.entries()) weights.set(counts, resample * rows);
  const distances = new Float32Array(clusterings.length * rows);
  for (const [start, clustering] of clusterings.entries()) distances.set(clustering.distances, start * rows);
  return computedValues(() =>
    tf.matMul(
      tf.tensor2d(weights, [resamples.length, rows]),
      tf.tensor2d(distances, [clusterings.length, rows]),
      false,
      true,
    ),
  );
}

/** Of each partition the place of the first one that is the same but for the numbers of its clusters. */
function firstAlike(partitions: readonly Int32Array[]): number[] {
  const places = new Map<string, number>();
  return partitions.map((clusters, place) => {
    const numbers = new Map<number, number>();
    const renumbered = clusters.map((cluster) => {
      const number = numbers.get(cluster) ?? numbers.size;
      numbers.set(cluster, number);
      return number;
    });
    const key = renumbered.join();
    const first = places.get(key) ?? place;
    places.set(key, first);
    return first;
  });
}
