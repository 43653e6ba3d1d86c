import type { Graph } from '../../../src-shared/networks/graph.ts';
import { GraphBuilder } from '../../../src-shared/networks/graph-builder.ts';

/** The 3x3 convolutions c1, c2 and c3, which see 3, 5 and 7 pixels of a grey image, and the classifier d. */
export function threeConvolutions(side: number, classes: number): Graph {
  const builder = new GraphBuilder('three convolutions', [side, side, 1], classes);
  const padding = { top: 1, bottom: 1, left: 1, right: 1 };
  for (const name of ['c1', 'c2', 'c3'])
    builder.add('convolution', {
      ...{ name, role: 'convolution', filters: 8, kernel: 3, padding, bias: true, batchNorm: false },
    });
  builder.add('global average pool', { name: 'mean', role: 'pool' });
  builder.add('dense', { name: 'd', role: 'classifier', units: classes, activation: 'none' });
  return builder.graph();
}
