import { openBatchSource, type BatchSource } from '../datasets/batch-source.ts';
import { openByteSource } from '../datasets/byte-batches.ts';
import type { PreparedRun } from './prepare-run.ts';

/** The batches of a run from a step on, counted from 0; one source at a time. */
export function openBatches(
  { specification: { recipe, seed }, data, prepared: { program }, batchThread }: PreparedRun,
  startStep: number,
): BatchSource {
  const { part, pictures, split, statistics } = data;
  const plan = { part, pictures, indices: split.training, recipe, seed, statistics, startStep };
  return program.fromBytes === null
    ? openBatchSource({ ...plan, thread: batchThread })
    : openByteSource(plan, program.fromBytes.hold);
}
