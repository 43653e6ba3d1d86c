import path from 'node:path';
import { nullIfProblem } from '../../src-shared/mistakes/null-if-problem.ts';
import { contentHash } from './content-hash.ts';
import { countLabels } from './count-labels.ts';
import type { DatasetDescription, ImagesInMemory } from './dataset.ts';
import { openDataset } from './open-dataset.ts';
import { PartWriter } from './part-writer.ts';
import { UnfinishedDataset } from './unfinished-dataset.ts';

/** A data set in memory, ready to be written. */
export interface DatasetContent {
  readonly classes: readonly string[];
  readonly training: ImagesInMemory;
  readonly test: ImagesInMemory;
  /** Where it came from, for people. */
  readonly source: string;
}

/**
 * Writes `<dataRoot>/<name>/` (dataset.json, training.bin, test.bin; see docs/datasets.md) as a whole or not at all. A
 * folder of that name is replaced, unless `keepSame` is set and it is whole and has the same hash: somebody else was
 * faster.
 * @returns the description as written
 * @throws Problem `disk-full`, or `usage` where nothing may be written
 */
export function writePrepared(
  dataRoot: string,
  name: string,
  content: DatasetContent,
  { keepSame = false }: { readonly keepSame?: boolean } = {},
): DatasetDescription {
  const { classes, training, test, source } = content;
  const description: DatasetDescription = {
    ...{ name, classes, shape: training.shape, trainingCount: training.count, testCount: test.count },
    hash: contentHash(classes, training, test),
    classCounts: {
      training: countLabels(training.labels, classes.length),
      test: countLabels(test.labels, classes.length),
    },
    ...{ pictures: null, source, options: {}, remarks: [] },
  };
  const isThere = (): boolean => keepSame && hashOf(path.join(dataRoot, name)) === description.hash;
  const unfinished = new UnfinishedDataset(dataRoot, name);
  try {
    writePart(path.join(unfinished.folder, 'training.bin'), training);
    writePart(path.join(unfinished.folder, 'test.bin'), test);
    if (!isThere()) unfinished.finish(description);
  } catch (error) {
    if (!isThere()) throw unfinished.problem(error);
  } finally {
    unfinished.discard();
  }
  return description;
}

function hashOf(folder: string): string | null {
  return nullIfProblem(() => openDataset(folder).description.hash);
}

function writePart(file: string, { count, images, labels }: ImagesInMemory): void {
  const writer = new PartWriter(file, count, count === 0 ? 0 : images.length / count);
  try {
    writer.setLabels(labels);
    writer.append(images);
    writer.finish();
  } finally {
    writer.close();
  }
}
