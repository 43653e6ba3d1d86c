import type { WeightValues } from '../../../../src-main/analysis/subject.ts';
import { GraphBuilder } from '../../../../src-shared/networks/graph-builder.ts';
import type { Graph } from '../../../../src-shared/networks/graph.ts';

export const SIDE = 16;

/** Two classes: the logit of class k is the mean of the input's channel k, which a 1x1 convolution hands on. */
export function twoChannelNetwork(): { graph: Graph; weights: WeightValues } {
  const builder = new GraphBuilder('test', [SIDE, SIDE, 3], 2);
  builder.add('convolution', {
    name: 'conv',
    role: 'convolution',
    filters: 2,
    kernel: 1,
    bias: false,
    batchNorm: false,
  });
  builder.add('global average pool', { name: 'mean', role: 'pool' });
  builder.add('dense', { name: 'dense', role: 'classifier', units: 2, activation: 'none' });
  return {
    graph: builder.graph(),
    weights: new Map([
      ['conv/kernel', Float32Array.of(1, 0, 0, 1, 0, 0)],
      ['dense/kernel', Float32Array.of(1, 0, 0, 1)],
      ['dense/bias', Float32Array.of(0, 0)],
    ]),
  };
}

/** One image: a bright 4x4 square in a channel with its corner at (left, top), on nothing. */
export function squareIn(
  channel: number,
  left: number,
  top: number,
  image = new Float32Array(SIDE * SIDE * 3),
) {
  for (let y = top; y < top + 4; y++)
    for (let x = left; x < left + 4; x++) image[(y * SIDE + x) * 3 + channel] = 1;
  return image;
}
