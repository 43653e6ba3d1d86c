import type { Artifact, RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import { Checkpoints } from '../checkpoints/checkpoints.ts';
import { stepsPerEpoch } from '../datasets/batch-plan.ts';
import { alone } from '../engine/alone.ts';
import type { Training } from '../engine/engine.ts';
import type { BatchThread } from '../datasets/batch-thread.ts';
import type { FusedMember } from './fused-group.ts';
import { imagesWay } from './images-way.ts';
import type { CompiledProgram, TrainingData, TrainingCache } from './training-cache.ts';

export interface Prepared extends CompiledProgram {
  /** Of the network of this run. */
  readonly training: Training;
}

/** A run with all that it works on. */
export interface PreparedRun {
  readonly specification: RunSpecification;
  readonly data: TrainingData;
  readonly prepared: Prepared;
  /** As `ImagesWay` tells of its images. */
  readonly images: string | null;
  /** That prepares its batches. */
  readonly batchThread: BatchThread;
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
}

/**
 * Opens the data, resolves the network for it and makes its program.
 * @param member where it is trained together with others
 * @throws Problem for data or a network that cannot be used
 */
export function prepareRun(
  specification: RunSpecification,
  cache: TrainingCache,
  member: FusedMember | null = null,
): PreparedRun {
  const { network, recipe } = specification;
  const data = cache.data(specification.dataset, specification.validationShare, specification.trainingLimit);
  const { shape, classes } = data.dataset.description;
  const graph = resolveNetwork(parseNetwork(network), { input: shape, classes: classes.length });
  const images = imagesWay(data.part, recipe, cache.engine.imagesFromBytes);
  const compiled = cache.prepare(graph, recipe, images.asBytes, member);
  const training = member === null ? alone(compiled.guarded) : member.training(compiled);
  const perEpoch = stepsPerEpoch(data.split.training.length, recipe.batch);
  return {
    ...{ specification, data, prepared: { ...compiled, training }, images: images.text },
    batchThread: cache.batchThread(member?.place ?? 0),
    ...{ stepsPerEpoch: perEpoch, totalSteps: perEpoch * recipe.epochs },
  };
}

/**
 * Those of a run, in its artifacts folder.
 * @param written those that are there already, where it goes on
 * @throws Error where the folder cannot be made
 */
export function openCheckpoints(
  { specification, data, prepared }: PreparedRun,
  written: readonly Artifact[],
): Checkpoints {
  const { run, seed, network, artifacts } = specification;
  const { shape, classes, hash } = data.dataset.description;
  const metadata = {
    format: 'kindling',
    run,
    seed: String(seed),
    network: JSON.stringify(network),
    input: JSON.stringify(shape),
    classes: JSON.stringify(classes),
    mean: JSON.stringify(data.statistics.mean),
    std: JSON.stringify(data.statistics.std),
    dataHash: hash,
  };
  return new Checkpoints(artifacts, prepared.program, metadata, written);
}
