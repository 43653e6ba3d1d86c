import type { Shape } from '../../../../src-shared/networks/layer.ts';
import { batchesOf } from '../../evaluation-set.ts';
import type { TiledMatrix } from '../../measures/hashed-values.ts';
import type { EvaluationSet } from '../../subject.ts';

/** Images that are in memory at a time, as numbers. */
const BATCH = 64;

/** A row of pixels for each image: of the square in its middle, or of all of it. @param side of the square, in pixels */
export function inputRows(
  set: EvaluationSet,
  [height, width, channels]: Shape,
  side: number | null,
): TiledMatrix {
  const [tall, wide] = [Math.min(side ?? height, height), Math.min(side ?? width, width)];
  const [top, left] = [Math.floor((height - tall) / 2), Math.floor((width - wide) / 2)];
  const columns = tall * wide * channels;
  const middle = (images: Float32Array, count: number): Float32Array => {
    if (tall === height && wide === width) return images;
    const found = new Float32Array(count * columns);
    for (let line = 0; line < count * tall; line++) {
      const row = Math.floor(line / tall) * height + top + (line % tall);
      const from = (row * width + left) * channels;
      found.set(images.subarray(from, from + wide * channels), line * wide * channels);
    }
    return found;
  };
  return {
    ...{ rows: set.count, columns },
    tiles: function* () {
      for (const { start, batch } of batchesOf(set, BATCH)) {
        const values = middle(batch.images, batch.count);
        yield { row: start, column: 0, tile: { rows: batch.count, columns, values } };
      }
    },
  };
}
