import { z } from 'zod';
import { field } from '../../fields/field.ts';
import { classesField, defineFamily, dropoutField, type NetworkContext, stemField } from '../family.ts';
import { GraphBuilder } from '../graph-builder.ts';
import type { Graph } from '../graph.ts';
import { CLASSIFIER, DROPOUT, POOL, type Role, STEM } from '../role.ts';
import { CLASSIFIER_INITIALIZER } from '../weights.ts';
import { evenPadding, NO_PADDING } from '../window.ts';

const ROLES: readonly Role[] = [
  ...[STEM, POOL, DROPOUT, CLASSIFIER],
  { name: 'convolution', colour: 'navy', place: 80 },
  { name: 'normalization', colour: 'grey' },
  { name: 'dense', colour: 'violet', place: 110, head: true },
];

const schema = z.strictObject({
  family: z.literal('alexnet'),
  towers: field(z.literal([1, 2]).optional(), {
    title: 'towers',
    about:
      '2: two groups and local response normalization, as published; 1: neither, and fewer filters, as in torchvision; 2 if left out',
  }),
  dropout: dropoutField,
  stem: stemField,
  classes: classesField,
});

type Description = z.output<typeof schema>;

/** Filters of the five convolutions: as published, and in one tower (Krizhevsky, arXiv 1404.5997). */
const FILTERS = { 2: [96, 256, 384, 384, 256], 1: [64, 192, 384, 256, 256] } as const;

/**
 * AlexNet as Caffe has it (bvlc_alexnet): two groups in conv2, 4 and 5, normalisation before the pools. In one tower as
 * torchvision has it: no groups, no normalisation, a first convolution with padding 2, pools that drop an odd last row.
 * The stem `small` is for some 32 pixels: conv1 becomes 3x3/1 with padding 1 and the three pools 2x2/2,
 * so that fc6 sees 4x4 instead of 6x6. All kernels before a ReLU are drawn by He's rule and biases start at zero
 * (Caffe: normal with sigma 0.01 and 0.005, some biases 0.1).
 */
function build(description: Description, { input, classes }: NetworkContext): Graph {
  const builder = new GraphBuilder('alexnet', input, classes);
  const small = description.stem === 'small';
  const towers = description.towers ?? 2;
  const filters = FILTERS[towers];
  const plain = { bias: true, batchNorm: false };
  const body = { ...plain, role: 'convolution' as const };
  const large = { size: 3, stride: 2, padding: towers === 2 ? ('ceil' as const) : NO_PADDING };
  const window = small ? { size: 2, stride: 2 } : large;
  const pool = (name: string) => builder.add('pool', { name, role: 'pool', operation: 'maximum', ...window });
  const stem = small
    ? { kernel: 3, stride: 1, padding: evenPadding(1) }
    : { kernel: 11, stride: 4, padding: towers === 1 ? evenPadding(2) : NO_PADDING };
  const normalization = (name: string): void => {
    if (towers === 2) builder.add('local response normalization', { name, role: 'normalization' });
  };
  builder.add('convolution', { ...plain, name: 'conv1', role: 'stem', filters: filters[0], ...stem });
  normalization('norm1');
  pool('pool1');
  builder.add('convolution', {
    ...body,
    name: 'conv2',
    filters: filters[1],
    kernel: 5,
    padding: evenPadding(2),
    groups: towers,
  });
  normalization('norm2');
  pool('pool2');
  const three = { ...body, kernel: 3, padding: evenPadding(1) };
  builder.add('convolution', { ...three, name: 'conv3', filters: filters[2] });
  builder.add('convolution', { ...three, name: 'conv4', filters: filters[3], groups: towers });
  builder.add('convolution', { ...three, name: 'conv5', filters: filters[4], groups: towers });
  pool('pool5');
  addDense(builder, 6, description.dropout);
  addDense(builder, 7, description.dropout);
  const initializer = CLASSIFIER_INITIALIZER;
  builder.add('dense', { name: 'fc8', role: 'classifier', units: classes, activation: 'none', initializer });
  return builder.graph();
}

function addDense(builder: GraphBuilder, number: number, dropout: number): void {
  builder.add('dense', { name: `fc${number}`, role: 'dense', units: 4096, activation: 'relu' });
  if (dropout > 0) builder.add('dropout', { name: `dropout${number}`, role: 'dropout', rate: dropout });
}

/** AlexNet, the baseline that SqueezeNet is fifty times smaller than. */
export const alexnet = defineFamily({
  schema,
  order: 4,
  roles: ROLES,
  lists: {},
  published: [{}, { towers: 1 }],
  build,
});
