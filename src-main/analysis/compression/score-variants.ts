import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { ChangeScores } from '../lesions/score-changes.ts';
import { scoreChanges } from '../lesions/score-changes.ts';
import { weightTensors } from '../compute-features.ts';
import type { MethodControl } from '../method.ts';
import type { Subject, WeightValues } from '../subject.ts';

/**
 * Scores a run's last network, and the same with other values for some of its weights, on the evaluation set.
 * @param variants new values by weight name
 */
export async function scoreVariants(
  subject: Subject,
  variants: readonly WeightValues[],
  images: number,
  { progress, pause }: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<ChangeScores> {
  const { graph, engine } = subject;
  const shapes = new Map(
    graph.layers.flatMap((layer) => layer.weights.map(({ name, shape }) => [name, shape] as const)),
  );
  const intact = weightTensors(graph, subject.weights('last'));
  const changed = variants.map(
    (values) =>
      new Map<string, Tensor>(
        [...values].map(([name, own]) => [name, tf.tensor(own, [...(shapes.get(name) ?? [])])]),
      ),
  );
  try {
    return await scoreChanges({
      operations: engine.operations,
      graph,
      weights: intact,
      set: subject.evaluationSet(images),
      changes: changed.map((own) => ({
        layers: graph.layers
          .filter((layer) => layer.weights.some(({ name }) => own.has(name)))
          .map(({ name }) => name),
        weights: own,
      })),
      pause,
      progress,
    });
  } finally {
    for (const tensors of [intact, ...changed]) tf.dispose([...tensors.values()]);
  }
}
