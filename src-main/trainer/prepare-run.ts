import type { RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';
import { parseNetwork, resolveNetwork } from '../../src-shared/networks/parse-network.ts';
import { Checkpoints } from '../checkpoints/checkpoints.ts';
import { canBeBytes } from '../datasets/byte-batches.ts';
import type { Prepared, TrainingData, TrainingCache } from './training-cache.ts';

/** A run with all that it works on. */
export interface PreparedRun {
  readonly specification: RunSpecification;
  readonly data: TrainingData;
  readonly prepared: Prepared;
  readonly checkpoints: Checkpoints;
}

/**
 * Opens the data, resolves the network for it and makes its program.
 * @throws Problem for data, a network or an artifacts folder that cannot be used
 */
export function prepareRun(specification: RunSpecification, cache: TrainingCache): PreparedRun {
  const { run, seed, network, recipe, artifacts } = specification;
  const data = cache.data(specification.dataset, specification.validationShare, specification.trainingLimit);
  const { shape, classes, hash } = data.dataset.description;
  const graph = resolveNetwork(parseNetwork(network), { input: shape, classes: classes.length });
  const prepared = cache.prepare(graph, recipe, canBeBytes(data.part, recipe));
  const checkpoints = new Checkpoints(artifacts, prepared.program, {
    format: 'kindling',
    run,
    seed: String(seed),
    network: JSON.stringify(network),
    input: JSON.stringify(shape),
    classes: JSON.stringify(classes),
    mean: JSON.stringify(data.statistics.mean),
    std: JSON.stringify(data.statistics.std),
    dataHash: hash,
  });
  return { specification, data, prepared, checkpoints };
}
