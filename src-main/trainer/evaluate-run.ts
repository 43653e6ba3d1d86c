import { Problem } from '../../src-shared/mistakes/problem.ts';
import { evaluationBytes } from '../datasets/byte-batches.ts';
import type { ImagePart } from '../datasets/dataset.ts';
import { readDescription } from '../datasets/description-file.ts';
import { allIndices, filledBatches } from '../datasets/evaluation-batches.ts';
import type { ActiveRun } from './active-run.ts';
import { evaluatePart, type PartResult } from './evaluate-part.ts';
import { Diverged } from './failures.ts';

/** Null where no images were kept for it. @throws Diverged */
export async function validate(run: ActiveRun): Promise<PartResult | null> {
  const { part, split } = run.data;
  if (split.validation.length === 0) return null;
  return evaluateOn(run, 'validation', part, split.validation);
}

/** @throws Problem `data-invalid` if the data set has been replaced since the run began; Diverged */
export function test(run: ActiveRun): Promise<PartResult> {
  const part = readTest(run);
  return evaluateOn(run, 'test', part, allIndices(part));
}

/** @throws Diverged if the weights that the training left behind give no finite loss */
async function evaluateOn(
  { specification, prepared, data, carried, pause }: ActiveRun,
  name: 'validation' | 'test',
  part: ImagePart,
  indices: Uint32Array,
): Promise<PartResult> {
  const { batch } = specification.recipe;
  const { training, program } = prepared;
  const { statistics } = data;
  const batches =
    program.fromBytes === null
      ? filledBatches(part, indices, batch, statistics)
      : evaluationBytes(part, indices, batch, statistics, program.fromBytes.hold);
  const result = await evaluatePart(training, batches, program.graph.classes, pause);
  const { step } = carried;
  if (!Number.isFinite(result.loss))
    throw new Diverged(step, `the ${name} loss was ${result.loss} after step ${step}`);
  return result;
}

function readTest({ data: { dataset } }: ActiveRun): ImagePart {
  const { name, hash } = dataset.description;
  if (readDescription(dataset.folder).hash !== hash)
    throw new Problem(
      'data-invalid',
      `the data set ${name} was replaced during the run; start the study again`,
    );
  return dataset.readTest();
}
