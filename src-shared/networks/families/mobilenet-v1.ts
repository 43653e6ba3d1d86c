import { z } from 'zod';
import { field } from '../../fields/field.ts';
import { classesField, defineFamily, type NetworkContext, stemField } from '../family.ts';
import { GraphBuilder } from '../graph-builder.ts';
import type { Graph } from '../graph.ts';
import { CLASSIFIER, DEPTHWISE, POINTWISE, POOL, STEM } from '../role.ts';
import { roundHalfUp } from '../round.ts';
import { CLASSIFIER_INITIALIZER } from '../weights.ts';
import { evenPadding } from '../window.ts';

const schema = z.strictObject({
  family: z.literal('mobilenet-v1'),
  /** Width multiplier; the resolution multiplier rho is the size of the input. */
  alpha: field(z.number().positive().default(1), {
    ...{ title: 'width multiplier', short: 'α', about: 'multiplies the filters of all layers' },
  }),
  stem: stemField,
  classes: classesField,
});

/** Output channels and stride of the 13 separable convolutions (Howard et al., arXiv 1704.04861, table 1). */
const SEPARABLE: readonly (readonly [channels: number, stride: number])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

/**
 * The stem `small` has stride 1 instead of 2; the four strides of the separable convolutions stay, so
 * that 32 pixels become 2. Batch norm and ReLU follow each convolution, which then needs no bias.
 */
function build({ alpha, stem }: z.output<typeof schema>, { input, classes }: NetworkContext): Graph {
  const builder = new GraphBuilder('mobilenet-v1', input, classes);
  const width = (channels: number): number => Math.max(1, roundHalfUp(alpha * channels));
  const plain = { bias: false, batchNorm: true };
  builder.add('convolution', {
    ...plain,
    name: 'conv1',
    role: 'stem',
    filters: width(32),
    kernel: 3,
    stride: stem === 'small' ? 1 : 2,
    padding: evenPadding(1),
  });
  for (const [index, [channels, stride]] of SEPARABLE.entries()) {
    const module = `separable${index + 1}`;
    builder.add('depthwise', {
      name: `${module}/depthwise`,
      role: 'depthwise',
      module,
      stride,
      activation: 'relu',
    });
    const filters = width(channels);
    builder.add('convolution', {
      ...plain,
      name: `${module}/pointwise`,
      role: 'pointwise',
      module,
      filters,
      kernel: 1,
    });
  }
  builder.add('global average pool', { name: 'pool', role: 'pool' });
  const initializer = CLASSIFIER_INITIALIZER;
  builder.add('dense', {
    name: 'classifier',
    role: 'classifier',
    units: classes,
    activation: 'none',
    initializer,
  });
  return builder.graph();
}

/** MobileNetV1. */
export const mobilenetV1 = defineFamily({
  schema,
  order: 2,
  roles: [STEM, DEPTHWISE, POINTWISE, POOL, CLASSIFIER],
  lists: {},
  elsewhere:
    "timm's and Keras's MobileNetV1 cut activations off at 6 (ReLU6), and Keras's pads strided convolutions at the bottom and right only; here they have ReLU and padding on all sides, so a network of theirs computes otherwise.",
  published: [1, 0.75, 0.5, 0.25].map((alpha) => ({ alpha })),
  build,
});
