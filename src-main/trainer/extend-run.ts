import path from 'node:path';
import { canonicalJson } from '../../src-shared/canonical-hash.ts';
import { isKeptEpoch, recordingsOf } from '../../src-shared/studies/recordings.ts';
import type { Artifact, ExtendedRun } from '../../src-shared/studies/trainer-protocol.ts';
import { findCheckpoint, runOwner } from '../checkpoints/find-checkpoint.ts';
import { readSafetensors, type SafetensorsContent } from '../checkpoints/safetensors.ts';
import { stateOf } from '../checkpoints/state-tensors.ts';
import { giveSecondName } from '../files/second-name.ts';
import { carriedFromBeginning } from './carried.ts';
import type { PreparedRun } from './prepare-run.ts';
import type { Usable } from './start-point.ts';

/** Of the end of a run; a longer one has its own. */
const ENDS: readonly string[] = ['last', 'optimizer'];

/**
 * The end of a complete run, for one that is the same but for more epochs; its other checkpoints become this run's, too.
 * @throws Error where it is another run's, or not what it left
 */
export async function endOf(run: PreparedRun, from: ExtendedRun): Promise<Usable> {
  const { specification, prepared } = run;
  const { last, bestValidationAccuracy, spent, computedBy, mode, networks = 1 } = from;
  const kinds = ENDS.filter((kind) => from.artifacts.some((artifact) => artifact.kind === kind));
  const contents = kinds.map((kind) =>
    readSafetensors(findCheckpoint(runOwner(from.run), from.folder, from.artifacts, kind)),
  );
  for (const content of contents) requireSame(run, content, last.step);
  const state = stateOf(
    prepared.program,
    contents.flatMap(({ tensors }) => tensors),
  );
  const artifacts = from.artifacts.filter(({ kind }) => !ENDS.includes(kind));
  await share(from, specification.artifacts, artifacts);
  const { step, epoch } = last;
  const isKept = isKeptEpoch(recordingsOf(specification), epoch, specification.recipe.epochs);
  return {
    ...{ step, state, kept: isKept ? [`epoch-${epoch}`] : [] },
    facts: {
      ...{ computedBy, mode, networks },
      carried: { ...carriedFromBeginning(), step, last, bestValidationAccuracy, spent, artifacts },
    },
  };
}

/** @throws Error where the checkpoint is one of another network, seed, data or step */
function requireSame(
  { specification: { network, seed }, data, stepsPerEpoch, totalSteps }: PreparedRun,
  { metadata }: SafetensorsContent,
  step: number,
): void {
  const isSame =
    canonicalJson(JSON.parse(metadata['network'] ?? 'null')) === canonicalJson(network) &&
    metadata['seed'] === String(seed) &&
    metadata['dataHash'] === data.dataset.description.hash &&
    metadata['step'] === String(step);
  if (!isSame) throw new Error('it is that of another network, seed, data set or step');
  if (step % stepsPerEpoch !== 0 || step >= totalSteps)
    throw new Error(`it is at step ${step} of ${totalSteps}, with ${stepsPerEpoch} in an epoch`);
}

/** @throws Problem where a checkpoint is gone or another one */
async function share(from: ExtendedRun, folder: string, artifacts: readonly Artifact[]): Promise<void> {
  for (const { kind, file } of artifacts)
    await giveSecondName(
      findCheckpoint(runOwner(from.run), from.folder, from.artifacts, kind),
      path.join(folder, file),
    );
}
