import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor1D } from '@tensorflow/tfjs';
import type { Recipe } from '../../src-shared/studies/recipe.ts';

/** What changes from step to step and is an input of the step. */
export interface StepScalars {
  readonly learningRate: Scalar;
  /** Adam: 1 - beta1^t and 1 - beta2^t for step t, counted from one. */
  readonly correction1: Scalar;
  readonly correction2: Scalar;
}

export interface Update {
  readonly parameters: Tensor1D;
  /** One for each of `slots`, in order. */
  readonly slots: readonly Tensor1D[];
}

/** An update rule as a pure function of all parameters as one vector [p], its gradient and its slots. */
export interface Optimizer {
  /** Names of the vectors [p] that it keeps, initially zero. */
  readonly slots: readonly string[];
  /** `decay` holds each parameter's L2 coefficient, [p]; null where there is none. */
  update(
    parameters: Tensor1D,
    gradient: Tensor1D,
    slots: readonly Tensor1D[],
    scalars: StepScalars,
    decay: Tensor1D | null,
  ): Update;
}

type OptimizerOptions = Pick<Recipe, 'optimizer' | 'momentum' | 'nesterov' | 'beta1' | 'beta2'>;

/** Adam's epsilon, as in PyTorch. */
const EPSILON = 1e-8;

/**
 * SGD with momentum as in PyTorch (v = m v + g; w = w - lr (g + m v) with Nesterov, w - lr v without),
 * Adam (Kingma and Ba, 1412.6980) and AdamW (Loshchilov and Hutter, 1711.05101).
 */
export function createOptimizer(options: OptimizerOptions): Optimizer {
  return options.optimizer === 'sgd' ? stochasticGradientDescent(options) : adam(options);
}

function stochasticGradientDescent({ momentum, nesterov }: OptimizerOptions): Optimizer {
  return {
    slots: momentum > 0 ? ['velocity'] : [],
    update(w, gradient, [velocity], { learningRate }, decay) {
      const g = decay === null ? gradient : tf.add(gradient, tf.mul(w, decay));
      if (velocity === undefined) return { parameters: tf.sub(w, tf.mul(g, learningRate)), slots: [] };
      const v = tf.add(tf.mul(velocity, momentum), g);
      const direction = nesterov ? tf.add(g, tf.mul(v, momentum)) : v;
      return { parameters: tf.sub(w, tf.mul(direction, learningRate)), slots: [v as Tensor1D] };
    },
  };
}

function adam({ optimizer, beta1, beta2 }: OptimizerOptions): Optimizer {
  const decoupled = optimizer === 'adamw';
  return {
    slots: ['firstMoment', 'secondMoment'],
    update(w, gradient, [first, second], { learningRate, correction1, correction2 }, decay) {
      if (first === undefined || second === undefined) throw new Error('Adam needs two slots');
      const g: Tensor1D = decay === null || decoupled ? gradient : tf.add(gradient, tf.mul(w, decay));
      const m: Tensor1D = tf.add(tf.mul(first, beta1), tf.mul(g, 1 - beta1));
      const v: Tensor1D = tf.add(tf.mul(second, beta2), tf.mul(tf.square(g), 1 - beta2));
      const adapted = tf.div(tf.div(m, correction1), tf.add(tf.sqrt(tf.div(v, correction2)), EPSILON));
      const step = decay === null || !decoupled ? adapted : tf.add(adapted, tf.mul(w, decay));
      return { parameters: tf.sub(w, tf.mul(step, learningRate)), slots: [m, v] };
    },
  };
}
