import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../src-shared/networks/graph.ts';
import type { Recipe } from '../../src-shared/studies/recipe.ts';
import { classesBefore } from './composed-operations.ts';
import { forward } from './model.ts';
import type { Operations } from './operations.ts';
import { createOptimizer } from './optimizers.ts';
import { stateLayout, type Place, type StateLayout } from './state-layout.ts';

/** One vector of the state: `parameters`, `statistics`, or an optimizer's slot such as `velocity`. */
export interface StateEntry {
  readonly name: string;
  readonly size: number;
}

export type StepInput = 'images' | 'labels' | 'learningRate' | 'correction1' | 'correction2' | 'dropoutSeed';
export type EvaluationInput = 'images' | 'labels' | 'valid';

export type ProgramRecipe = Pick<
  Recipe,
  'optimizer' | 'momentum' | 'nesterov' | 'beta1' | 'beta2' | 'weightDecay' | 'labelSmoothing'
>;

/**
 * Training and evaluation of one network under one recipe, as pure functions of a state. Being pure, they
 * run eagerly, and they can be recorded: inputs and state in, outputs and new state out.
 */
export interface TrainingProgram {
  readonly graph: Graph;
  readonly recipe: ProgramRecipe;
  readonly layout: StateLayout;
  /** `parameters`, `statistics` where there are any, then the optimizer's slots; see `StateLayout`. */
  readonly state: readonly StateEntry[];
  /**
   * One step of training.
   *
   * Inputs: images float32 [n, h, w, c], labels int32 [n], scalars, dropoutSeed int32 [2].
   * Outputs: `loss` (mean cross-entropy, without weight decay), `correct` and `correctTop5` (counts), and the
   * new state.
   * The caller disposes of them.
   */
  step(
    inputs: Record<StepInput, Tensor>,
    state: readonly Tensor1D[],
  ): { outputs: [loss: Scalar, correct: Scalar, correctTop5: Scalar]; state: Tensor1D[] };
  /**
   * Inputs: images, labels, and `valid` float32 [n], 1 for images and 0 for the filling of a last batch.
   * Outputs: summed `loss`, `correct`, `correctTop5` over the valid images, and `predicted` int32 [n].
   */
  evaluate(
    inputs: Record<EvaluationInput, Tensor>,
    state: readonly Tensor1D[],
  ): [loss: Scalar, correct: Scalar, correctTop5: Scalar, predicted: Tensor1D];
}

