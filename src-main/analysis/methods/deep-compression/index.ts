import { z } from 'zod';
import { COMPONENTS, type LayerBytes } from '../../../compression/stage-bytes.ts';
import { defineMethod } from '../../method.ts';
import { imagesSetting } from '../../settings.ts';

const bitsSetting = z.int().min(2).max(8);

function roleBits(role: string) {
  return bitsSetting
    .nullable()
    .default(null)
    .describe(`bits per shared weight of ${role}, instead of those for all layers`);
}

/** After what the network is scored. */
export const STAGES = [
  { name: 'pruned', title: 'pruned' },
  { name: 'retrained', title: 'pruned and retrained' },
  { name: 'shared', title: 'pruned, retrained and shared' },
] as const;

/** The measures that are sizes, and where they stand. */
export const SIZES = [
  { name: 'bytes-float32', title: 'As float32', of: (bytes: LayerBytes) => bytes.float32 },
  { name: 'bytes-pruned', title: 'Pruned', of: (bytes: LayerBytes) => bytes.pruned },
  { name: 'bytes-shared', title: 'Shared', of: (bytes: LayerBytes) => bytes.shared },
  { name: 'bytes-coded', title: 'Huffman-coded', of: (bytes: LayerBytes) => bytes.coded },
  ...COMPONENTS.map(({ name, title }) => ({
    name: `bytes-of-${name}`,
    title: `Huffman-coded: ${title}`,
    of: ({ components }: LayerBytes) => components[name],
  })),
] as const;

/** How small a trained network can be made, and at what loss. */
export const deepCompressionMethod = defineMethod({
  name: 'deep-compression',
  title: 'Deep Compression',
  family: 'compression',
  order: 1,
  about: 'Size of the network after pruning, weight sharing and Huffman coding, and the accuracy lost.',
  scatter:
    'Intervals of the accuracy lost are over the images; variation of retraining with the order of the images is not shown. Bytes are exact.',
  measures: [
    ...STAGES.flatMap(({ name, title }) => [
      {
        name: `accuracy-${name}`,
        title: `Accuracy, ${title}`,
        kind: 'share' as const,
        axis: 'test accuracy',
        scopes: ['network'] as const,
      },
      {
        name: `accuracy-lost-${name}`,
        title: `Accuracy lost, ${title}`,
        kind: 'share' as const,
        range: 'signed share' as const,
        axis: 'accuracy lost',
        scopes: ['network'] as const,
      },
    ]),
    {
      name: 'kept',
      title: 'Weights kept',
      kind: 'share',
      axis: 'share of the weights that are not zero',
      scopes: ['network', 'layer'],
    },
    {
      name: 'ratio',
      title: 'Compression',
      kind: 'number',
      range: 'not negative',
      axis: 'float32 bytes / coded bytes',
      scopes: ['network', 'layer'],
    },
    ...SIZES.map(({ name, title }) => ({
      name,
      title: `Bytes: ${title}`,
      kind: 'bytes' as const,
      axis: 'bytes',
      scopes: ['network', 'layer'] as const,
    })),
  ],
  settings: z.object({
    images: imagesSetting,
    quality: z
      .number()
      .min(0)
      .max(10)
      .default(1)
      .describe('pruning threshold of a kernel, in standard deviations of its weights'),
    rounds: z
      .int()
      .min(1)
      .max(100)
      .default(1)
      .describe('number of rounds of pruning and retraining, each to fewer weights'),
    retrainEpochs: z
      .int()
      .min(0)
      .max(1000)
      .default(2)
      .describe('epochs of retraining in each round; 0 for none'),
    retrainImages: z
      .int()
      .min(20)
      .max(1_000_000)
      .default(4000)
      .describe('number of training images for retraining'),
    retrainRate: z
      .number()
      .positive()
      .max(10)
      .default(0.1)
      .describe('initial learning rate of retraining / learning rate of the run'),
    bits: bitsSetting.default(6).describe('bits per shared weight, for all layers'),
    stemBits: roleBits('the stem'),
    squeezeBits: roleBits('squeeze layers'),
    expand1x1Bits: roleBits('expand 1x1 layers'),
    expand3x3Bits: roleBits('expand 3x3 layers'),
    depthwiseBits: roleBits('depthwise layers'),
    pointwiseBits: roleBits('pointwise layers'),
    classifierBits: roleBits('the classifier'),
    indexBits: z
      .int()
      .min(1)
      .max(8)
      .default(4)
      .describe('bits per gap: the number of zeros between two kept weights'),
  }),
});
