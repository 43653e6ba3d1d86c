import * as tf from '@tensorflow/tfjs';
import type { Scalar, Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { Graph } from '../../src-shared/networks/graph.ts';
import { type Precision, type Recipe, recipeSchema } from '../../src-shared/studies/recipe.ts';
import { NOTHING_OWN, type Own, type OwnNumber } from '../../src-shared/studies/in-one-step.ts';
import type { Arithmetic, UpdateRule } from '../../src-shared/training/optimizers/optimizer.ts';
import type { optimizerFields } from '../../src-shared/training/optimizers/registry.ts';
import { optimizerNamed } from '../../src-shared/training/optimizers/registry.ts';
import { forward } from './model.ts';
import type { HoldImages, ImageBytes } from '../../src-shared/training/image-bytes.ts';
import type { Operations, StepVector } from './operations.ts';
import { imagesBeside, numbersBeside, sideBySide, weightsBeside } from './side-by-side.ts';
import { stateLayout, type Place, type StateLayout } from './state-layout.ts';

/** One vector of the state: `parameters`, `statistics`, or an optimizer's slot such as `velocity`. */
export interface StateEntry {
  readonly name: string;
  readonly size: number;
}

/** A number of the optimizer that differs from step to step. */
export type OptimizerInput = `optimizer/${string}`;
/** Images are given as values or, where the program takes those, as bytes. */
export type ImageInput = 'images' | keyof ImageBytes;
export type StepInput = ImageInput | OwnNumber | 'labels' | 'learningRate' | 'dropoutSeed' | OptimizerInput;
export type EvaluationInput = ImageInput | 'labels' | 'valid';
/** Something for each input that the program takes. */
export type Inputs<Name extends string, T = Tensor> = Readonly<
  Record<Exclude<Name, ImageInput | OwnNumber>, T> & Partial<Record<Name & (ImageInput | OwnNumber), T>>
>;

/** How an engine takes images as bytes. */
export interface ImagesFromBytes {
  readonly hold: HoldImages;
  /**
   * Whose memory images take as long as they are held, and how large that is, where it is known; and the most bytes of images that a program
   * can read there, where there is a limit. Null where they are read where they lie.
   */
  readonly device: { readonly bytes: number | null; readonly most: number | null } | null;
  /**
   * The memory and the places by which a call that is computed op by op finds the images of its batch, where an engine has images itself
   * for compiled calls only; null: those of the batch. The caller disposes of the tensor.
   */
  readonly ofBatch:
    | ((
        images: Pick<ImageBytes, 'memory' | 'places'>,
        shape: Graph['input'],
      ) => { readonly memory: Tensor; readonly places: Int32Array })
    | null;
  /**
   * Makes the values of images, [n, h, w, c]. Refuses memory that is not held, and places outside of it.
   *
   * @param bytes as `ImageBytes` describes them: the table float32, the others int32; memory as `ofBatch` has it
   */
  readonly values: (bytes: Readonly<Record<keyof ImageBytes, Tensor>>, shape: Graph['input']) => Tensor4D;
}

/** What of a recipe a step depends on; the fields of its optimizer that are absent have their defaults. */
export type ProgramRecipe = Pick<Recipe, 'optimizer' | 'weightDecay' | 'labelSmoothing'> &
  Partial<Pick<Recipe, 'precision' | keyof typeof optimizerFields>>;

/** Without the fields of other optimizers: recipes that train alike are the same. */
export function programRecipe(recipe: Recipe): ProgramRecipe {
  const { optimizer, weightDecay, labelSmoothing, precision } = recipe;
  const names = Object.keys(optimizerNamed(optimizer).fields) as (keyof typeof optimizerFields)[];
  const settings: Partial<Recipe> = Object.fromEntries(names.map((name) => [name, recipe[name]]));
  return { optimizer, ...settings, weightDecay, labelSmoothing, precision };
}

/** That of a study that names nothing: SGD with Nesterov momentum. */
export const DEFAULT_RECIPE: ProgramRecipe = programRecipe(recipeSchema.parse({}));

/** A number of each network: a vector, of a single network a scalar. */
export type OfNetworks = Scalar | Tensor1D;

/**
 * Training and evaluation of a network under one recipe, as pure functions of a state. Being pure, they
 * run eagerly, and they can be recorded: inputs and state in, outputs and new state out.
 *
 * A program of several networks trains as many of the same graph side by side, each with its own weights and images. Wherever
 * something is given or made for each image, [n], those of the networks take turns: the first image of each, then the second.
 */
export interface TrainingProgram {
  readonly graph: Graph;
  readonly recipe: ProgramRecipe;
  readonly networks: number;
  /** Of several networks. */
  readonly own: Own;
  /** Of a step's products where it is compiled; the functions below compute in float32, as they are recorded. */
  readonly precision: Precision;
  /** Of one network. */
  readonly layout: StateLayout;
  readonly rule: UpdateRule;
  /** Where images are given as what `ImageBytes` describes; null where as float32 `images` [n, h, w, c]. */
  readonly fromBytes: ImagesFromBytes | null;
  /**
   * Of one network: `parameters`, `statistics` where there are any, then the optimizer's slots; see `StateLayout`. The functions below have
   * the networks' in one vector (`joinStates`).
   */
  readonly state: readonly StateEntry[];
  /**
   * One step of training.
   *
   * Inputs: images, labels int32 [n], learningRate and the rule's scalars float32 [], where each network has a learning rate of its own
   * that as float32 [networks], and so the weightDecay and the labelSmoothing; dropoutSeed int32 [2] of each network.
   * Outputs: `loss` (mean cross-entropy, without weight decay), `correct` and `correctTop5` (counts), and the
   * new state.
   * The caller disposes of them.
   */
  step(
    inputs: Inputs<StepInput>,
    state: readonly Tensor1D[],
  ): { outputs: [loss: OfNetworks, correct: OfNetworks, correctTop5: OfNetworks]; state: Tensor1D[] };
  /**
   * The gradient of the loss of a step, as long as the parameters: that of the cross-entropy, without weight decay. Inputs as of `step`.
   * The caller disposes of it.
   */
  gradient(inputs: Inputs<StepInput>, state: readonly Tensor1D[]): Tensor1D;
  /**
   * The outputs of the layers with weights, [n, h, w, c], after their activation, in the forward pass of a step: batch norm with the
   * statistics of these images, and dropout. Inputs: images and dropoutSeed. By name, in the order of the network; the caller disposes of
   * them.
   */
  activations(
    inputs: Inputs<ImageInput | 'dropoutSeed'>,
    state: readonly Tensor1D[],
  ): ReadonlyMap<string, Tensor4D>;
  /**
   * Inputs: images, labels, and `valid` float32 [n], 1 for images and 0 for the filling of a last batch.
   * Outputs: summed `loss`, `correct`, `correctTop5` over the valid images, and `predicted` int32 [n].
   */
  evaluate(
    inputs: Inputs<EvaluationInput>,
    state: readonly Tensor1D[],
  ): [loss: OfNetworks, correct: OfNetworks, correctTop5: OfNetworks, predicted: Tensor1D];
}

/**
 * @param fromBytes of the engine, for a program that takes images as bytes
 * @param own what each of several networks has for itself
 * @throws Error if the recipe's optimizer is none that there is
 */
export function createTrainingProgram(
  graph: Graph,
  recipe: ProgramRecipe,
  engineOperations: Operations,
  fromBytes: ImagesFromBytes | null = null,
  networks = 1,
  own = NOTHING_OWN,
): TrainingProgram {
  const operations = sideBySide(engineOperations, networks);
  const layout = stateLayout(graph);
  const optimizer = optimizerNamed(recipe.optimizer);
  const rule = optimizer.rule(recipe);
  const hasStatistics = layout.statisticCount > 0;
  const firstSlot = hasStatistics ? 2 : 1;
  const state: StateEntry[] = [
    { name: 'parameters', size: layout.parameterCount },
    ...(hasStatistics ? [{ name: 'statistics', size: layout.statisticCount }] : []),
    ...rule.slots.map((name) => ({ name, size: layout.parameterCount })),
  ];

  function imagesOf(inputs: Inputs<ImageInput>): Tensor4D {
    const input = (name: ImageInput): Tensor => given(inputs[name], name);
    if (fromBytes === null) return imagesBeside(input('images') as Tensor4D, networks);
    const bytes = { memory: input('memory'), places: input('places') };
    const all = { ...bytes, variations: input('variations'), table: input('table') };
    return imagesBeside(fromBytes.values(all, graph.input), networks);
  }

  /** The mean or the sum of what each image has, over those of each network. */
  function overImages(reduce: typeof tf.mean, ofImages: Tensor1D): OfNetworks {
    return networks === 1 ? reduce(ofImages) : reduce(tf.reshape(ofImages, [-1, networks]), 0);
  }

  /** Images whose value is below k, each counted with its weight. */
  function countBelow(values: Tensor1D, k: number, weights: Tensor = tf.scalar(1)): OfNetworks {
    return overImages(tf.sum, tf.mul(weights, tf.cast(tf.less(values, k), 'float32')));
  }

  function parametersOf([parameters, second]: readonly Tensor1D[]): [Tensor1D, Tensor1D | undefined] {
    return [given(parameters, 'the state'), hasStatistics ? second : undefined];
  }

  /** The weights by name, cut out of the flat vectors. */
  function weightsOf(parameters: Tensor1D, statistics: Tensor1D | undefined): Map<string, Tensor> {
    const weights = weightsBeside(parameters, layout.parameters, networks);
    if (statistics === undefined) return weights;
    return new Map([...weights, ...weightsBeside(statistics, layout.statistics, networks)]);
  }

  /** Loss and gradient with what the forward pass gave besides. The caller disposes of all. */
  function differentiate(inputs: Inputs<StepInput>, state: readonly Tensor1D[]) {
    const [parameters, statistics] = parametersOf(state);
    const held: {
      measured?: [loss: OfNetworks, correct: OfNetworks, correctTop5: OfNetworks];
      moved?: ReadonlyMap<string, Tensor1D>;
    } = {};
    /** Of each network only its own loss depends on its parameters: the gradient of their sum is that of each. */
    const lossOf = (current: Tensor1D): Scalar => {
      const { logits, movingStatistics } = forward(graph, weightsOf(current, statistics), imagesOf(inputs), {
        operations,
        training: true,
        dropoutSeed: inputs.dropoutSeed as Tensor1D,
      });
      const labels = inputs.labels as Tensor1D;
      const loss = overImages(tf.mean, operations.crossEntropy(logits, labels, smoothingOf(inputs)));
      held.measured = tf.tidy(() => {
        const before = operations.classesBefore(logits, labels);
        return [tf.keep(loss), tf.keep(countBelow(before, 1)), tf.keep(countBelow(before, 5))];
      });
      held.moved = movingStatistics;
      return networks === 1 ? (loss as Scalar) : tf.sum(loss);
    };
    const { value: sum, grad } = tf.valueAndGrad(lossOf)(parameters);
    const { measured, moved } = held;
    if (measured === undefined || moved === undefined) throw new Error('the loss was not computed');
    if (networks > 1) sum.dispose();
    return { measured, gradient: grad, moved };
  }

  function step(inputs: Inputs<StepInput>, state: readonly Tensor1D[]) {
    const { measured, gradient, moved } = differentiate(inputs, state);
    const [parameters] = parametersOf(state);
    const next = tf.tidy(() => {
      const [updated, ...slots] = update(parameters, gradient, state.slice(firstSlot), inputs);
      const newStatistics = hasStatistics ? [join(moved, layout.statistics)] : [];
      return [updated, ...newStatistics, ...slots];
    });
    tf.dispose([gradient, ...moved.values()]);
    return { outputs: measured, state: next };
  }

  function gradient(inputs: Inputs<StepInput>, state: readonly Tensor1D[]): Tensor1D {
    const found = differentiate(inputs, state);
    tf.dispose([...found.measured, ...found.moved.values()]);
    return found.gradient;
  }

  function activations(
    inputs: Inputs<ImageInput | 'dropoutSeed'>,
    state: readonly Tensor1D[],
  ): ReadonlyMap<string, Tensor4D> {
    const outputs = new Map<string, Tensor4D>();
    tf.tidy(() => {
      const { movingStatistics } = forward(graph, weightsOf(...parametersOf(state)), imagesOf(inputs), {
        ...{ operations, training: true },
        dropoutSeed: inputs.dropoutSeed as Tensor1D,
        onLayer: ({ name, weights }, output) => {
          if (weights.length > 0) outputs.set(name, tf.keep(output));
        },
      });
      tf.dispose([...movingStatistics.values()]);
    });
    return outputs;
  }

  /** w - learning rate * direction, and the new slots. */
  function update(
    parameters: Tensor1D,
    gradient: Tensor1D,
    slots: readonly Tensor1D[],
    inputs: Inputs<StepInput>,
  ): [parameters: Tensor1D, ...slots: Tensor1D[]] {
    const numbers = Object.keys(rule.scalars(1));
    const [updated, ...newSlots] = operations.elementwise<string, string>(
      {
        ...{ parameters, gradient },
        ...decayOf(inputs),
        ...Object.fromEntries(rule.slots.map((name, index) => [name, given(slots[index], name)])),
        ...(own.rates && { learningRate: numbersBeside(inputs.learningRate as Tensor1D, layout.parameters) }),
      },
      {
        ...(!own.rates && { learningRate: inputs.learningRate as Scalar }),
        ...Object.fromEntries(numbers.map((name) => [name, inputs[`optimizer/${name}`] as Scalar])),
      },
      (arithmetic, vectors, scalars) => updatedValues(arithmetic, vectors, scalars),
    );
    return [given(updated, 'parameters'), ...newSlots];
  }

  /** That of all images, or of each, float32 [n]: where each network has its own, those of the networks take turns. */
  function smoothingOf({ labelSmoothing, labels }: Inputs<StepInput>): number | Tensor1D {
    if (labelSmoothing === undefined) return recipe.labelSmoothing;
    return tf.tile(labelSmoothing as Tensor1D, [labels.size / networks]);
  }

  /** What of a parameter is added to its gradient: kernels only, which come first. */
  function decayOf({ weightDecay }: Inputs<StepInput>): { readonly decay?: Tensor1D | StepVector } {
    const { parameters, parameterCount, kernelCount } = layout;
    if (weightDecay === undefined)
      return recipe.weightDecay > 0
        ? { decay: { value: recipe.weightDecay, count: kernelCount * networks } }
        : {};
    const kernels = parameters.filter(({ offset }) => offset < kernelCount);
    const ofKernels = numbersBeside(weightDecay as Tensor1D, kernels);
    return { decay: tf.concat1d([ofKernels, tf.zeros([(parameterCount - kernelCount) * networks])]) };
  }

  /** The parameters and the slots after a step, from the vectors and scalars that `update` names. */
  function updatedValues<V, S>(
    arithmetic: Arithmetic<V, S>,
    vectors: Readonly<Record<string, V>>,
    scalars: Readonly<Record<string, S>>,
  ): V[] {
    const { add, sub, mul } = arithmetic;
    const { decay } = vectors;
    const parameters = given(vectors['parameters'], 'parameters');
    const learningRate = given<V | S>(vectors['learningRate'] ?? scalars['learningRate'], 'learning rate');
    const gradient = given(vectors['gradient'], 'gradient');
    const decayed = (to: V): V => (decay === undefined ? to : add(to, mul(parameters, decay)));
    const moved = rule.direction(
      arithmetic,
      optimizer.decoupledDecay ? gradient : decayed(gradient),
      vectors,
      scalars,
    );
    const direction = optimizer.decoupledDecay ? decayed(moved.direction) : moved.direction;
    return [
      sub(parameters, mul(direction, learningRate)),
      ...rule.slots.map((name) => given(moved.slots[name], name)),
    ];
  }

  function evaluate(inputs: Inputs<EvaluationInput>, state: readonly Tensor1D[]) {
    return tf.tidy(() => {
      const weights = weightsOf(...parametersOf(state));
      const { logits } = forward(graph, weights, imagesOf(inputs), { operations, training: false });
      const labels = inputs.labels as Tensor1D;
      const truth = tf.oneHot(labels, graph.classes, 1, 0, 'float32');
      const losses = tf.neg(tf.sum(tf.mul(truth, tf.logSoftmax(logits)), 1));
      const before = operations.classesBefore(logits, labels);
      const among = (k: number) => countBelow(before, k, inputs.valid);
      const outputs: [OfNetworks, OfNetworks, OfNetworks, Tensor1D] = [
        overImages(tf.sum, tf.mul(inputs.valid, losses)),
        among(1),
        among(5),
        tf.cast(tf.argMax(logits, 1), 'int32'),
      ];
      return outputs;
    });
  }

  return {
    ...{ graph, recipe, networks, own, precision: recipe.precision ?? 'float32' },
    ...{ layout, rule, fromBytes, state },
    ...{ step, gradient, activations, evaluate },
  };
}

function given<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is missing`);
  return value;
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
