import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { Graph } from '../../../../src-shared/networks/graph.ts';
import { mean } from '../../../../src-shared/statistics/interval.ts';
import type { Weights } from '../../../engine/model.ts';
import type { Operations } from '../../../engine/operations.ts';
import { weightTensors } from '../../network-tensors.ts';
import { scoreChanges } from '../../lesions/score-changes.ts';
import type { MethodControl } from '../../method.ts';
import type { EvaluationSet, WeightValues } from '../../subject.ts';

export interface PlaneRequest {
  readonly operations: Operations;
  readonly graph: Graph;
  readonly weights: WeightValues;
  /** What is added to weights along the two axes of the plane, by the weights' names. */
  readonly directions: readonly [first: WeightValues, second: WeightValues];
  /** Coordinates along each of the two axes. */
  readonly coordinates: readonly number[];
  readonly set: EvaluationSet;
}

export interface PlaneLosses {
  /** Cross-entropy of each image in the network as it is. */
  readonly own: Float64Array;
  /** Mean cross-entropy of the weights + a first + b second: a row for each b, a column for each a. */
  readonly losses: Float64Array;
}

/** A network's loss on a plane through its weights; batch norm as in inference, with the moving statistics that it has. */
export async function planeLosses(
  { operations, graph, weights: values, directions, coordinates, set }: PlaneRequest,
  { progress, pause }: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<PlaneLosses> {
  const weights = weightTensors(graph, values);
  const [first, second] = [tensorsLike(weights, directions[0]), tensorsLike(weights, directions[1])];
  try {
    const layers = graph.layers.filter((layer) => layer.weights.length > 0).map(({ name }) => name);
    const changes = coordinates.flatMap((b) =>
      coordinates.map((a) => ({ layers, weights: () => moved(weights, [first, a], [second, b]) })),
    );
    const { intact, changed } = await scoreChanges({
      ...{ operations, graph, weights, set, changes, pause, progress },
    });
    return {
      own: intact.losses,
      losses: Float64Array.from(changed, ({ losses }) => mean([...losses])),
    };
  } finally {
    tf.dispose([weights, first, second].flatMap((tensors) => [...tensors.values()]));
  }
}

function tensorsLike(weights: Weights, values: WeightValues): Weights {
  return new Map([...values].map(([name, numbers]) => [name, tf.tensor(numbers, weights.get(name)?.shape)]));
}

/** Those weights that the directions move. */
function moved(
  weights: Weights,
  ...steps: readonly (readonly [direction: Weights, factor: number])[]
): Weights {
  const reached = new Map<string, Tensor>();
  for (const [direction, factor] of steps)
    for (const [name, way] of direction) {
      const from = reached.get(name) ?? weights.get(name);
      if (from === undefined) throw new Error(`the network has no weight ${name}`);
      reached.set(name, tf.add(from, tf.mul(way, factor)));
    }
  return reached;
}
