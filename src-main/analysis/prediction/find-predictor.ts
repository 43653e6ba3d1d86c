import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type Preprocessing, usualPreprocessing } from '../../../src-shared/networks/preprocessing.ts';
import type { Shape } from '../../../src-shared/networks/layer.ts';
import { findCheckpoint, networkOwner, runOwner } from '../../checkpoints/find-checkpoint.ts';
import { readNetworkCheckpoint } from '../../checkpoints/network-checkpoint.ts';
import { requireRunFiles } from '../../store/require-run-files.ts';
import type { Store } from '../../store/store.ts';

/** A network that pictures can be shown to. */
export interface Predictor {
  /** Path of its checkpoint, whose file is the one that the store knows. */
  readonly checkpoint: string;
  readonly input: Shape;
  readonly preprocessing: Preprocessing;
}

/**
 * The network of a complete run at the end of its training, or an imported one. Pictures become whole images to a run's,
 * as its data set was made of whole pictures.
 * @param id of a run, or id or name of a network
 * @throws Problem `not-found`, `usage` for a run that is not complete, `data-missing` or `data-invalid` for the checkpoint
 */
export function findPredictor(store: Store, id: string): Predictor {
  const network = store.findNetwork(id);
  if (network !== null) {
    const { name, input, preprocessing, file, sha256 } = network;
    const kind = 'imported';
    const folder = store.runFolder(network.id);
    const checkpoint = findCheckpoint(networkOwner(name), folder, [{ kind, file, sha256 }], kind);
    return { checkpoint, input, preprocessing };
  }
  const run = store.run(id);
  requireRunFiles(store, run);
  const { state, artifacts } = run;
  if (state !== 'complete' || artifacts === null)
    throw new Problem('usage', `Run ${id} is ${state}: only a complete run has a network that predicts.`);
  const checkpoint = findCheckpoint(runOwner(id), artifacts, store.artifacts(id), 'last');
  const { graph, mean, std } = readNetworkCheckpoint(checkpoint);
  const shortSide = Math.min(graph.input[0], graph.input[1]);
  const preprocessing = { ...usualPreprocessing(graph.input), shortSide, mean: [...mean], std: [...std] };
  return { checkpoint, input: graph.input, preprocessing };
}
