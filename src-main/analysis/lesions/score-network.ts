import * as tf from '@tensorflow/tfjs';
import { weightTensors } from '../network-tensors.ts';
import type { MethodControl } from '../method.ts';
import type { EvaluationSet, Subject } from '../subject.ts';
import type { Network } from '../weights/fold-batch-norm.ts';
import { scoreChanges, type Change, type ChangeScores } from './score-changes.ts';

/** Puts a network's weights on the engine, scores the changes to it, and takes the weights off again. */
export async function scoreNetwork(
  { engine }: Subject,
  { graph, weights: values }: Network,
  set: EvaluationSet,
  changes: readonly Change[],
  { progress, pause }: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<ChangeScores> {
  const weights = weightTensors(graph, values);
  try {
    const { operations } = engine;
    return await scoreChanges({ operations, graph, weights, set, changes, pause, progress });
  } finally {
    tf.dispose([...weights.values()]);
  }
}
