import * as tf from '@tensorflow/tfjs';
import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import { GRID } from './pooled-width.ts';
import type { PassPooling } from './subject.ts';

/** One row per image from a layer's output, [n, h, w, c]: [n, c], or [n, places * c] with the channels last. */
export function poolFeatures(output: Tensor4D, pooling: PassPooling): Tensor2D {
  switch (pooling) {
    case 'average':
      return tf.mean(output, [1, 2]);
    case 'share of zeros':
      return tf.mean(tf.cast(tf.equal(output, 0), 'float32'), [1, 2]);
    case '4x4':
      return poolToGrid(output);
    case 'map':
      return tf.reshape(output, [output.shape[0], -1]);
  }
}

/** Mean over each cell of a 4x4 grid; the cells overlap or repeat where a side is no multiple of four. */
function poolToGrid(output: Tensor4D): Tensor2D {
  const [images, height, width, channels] = output.shape;
  const rows = gridCells(height);
  const columns = gridCells(width);
  const cells = rows.flatMap((row) => columns.map((column) => cellMeans(row, column, height, width)));
  const pooling = tf.tensor3d(cells.flat(), [1, cells.length, height * width]);
  const positions = tf.reshape<tf.Rank.R3>(output, [images, height * width, channels]);
  const pooled = tf.matMul(tf.tile(pooling, [images, 1, 1]), positions);
  return tf.reshape(pooled, [images, cells.length * channels]);
}

/** From (included) and to (excluded) of each cell, as PyTorch's adaptive pooling cuts them. */
function gridCells(extent: number): [from: number, to: number][] {
  return Array.from({ length: GRID }, (_, cell) => [
    Math.floor((cell * extent) / GRID),
    Math.ceil(((cell + 1) * extent) / GRID),
  ]);
}

/** A row of the pooling matrix: 1 / area inside the cell, 0 outside. */
function cellMeans(
  [top, bottom]: [number, number],
  [left, right]: [number, number],
  height: number,
  width: number,
): number[] {
  const share = 1 / ((bottom - top) * (right - left));
  return Array.from({ length: height * width }, (_, position) => {
    const row = Math.floor(position / width);
    const column = position % width;
    return row >= top && row < bottom && column >= left && column < right ? share : 0;
  });
}
