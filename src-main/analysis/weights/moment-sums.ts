import * as tf from '@tensorflow/tfjs';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';
import type { Moments } from './linear-map.ts';

/** Moments that grow by batches of samples: products on the engine in float32, sums of batches in float64. */
export class MomentSums implements Moments {
  samples = 0;
  readonly inputShift: Float64Array;
  readonly outputShift: Float64Array;
  readonly inputs: Float64Array;
  readonly outputs: Float64Array;
  readonly inputProducts: Float64Array;
  readonly crossProducts: Float64Array;
  readonly outputSquares: Float64Array;

  /** @param x [samples, inputs] and y [samples, outputs]: a first batch, whose means become the shift */
  constructor(x: Tensor2D, y: Tensor2D) {
    const [inputs, outputs] = [x.shape[1], y.shape[1]];
    this.inputShift = Float64Array.from(tf.tidy(() => tf.mean(x, 0)).dataSync());
    this.outputShift = Float64Array.from(tf.tidy(() => tf.mean(y, 0)).dataSync());
    this.inputs = new Float64Array(inputs);
    this.outputs = new Float64Array(outputs);
    this.inputProducts = new Float64Array(inputs * inputs);
    this.crossProducts = new Float64Array(inputs * outputs);
    this.outputSquares = new Float64Array(outputs);
    this.add(x, y);
  }

  add(x: Tensor2D, y: Tensor2D): void {
    tf.tidy(() => {
      const dx = tf.sub<Tensor2D>(x, tf.tensor1d(Float32Array.from(this.inputShift)));
      const dy = tf.sub<Tensor2D>(y, tf.tensor1d(Float32Array.from(this.outputShift)));
      accumulate(this.inputs, tf.sum(dx, 0));
      accumulate(this.outputs, tf.sum(dy, 0));
      accumulate(this.inputProducts, tf.matMul(dx, dx, true));
      accumulate(this.crossProducts, tf.matMul(dx, dy, true));
      accumulate(this.outputSquares, tf.sum(tf.square(dy), 0));
    });
    this.samples += x.shape[0];
  }
}

function accumulate(sums: Float64Array, values: Tensor): void {
  for (const [place, value] of values.dataSync().entries()) sums[place] = (sums[place] ?? 0) + value;
}
