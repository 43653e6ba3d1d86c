import { kindOf } from '../../src-shared/networks/layers/layer-kinds.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Graph } from '../../src-shared/networks/graph.ts';
import { weightSize } from '../../src-shared/networks/weights.ts';
import { randomStream } from '../../src-shared/random.ts';
import type { Engine } from '../engine/engine.ts';
import { drawWeight } from '../engine/initial-state.ts';
import type { CheckpointKind } from '../checkpoints/checkpoints.ts';
import { findCheckpoint, runOwner } from '../checkpoints/find-checkpoint.ts';
import { readNetworkCheckpoint, type NetworkCheckpoint } from '../checkpoints/network-checkpoint.ts';
import type { AnalysisData } from './analysis-data.ts';
import { computeFeatures } from './compute-features.ts';
import type { FeatureMemory } from './feature-memory.ts';
import type { FeaturePasses } from './feature-passes.ts';
import type { Features, Subject, WeightValues } from './subject.ts';
import type { SubjectSpecification } from './subject-specification.ts';

export interface SubjectOptions {
  readonly engine: Engine;
  /** Awaited between the batches of a pass. */
  readonly pause: () => Promise<void>;
  /** Opens the data set in a folder. */
  readonly data: (folder: string) => AnalysisData;
  readonly memory: FeatureMemory;
  readonly passes: FeaturePasses;
}

/**
 * Opens a complete run: its last checkpoint and the description of its data set are read at once, all else when asked.
 * @throws Problem `not-found`, `data-missing` or `data-invalid` for a checkpoint or data set that is gone or is not
 *   the one that the run was made with
 */
export function openSubject(specification: SubjectSpecification, options: SubjectOptions): Subject {
  const { run, seed, recipe, validationShare, trainingLimit } = specification;
  const { engine, pause, memory, passes } = options;
  const last = readCheckpoint(specification, 'last');
  const { graph, classes } = last;
  const statistics = { mean: last.mean, std: last.std };
  const data = dataOf(specification, last, options.data);
  const layers = graph.layers.filter((layer) => !kindOf(layer).trainingOnly);
  const checkpoints = new Map<CheckpointKind, WeightValues>([['last', last.weights]]);

  const weights = (kind: CheckpointKind): WeightValues => {
    const found = checkpoints.get(kind) ?? readCheckpoint(specification, kind).weights;
    checkpoints.set(kind, found);
    return found;
  };
  const evaluationSet = (images: number) => data.testSet(images, statistics);

  return {
    run,
    graph,
    recipe,
    seed,
    classes,
    statistics,
    engine,
    layers,
    weights,
    freshWeights: (drawn) => freshWeights(graph, drawn),
    evaluationSet,
    trainingSet: (images) => data.trainingSet(images, statistics, validationShare, trainingLimit),
    features: (whose, images, pooling, names) => {
      const compute = (): Promise<Features[]> =>
        computeFeatures({
          passes,
          graph,
          weights: weights(whose === 'trained' ? 'last' : 'initial'),
          set: evaluationSet(images),
          pooling,
          layers: names === undefined ? layers : layers.filter(({ name }) => names.includes(name)),
          pause,
        });
      if (names !== undefined) return compute();
      // checkpoints by their hashes: a run's name alone does not tell the stores apart
      return memory.get(JSON.stringify([run, specification.checkpoints, whose, images, pooling]), compute);
    },
  };
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

function readCheckpoint(
  { run, artifacts, checkpoints }: SubjectSpecification,
  kind: CheckpointKind,
): NetworkCheckpoint {
  return readNetworkCheckpoint(findCheckpoint(runOwner(run), artifacts, checkpoints, kind));
}

function dataOf(
  { run, dataset }: SubjectSpecification,
  { metadata }: NetworkCheckpoint,
  open: SubjectOptions['data'],
): AnalysisData {
  const data = open(dataset);
  const { hash } = data.dataset.description;
  if (hash === metadata['dataHash']) return data;
  throw new Problem(
    'data-invalid',
    `The data set in ${dataset} is not the one on which run ${run} was trained (its hash is ${hash}, not ${metadata['dataHash'] ?? 'known'}): add the earlier data set again, or train the cell again.`,
  );
}
