import type { DatasetDescription } from './dataset.ts';
import { ensureDataset } from './ensure-dataset.ts';
import {
  SHAPES_HASH,
  SHAPES_NAME,
  SHAPES_SOURCE,
  SHAPES_TEST_COUNT,
  SHAPES_TRAINING_COUNT,
} from './shapes/generate.ts';
import { SHAPE_CLASSES, SHAPE_SIDE } from './shapes/scene.ts';

/** What the built-in data set is, known before it is made. */
export const SHAPES_DESCRIPTION: DatasetDescription = {
  name: SHAPES_NAME,
  classes: SHAPE_CLASSES,
  shape: [SHAPE_SIDE, SHAPE_SIDE, 3],
  trainingCount: SHAPES_TRAINING_COUNT,
  testCount: SHAPES_TEST_COUNT,
  classCounts: { training: evenly(SHAPES_TRAINING_COUNT), test: evenly(SHAPES_TEST_COUNT) },
  hash: SHAPES_HASH,
  pictures: null,
  source: SHAPES_SOURCE,
  options: {},
  remarks: [],
};

function evenly(count: number): number[] {
  return SHAPE_CLASSES.map(() => count / SHAPE_CLASSES.length);
}

/**
 * What a data set is, without reading an image: the built-in one is known before it is made, any other must have been
 * added.
 *
 * @param dataRoot folder of the prepared data sets
 * @throws Problem as `ensureDataset`
 */
export function describeDataset(name: string, dataRoot: string): DatasetDescription {
  return name === SHAPES_NAME ? SHAPES_DESCRIPTION : ensureDataset(name, dataRoot).description;
}
