import { computeFeatures } from '../../../src-main/analysis/compute-features.ts';
import { FeaturePasses } from '../../../src-main/analysis/feature-passes.ts';
import type { MethodControl } from '../../../src-main/analysis/method.ts';
import type { EvaluationSet, Subject, WeightValues } from '../../../src-main/analysis/subject.ts';
import type { Graph } from '../../../src-shared/networks/graph.ts';
import { weightSize } from '../../../src-shared/networks/weights.ts';
import { randomStream } from '../../../src-shared/random.ts';
import { recipeSchema } from '../../../src-shared/studies/recipe.ts';
import { engine } from '../engine/test-engine.ts';
import { storage } from './test-storage.ts';

const IMAGES = 120;

/** Weights with nothing at a special value: every bias, scale and moving statistic differs from its start. */
export function unevenWeights(graph: Graph, seed: number): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>();
  for (const weight of graph.layers.flatMap((layer) => layer.weights)) {
    const stream = randomStream(seed, 'uneven weights', weight.name);
    const { initializer } = weight;
    const draw = (): number =>
      initializer.kind === 'normal'
        ? Math.max(initializer.std, 0.1) * stream.normal()
        : (initializer.kind === 'constant' ? initializer.value : 0) + 0.2 * (2 * stream.uniform() - 1);
    weights.set(weight.name, Float32Array.from({ length: weightSize(weight) }, draw));
  }
  return weights;
}

/** A set of images that are in memory, float32 [count, h, w, c]. */
export function imageSet(images: Float32Array, labels: Uint16Array): EvaluationSet {
  const count = labels.length;
  const size = images.length / count;
  return {
    count,
    indices: Uint32Array.from({ length: count }, (_, image) => image),
    labels,
    images: (start, end) => images.subarray(start * size, end * size),
  };
}

/**
 * A network that was never trained, with random images, for methods whose numbers need no meaning.
 * @param paint draws into the pixels of an image of a class what is to be found there
 */
export function smallSubject(
  graph: Graph,
  last: WeightValues = unevenWeights(graph, 1),
  paint: (pixels: Float32Array, label: number) => void = () => undefined,
): Subject {
  const set = (wanted: number, part: string): EvaluationSet => {
    const count = Math.min(wanted, IMAGES);
    const stream = randomStream(2, 'images', part);
    const size = graph.input.reduce((product, extent) => product * extent, 1);
    const images = Float32Array.from({ length: count * size }, () => stream.normal());
    const labels = Uint16Array.from({ length: count }, (_, image) => image % graph.classes);
    for (const [image, label] of labels.entries())
      paint(images.subarray(image * size, (image + 1) * size), label);
    return imageSet(images, labels);
  };
  const passes = new FeaturePasses(engine);
  const layers = graph.layers.filter(({ kind }) => kind !== 'dropout');
  const initial = unevenWeights(graph, 7);
  const weights = (checkpoint: 'initial' | 'best' | 'last'): WeightValues =>
    checkpoint === 'initial' ? initial : last;
  return {
    run: 'small',
    graph,
    training: () => ({ recipe: recipeSchema.parse({}), seed: 0 }),
    untrainedWeights: () => initial,
    classes: Array.from({ length: graph.classes }, (_, label) => `class ${label}`),
    classNumbers: Array.from({ length: graph.classes }, (_, label) => label),
    statistics: { mean: [0, 0, 0], std: [1, 1, 1] },
    engine,
    layers,
    weights,
    freshWeights: (seed) => unevenWeights(graph, 100 + seed),
    whole: () => ({
      ...{
        graph,
        weights: last,
        classes: Array.from({ length: graph.classes }, (_, label) => `class ${label}`),
      },
      ...{ outputs: Array.from({ length: graph.classes }, (_, label) => label), images: set(IMAGES, 'test') },
    }),
    evaluationSet: (images) => set(images, 'test'),
    validationSet: (images) => set(images, 'validation'),
    trainingSet: (images) => set(images, 'training'),
    featureRoom: () => storage.room(),
    features: (whose, images, pooling, names) =>
      computeFeatures({
        ...{ passes, graph, pooling, storage },
        weights: weights(whose === 'trained' ? 'last' : 'initial'),
        set: set(images, 'test'),
        layers: names === undefined ? layers : layers.filter(({ name }) => names.includes(name)),
        pause: () => Promise.resolve(),
      }),
  };
}

/** A method's control that lets it run on. */
export const CONTROL: MethodControl = {
  progress: () => undefined,
  found: () => undefined,
  pause: () => Promise.resolve(),
  peer: () => {
    throw new Error('the small subject has no peers');
  },
};
