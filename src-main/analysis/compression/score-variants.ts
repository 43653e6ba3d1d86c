import * as tf from '@tensorflow/tfjs';
import type { ChangeScores } from '../lesions/score-changes.ts';
import { scoreNetwork } from '../lesions/score-network.ts';
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
  control: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<ChangeScores> {
  const { graph } = subject;
  const changes = variants.map((values) => {
    const layers = graph.layers.filter((layer) => layer.weights.some(({ name }) => values.has(name)));
    const weights = layers
      .flatMap((layer) => layer.weights)
      .flatMap(({ name, shape }) => {
        const own = values.get(name);
        return own === undefined ? [] : [[name, tf.tensor(own, [...shape])] as const];
      });
    return { layers: layers.map(({ name }) => name), weights: new Map(weights) };
  });
  try {
    const network = { graph, weights: subject.weights('last') };
    return await scoreNetwork(subject, network, subject.evaluationSet(images), changes, control);
  } finally {
    for (const { weights } of changes) tf.dispose([...weights.values()]);
  }
}
