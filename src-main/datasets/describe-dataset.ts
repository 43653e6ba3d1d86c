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

/**
 * What a data set is, without reading an image: the built-in one is known before it is made, any other must have been
 * added.
 *
 * @param dataRoot folder of the prepared data sets
 * @throws Problem as `ensureDataset`
 */
export function describeDataset(name: string, dataRoot: string): DatasetDescription {
  if (name !== SHAPES_NAME) return ensureDataset(name, dataRoot).description;
  return {
    name,
    classes: SHAPE_CLASSES,
    shape: [SHAPE_SIDE, SHAPE_SIDE, 3],
    trainingCount: SHAPES_TRAINING_COUNT,
    testCount: SHAPES_TEST_COUNT,
    hash: SHAPES_HASH,
    source: SHAPES_SOURCE,
  };
}
