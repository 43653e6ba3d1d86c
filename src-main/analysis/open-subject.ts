import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Graph } from '../../src-shared/networks/graph.ts';
import { weightSize } from '../../src-shared/networks/weights.ts';
import { randomStream } from '../../src-shared/random.ts';
import type { Engine } from '../engine/engine.ts';
import { drawWeight } from '../engine/initial-state.ts';
import type { CheckpointKind } from '../checkpoints/checkpoints.ts';
import { findCheckpoint, networkOwner, runOwner } from '../checkpoints/find-checkpoint.ts';
import { readNetworkCheckpoint, type NetworkCheckpoint } from '../checkpoints/network-checkpoint.ts';
import type { AnalysisData } from './analysis-data.ts';
import { computeFeatures } from './compute-features.ts';
import type { FeatureMemory } from './feature-memory.ts';
import type { FeatureFiles } from './feature-storage.ts';
import type { FeaturePasses } from './feature-passes.ts';
import { lookedAt } from './looked-at.ts';
import { restrictClasses } from './restrict-classes.ts';
import type { Features, Subject, SubjectTraining, WeightValues } from './subject.ts';
import type { SeenSpecification, SubjectSpecification } from './subject-specification.ts';

export interface SubjectOptions {
  readonly engine: Engine;
  /** Awaited between the batches of a pass. */
  readonly pause: () => Promise<void>;
  /** Opens the data set in a folder. */
  readonly data: (folder: string) => AnalysisData;
  readonly memory: FeatureMemory;
  readonly storage: FeatureFiles;
  readonly passes: FeaturePasses;
}

/**
 * Opens a complete run, or an imported network on a data set or without images: the checkpoint that is looked at and the
 * description of its data set are read at once, all else when asked.
 * @throws Problem `not-found`, `data-missing` or `data-invalid` for a checkpoint or data set that is gone or is not
 *   the one that the run was made with
 */
export function openSubject(specification: SubjectSpecification, options: SubjectOptions): Subject {
  const { run } = specification;
  const { engine, pause, memory, storage, passes } = options;
  const read = readCheckpoint(specification, specification.checkpoint);
  const data = specification.kind === 'weights' ? null : dataOf(specification, read, options.data);
  const images = (): AnalysisData => {
    if (data !== null) return data;
    throw new Error(`the network ${run} was opened without images`);
  };
  const last =
    specification.kind === 'network'
      ? restrictClasses(read, specification.outputs, images().dataset.description.classes)
      : read;
  const { graph, classes } = last;
  const statistics = { mean: last.mean, std: last.std };
  const layers = lookedAt(graph);
  const checkpoints = new Map<CheckpointKind, WeightValues>([['last', last.weights]]);

  const weights = (kind: CheckpointKind): WeightValues => {
    const found = checkpoints.get(kind) ?? readCheckpoint(specification, kind).weights;
    checkpoints.set(kind, found);
    return found;
  };
  const untrainedWeights = (): WeightValues =>
    specification.kind === 'run' ? weights('initial') : freshWeights(graph, UNTRAINED_SEED);
  const evaluationSet = (count: number) => images().testSet(count, statistics);
  const classNumbers =
    specification.kind === 'network' ? specification.outputs : classes.map((_, label) => label);
  const [share, limit] =
    specification.kind === 'run' ? [specification.validationShare, specification.trainingLimit] : [0, 0];

  return {
    run,
    graph,
    training: () => trainingOf(specification),
    classes,
    classNumbers,
    statistics,
    engine,
    layers,
    weights,
    untrainedWeights,
    freshWeights: (drawn) => freshWeights(graph, drawn),
    whole: () => ({
      ...{
        graph: read.graph,
        weights: read.weights,
        classes: read.classes,
        images: images().wholeTest(statistics),
      },
      outputs: classNumbers,
    }),
    evaluationSet,
    validationSet: (count) => {
      if (share > 0) return images().validationSet(count, statistics, share);
      throw new Problem(
        'usage',
        `${specification.kind === 'run' ? 'The run kept no images for validation' : 'An imported network has no validation part'}: choose part=test.`,
      );
    },
    trainingSet: (count) => images().trainingSet(count, statistics, share, limit),
    featureRoom: () => storage.room(),
    features: (whose, count, pooling, names) => {
      const compute = (): Promise<Features[]> =>
        computeFeatures({
          passes,
          storage,
          graph,
          weights: whose === 'trained' ? last.weights : untrainedWeights(),
          set: evaluationSet(count),
          pooling,
          layers: names === undefined ? layers : layers.filter(({ name }) => names.includes(name)),
          pause,
        });
      if (names !== undefined) return compute();
      // checkpoints by their hashes: a run's name alone does not tell the stores apart
      const { folder } = images().dataset;
      return memory.get(
        JSON.stringify([
          ...[run, specification.checkpoints, specification.checkpoint],
          ...[folder, whose, count, pooling],
        ]),
        compute,
      );
    },
  };
}

/** Of the weights that stand for those before the training of an imported network. */
const UNTRAINED_SEED = 0;

function trainingOf(specification: SubjectSpecification): SubjectTraining {
  if (specification.kind === 'run') return { recipe: specification.recipe, seed: specification.seed };
  throw new Problem(
    'usage',
    `The network ${specification.name} was trained elsewhere: how is unknown, so it cannot be trained further. Deep Compression works without retraining (retrainEpochs=0).`,
  );
}

/** With streams of their own: a training's would give the run of the same seed its initial weights again. */
function freshWeights(graph: Graph, seed: number): WeightValues {
  const weights = graph.layers.flatMap((layer) => layer.weights);
  return new Map(
    weights.map((weight) => {
      const values = new Float32Array(weightSize(weight));
      drawWeight(values, weight.initializer, randomStream(seed, 'fresh weights', weight.name));
      return [weight.name, values];
    }),
  );
}

function readCheckpoint(specification: SubjectSpecification, kind: string): NetworkCheckpoint {
  const { run, artifacts, checkpoints } = specification;
  const owner = specification.kind === 'run' ? runOwner(run) : networkOwner(specification.name);
  return readNetworkCheckpoint(findCheckpoint(owner, artifacts, checkpoints, kind));
}

function dataOf(
  specification: SeenSpecification,
  { metadata }: NetworkCheckpoint,
  open: SubjectOptions['data'],
): AnalysisData {
  const data = open(specification.dataset);
  const { hash } = data.dataset.description;
  const { kind, dataset, run } = specification;
  const wanted = kind === 'run' ? metadata['dataHash'] : specification.dataHash;
  if (hash === wanted) return data;
  throw new Problem(
    'data-invalid',
    kind === 'run'
      ? `The data set in ${dataset} is not the one on which run ${run} was trained (its hash is ${hash}, not ${wanted ?? 'one that was noted'}): add the earlier data set again, or train the cell again.`
      : `The data set in ${dataset} was replaced just now: start again.`,
  );
}
