import { randomStream } from '../../../src-shared/random.ts';
import type { ImagesInMemory } from '../dataset.ts';
import type { DatasetContent } from '../write-prepared.ts';
import { renderScene } from './render.ts';
import { drawScene, SHAPE_CLASSES, SHAPE_SIDE } from './scene.ts';

export const SHAPES_NAME = 'shapes';

/** The hash of what this version makes; a prepared folder with another is made anew. A test keeps it true. */
export const SHAPES_HASH = 'efacd77d9cd02b8cb4277d7c034d05e66d3d817b408fab4e2b76a58966ff78ae';

export const SHAPES_TRAINING_COUNT = 4000;
export const SHAPES_TEST_COUNT = 1000;
export const SHAPES_SOURCE = 'made by Kindling';

/**
 * The built-in data set: 10 classes of 32x32 colour images, made by the program in less than a second and the same
 * on every machine. Described in docs/datasets.md.
 */
export function generateShapes(): DatasetContent {
  return {
    classes: SHAPE_CLASSES,
    training: generatePart('training', SHAPES_TRAINING_COUNT),
    test: generatePart('test', SHAPES_TEST_COUNT),
    source: SHAPES_SOURCE,
  };
}

/** Images whose labels go round the classes, so that every class has equally many. */
function generatePart(name: string, count: number): ImagesInMemory {
  const shape = [SHAPE_SIDE, SHAPE_SIDE, 3] as const;
  const size = SHAPE_SIDE * SHAPE_SIDE * 3;
  const images = new Uint8Array(count * size);
  const labels = new Uint16Array(count);
  const streams = randomStream(0, 'shapes', name);
  for (let index = 0; index < count; index++) {
    const label = index % SHAPE_CLASSES.length;
    const stream = streams.at(index);
    renderScene(drawScene(label, stream), stream, images, index * size);
    labels[index] = label;
  }
  return { count, shape, images, labels };
}
