import { z } from 'zod';
import { field } from '../../fields/field.ts';
import { classesField, defineFamily, type NetworkContext, stemField } from '../family.ts';
import { GraphBuilder } from '../graph-builder.ts';
import type { Graph } from '../graph.ts';
import type { Padding } from '../layer.ts';
import { CLASSIFIER, DEPTHWISE, POINTWISE, POOL, STEM } from '../role.ts';
import { roundHalfUp } from '../round.ts';
import { CLASSIFIER_INITIALIZER } from '../weights.ts';
import { evenPadding, samePadding } from '../window.ts';

const schema = z.strictObject({
  family: z.literal('mobilenet-v1'),
  /** Width multiplier; the resolution multiplier rho is the size of the input. */
  alpha: field(z.number().positive().default(1), {
    ...{ title: 'width multiplier', short: 'α', about: 'multiplies the filters of all layers' },
  }),
  activation: field(z.enum(['relu', 'relu6']).optional(), {
    title: 'activation',
    about: "relu6: cut off at 6, as in TensorFlow's, Keras's and timm's; relu if left out",
  }),
  padding: field(z.enum(['even', 'same']).optional(), {
    title: 'padding',
    about:
      "of strided convolutions; same: at the bottom and right first, as in TensorFlow's and Keras's; even (all sides) if left out",
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
 * that 32 pixels become 2. Batch norm and the activation follow each convolution, which then needs no bias.
 */
function build(description: z.output<typeof schema>, { input, classes }: NetworkContext): Graph {
  const { alpha, stem, activation = 'relu', padding = 'even' } = description;
  const builder = new GraphBuilder('mobilenet-v1', input, classes);
  const width = (channels: number): number => Math.max(1, roundHalfUp(alpha * channels));
  const plain = { bias: false, batchNorm: true, activation };
  const around = (stride: number): Padding => {
    const [height, width] = builder.shape(builder.last);
    return padding === 'same' ? samePadding([height, width], [3, 3], stride) : evenPadding(1);
  };
  const stemStride = stem === 'small' ? 1 : 2;
  builder.add('convolution', {
    ...plain,
    name: 'conv1',
    role: 'stem',
    filters: width(32),
    kernel: 3,
    stride: stemStride,
    padding: around(stemStride),
  });
  for (const [index, [channels, stride]] of SEPARABLE.entries()) {
    const module = `separable${index + 1}`;
    builder.add('depthwise', {
      name: `${module}/depthwise`,
      role: 'depthwise',
      module,
      stride,
      activation,
      padding: around(stride),
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
  ports: [
    { title: "timm's", layers: /conv_dw\b/, fields: { activation: 'relu6' } },
    { title: "Keras's", layers: /^conv_dw_\d+/, fields: { activation: 'relu6', padding: 'same' } },
    { title: "TensorFlow's with ReLU", layers: null, fields: { padding: 'same' } },
  ],
  published: [1, 0.75, 0.5, 0.25].map((alpha) => ({ alpha })),
  build,
});
