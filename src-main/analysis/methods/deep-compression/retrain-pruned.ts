import { randomStream } from '../../../../src-shared/random.ts';
import { isCompressed } from '../../../compression/compressed-network.ts';
import { alone } from '../../../engine/alone.ts';
import { EagerTraining } from '../../../engine/eager-training.ts';
import { splitState } from '../../../engine/state-layout.ts';
import { createTrainingProgram } from '../../../engine/training-program.ts';
import type { MethodControl } from '../../method.ts';
import type { Subject, WeightValues } from '../../subject.ts';

export interface RetrainingOptions {
  readonly epochs: number;
  /** Images of the training part, class-balanced; they are not varied. */
  readonly images: number;
  /** Learning rate of the first step as a share of the run's own; it falls linearly to zero. */
  readonly rate: number;
}

/**
 * Trains what pruning left: after each step the pruned weights are zero again (Han et al., arXiv 1506.02626). With the
 * run's optimizer, batch and weight decay.
 * @param pruned values of all weights; kernels' zeros stay zero
 */
export async function retrainPruned(
  subject: Subject,
  pruned: WeightValues,
  options: RetrainingOptions,
  { progress, pause }: Pick<MethodControl, 'progress' | 'pause'>,
): Promise<WeightValues> {
  const { graph, engine } = subject;
  const { recipe, seed } = subject.training();
  const set = subject.trainingSet(options.images);
  const batch = Math.min(recipe.batch, set.count);
  const perEpoch = Math.floor(set.count / batch);
  const steps = options.epochs * perEpoch;
  const size = graph.input.reduce((product, extent) => product * extent, 1);
  const program = createTrainingProgram(graph, recipe, engine.operations);
  const { layout } = program;
  const training = alone(new EagerTraining(program, { training: batch, evaluation: batch }));
  const state = program.state.map((entry) => new Float32Array(entry.size));
  for (const [name, values] of splitState(
    layout,
    state[0] ?? new Float32Array(),
    state[1] ?? new Float32Array(),
  ))
    values.set(pruned.get(name) ?? []);
  const mask = layout.parameters.flatMap(({ weight, offset }) =>
    isCompressed(weight)
      ? [...(pruned.get(weight.name) ?? [])].flatMap((value, index) => (value === 0 ? [offset + index] : []))
      : [],
  );
  const images = new Float32Array(batch * size);
  const labels = new Int32Array(batch);
  let order: Uint32Array = new Uint32Array();
  try {
    await training.writeState(state);
    for (let step = 0; step < steps; step++) {
      const place = step % perEpoch;
      if (place === 0) order = randomStream(seed, 'retraining', step / perEpoch).permutation(set.count);
      for (let slot = 0; slot < batch; slot++) {
        const image = order[place * batch + slot] ?? 0;
        images.set(set.images(image, image + 1), slot * size);
        labels[slot] = set.labels[image] ?? 0;
      }
      const learningRate = recipe.learningRate * options.rate * (1 - step / steps);
      await training.step({ images, labels, learningRate, step, seed });
      const stepped = await training.readState();
      const [parameters] = stepped;
      if (parameters) for (const index of mask) parameters[index] = 0;
      await training.writeState(stepped);
      progress((step + 1) / steps);
      await pause();
    }
    const [parameters = new Float32Array(), statistics = new Float32Array()] = await training.readState();
    return splitState(layout, parameters, statistics);
  } finally {
    training.close();
  }
}
