import { Problem } from '../../../src-shared/mistakes/problem.ts';
import type { NetworkRecord } from '../../../src-shared/networks/network-record.ts';
import type { RunRecord } from '../../../src-shared/studies/run-record.ts';
import { plainName } from '../../files/plain-name.ts';
import { requireRunFiles } from '../../store/require-run-files.ts';
import type { Store } from '../../store/store.ts';
import { findCheckpoint, networkOwner, runOwner } from '../../checkpoints/find-checkpoint.ts';
import { readNetworkCheckpoint, type NetworkCheckpoint } from '../../checkpoints/network-checkpoint.ts';
import type { ExportedFile } from '../../files/exported-file.ts';
import { networkModel } from './network-model.ts';

/** Whose weights: after the last step, after the epoch of the best validation accuracy, before the first step. */
export const ONNX_CHECKPOINTS = ['last', 'best', 'initial'] as const;
export type OnnxCheckpoint = (typeof ONNX_CHECKPOINTS)[number];

const IMAGES =
  'Images are float32 from 0 to 1, RGB where there are three channels; they are normalized inside the model.';
const NORMALIZATION = 'inside the model: (images - mean) / std';

export interface OnnxOptions {
  readonly checkpoint: OnnxCheckpoint;
  /** Adds the output `probabilities`. */
  readonly softmax: boolean;
}

/**
 * The trained network of a complete run as an ONNX model (docs/exports.md), named `<study>-<run>.onnx`, or an imported
 * network, named `<name>.onnx`.
 *
 * @throws Problem `not-found` for a run or checkpoint that is not there, `usage` for a run that is not complete,
 *   `data-missing` or `data-invalid` for a file that is gone or is not the one that the run left
 */
export function exportOnnx(store: Store, id: string, { checkpoint, softmax }: OnnxOptions): ExportedFile {
  const network = store.findNetwork(id);
  if (network !== null) return exportNetwork(store, network, softmax);
  const run = store.run(id);
  const read = readNetworkCheckpoint(checkpointFile(store, run, checkpoint));
  const suffix = checkpoint === 'last' ? '' : `-${checkpoint}`;
  const bytes = networkModel({
    ...read,
    softmax,
    name: read.graph.family,
    description: `${read.graph.family}, run ${run.id} of the study ${run.study}, seed ${run.seed}. ` + IMAGES,
    metadata: modelMetadata(store, run, read),
  });
  return {
    fileName: `${plainName(run.study)}-${run.id}${suffix}.onnx`,
    mediaType: 'application/octet-stream',
    bytes,
  };
}

function exportNetwork(store: Store, network: NetworkRecord, softmax: boolean): ExportedFile {
  const { id, name, source, file, sha256, wordnetIds } = network;
  const owner = networkOwner(name);
  const kind = 'imported';
  const read = readNetworkCheckpoint(
    findCheckpoint(owner, store.runFolder(id), [{ kind, file, sha256 }], kind),
  );
  const bytes = networkModel({
    ...read,
    softmax,
    name: read.graph.family,
    description: `${read.graph.family}, the network ${name}, imported from ${source.file}. ${IMAGES}`,
    metadata: {
      ...read.metadata,
      ...(wordnetIds === null ? {} : { wordnetIds: JSON.stringify(wordnetIds) }),
      importedFrom: source.file,
      normalization: NORMALIZATION,
    },
  });
  return { fileName: `${plainName(name)}.onnx`, mediaType: 'application/octet-stream', bytes };
}

/** @returns the path of the file, which is the one that the run left */
function checkpointFile(store: Store, run: RunRecord, kind: OnnxCheckpoint): string {
  requireRunFiles(store, run);
  if (run.state !== 'complete' || run.artifacts === null)
    throw new Problem('usage', `Run ${run.id} is ${run.state}: only a complete run has a network to export.`);
  const artifacts = store.artifacts(run.id);
  const checkpoints = ONNX_CHECKPOINTS.flatMap((each) =>
    artifacts.filter((artifact) => artifact.kind === each),
  );
  return findCheckpoint(runOwner(run.id), run.artifacts, checkpoints, kind);
}

function modelMetadata(
  store: Store,
  run: RunRecord,
  { metadata }: NetworkCheckpoint,
): Record<string, string> {
  const provenance = store.provenance(run.id);
  const { kind, step, network, input, classes, mean, std, dataHash } = metadata;
  const entries: Record<string, string | undefined> = {
    run: run.id,
    study: run.study,
    dataset: store.study(run.study).dataset,
    seed: String(run.seed),
    factors: JSON.stringify(run.factors),
    ...{ checkpoint: kind, step, network, input, classes, mean, std, dataHash },
    normalization: NORMALIZATION,
    testAccuracy: kind === 'last' ? (run.metrics.testAccuracy?.toString() ?? undefined) : undefined,
    trainedWith: provenance ? `Kindling ${provenance.kindlingVersion}` : undefined,
    engine: provenance ? `${provenance.engine.name} ${provenance.engine.version}` : undefined,
  };
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
