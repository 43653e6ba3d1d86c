import type { ImagesInMemory } from '../../../src-main/datasets/dataset.ts';
import type { DatasetContent } from '../../../src-main/datasets/write-prepared.ts';
import { randomStream } from '../../../src-shared/random.ts';

/** A part of random bytes whose labels go round the classes. */
export function randomPart(
  count: number,
  shape: readonly [number, number, number],
  classes: number,
  seed = 0,
): ImagesInMemory {
  const stream = randomStream(seed, 'test part');
  const images = Uint8Array.from({ length: count * shape[0] * shape[1] * shape[2] }, () =>
    stream.integer(256),
  );
  return { count, shape, images, labels: Uint16Array.from({ length: count }, (_, index) => index % classes) };
}

export function smallContent(): DatasetContent {
  return {
    classes: ['a', 'b', 'c'],
    training: randomPart(30, [4, 5, 3], 3, 1),
    test: randomPart(9, [4, 5, 3], 3, 2),
    source: 'a test',
  };
}