export function createTrainingProgram(
  graph: Graph,
  recipe: ProgramRecipe,
  operations: Operations,
): TrainingProgram {
  const layout = stateLayout(graph);
  const optimizer = createOptimizer(recipe);
  const hasStatistics = layout.statisticCount > 0;
  const firstSlot = hasStatistics ? 2 : 1;
  const state: StateEntry[] = [
    { name: 'parameters', size: layout.parameterCount },
    ...(hasStatistics ? [{ name: 'statistics', size: layout.statisticCount }] : []),
    ...optimizer.slots.map((name) => ({ name, size: layout.parameterCount })),
  ];

  /** The weights by name, cut out of the flat vectors. */
  function weightsOf(parameters: Tensor1D, statistics: Tensor1D | undefined): Map<string, Tensor> {
    const weights = cut(parameters, layout.parameters);
    return statistics === undefined ? weights : new Map([...weights, ...cut(statistics, layout.statistics)]);
  }

  function step(inputs: Record<StepInput, Tensor>, [parameters, ...rest]: readonly Tensor1D[]) {
    if (parameters === undefined) throw new Error('a step needs a state');
    const statistics = hasStatistics ? rest[0] : undefined;
    const held: { counts?: [correct: Scalar, correctTop5: Scalar]; moved?: ReadonlyMap<string, Tensor1D> } =
      {};
    const lossOf = (current: Tensor1D) => {
      const { logits, movingStatistics } = forward(
        graph,
        weightsOf(current, statistics),
        inputs.images as Tensor4D,
        { operations, training: true, dropoutSeed: inputs.dropoutSeed as Tensor1D },
      );
      held.counts = tf.tidy(() => {
        const before = classesBefore(logits, inputs.labels as Tensor1D);
        return [tf.keep(countBelow(before, 1)), tf.keep(countBelow(before, 5))];
      });
      held.moved = movingStatistics;
      return operations.crossEntropy(logits, inputs.labels as Tensor1D, recipe.labelSmoothing);
    };
    const { value: loss, grad } = tf.valueAndGrad(lossOf)(parameters);
    const { counts, moved } = held;
    if (counts === undefined || moved === undefined) throw new Error('the loss was not computed');
    const next = tf.tidy(() => {
      const update = optimizer.update(
        parameters,
        grad,
        rest.slice(firstSlot - 1),
        {
          learningRate: inputs.learningRate as Scalar,
          correction1: inputs.correction1 as Scalar,
          correction2: inputs.correction2 as Scalar,
        },
        recipe.weightDecay > 0 ? decayVector(layout, recipe.weightDecay) : null,
      );
      const newStatistics = hasStatistics ? [join(moved, layout.statistics)] : [];
      return [update.parameters, ...newStatistics, ...update.slots];
    });
    tf.dispose([grad, ...moved.values()]);
    const outputs: [Scalar, Scalar, Scalar] = [loss, ...counts];
    return { outputs, state: next };
  }

  function evaluate(inputs: Record<EvaluationInput, Tensor>, [parameters, statistics]: readonly Tensor1D[]) {
    if (parameters === undefined) throw new Error('an evaluation needs a state');
    return tf.tidy(() => {
      const weights = weightsOf(parameters, hasStatistics ? statistics : undefined);
      const { logits } = forward(graph, weights, inputs.images as Tensor4D, { operations, training: false });
      const labels = inputs.labels as Tensor1D;
      const truth = tf.oneHot(labels, graph.classes, 1, 0, 'float32');
      const losses = tf.neg(tf.sum(tf.mul(truth, tf.logSoftmax(logits)), 1));
      const before = classesBefore(logits, labels);
      const among = (k: number) => countBelow(before, k, inputs.valid);
      const outputs: [Scalar, Scalar, Scalar, Tensor1D] = [
        tf.sum<Scalar>(tf.mul(inputs.valid, losses)),
        among(1),
        among(5),
        tf.cast(tf.argMax(logits, 1), 'int32'),
      ];
      return outputs;
    });
  }

  return { graph, recipe, layout, state, step, evaluate };
}

/** Number of values below k, each counted with its weight. */
function countBelow(values: Tensor1D, k: number, weights: Tensor = tf.scalar(1)): Scalar {
  return tf.sum(tf.mul(weights, tf.cast(tf.less(values, k), 'float32')));
}

function cut(vector: Tensor1D, places: readonly Place[]): Map<string, Tensor> {
  const parts = tf.split(
    vector,
    places.map(({ size }) => size),
  );
  return new Map(
    places.map(({ weight }, index) => {
      const part = parts[index];
      if (part === undefined) throw new Error(`the state lacks ${weight.name}`);
      return [weight.name, tf.reshape(part, [...weight.shape])];
    }),
  );
}

function join(values: ReadonlyMap<string, Tensor1D>, places: readonly Place[]): Tensor1D {
  return tf.concat1d(
    places.map(({ weight }) => {
      const value = values.get(weight.name);
      if (value === undefined) throw new Error(`no new value of ${weight.name}`);
      return value;
    }),
  );
}

/** [p]: the coefficient for kernels, 0 for biases and batch norm. */
function decayVector({ kernelCount, parameterCount }: StateLayout, weightDecay: number): Tensor1D {
  return tf.concat1d([tf.fill([kernelCount], weightDecay), tf.zeros([parameterCount - kernelCount])]);
}
