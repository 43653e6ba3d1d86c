import { z } from 'zod';
import { field } from '../../fields/field.ts';
import { classesField, defineFamily, type NetworkContext, stemField } from '../family.ts';
import { GraphBuilder } from '../graph-builder.ts';
import type { Graph } from '../graph.ts';
import { CLASSIFIER, DEPTHWISE, MERGE, POINTWISE, POOL, type Role, STEM } from '../role.ts';
import { roundHalfUp } from '../round.ts';
import { CLASSIFIER_INITIALIZER } from '../weights.ts';
import { evenPadding } from '../window.ts';

/** Output channels of stage 2 at scale 1 by the number of groups (Zhang et al., arXiv 1707.01083, table 1). */
const STAGE_2_CHANNELS = { 1: 144, 2: 200, 3: 240, 4: 272, 8: 384 } as const;

const UNITS_PER_STAGE = [4, 8, 4] as const;

const ROLES: readonly Role[] = [
  ...[STEM, POINTWISE, DEPTHWISE, MERGE, POOL, CLASSIFIER],
  { name: 'shuffle', colour: 'ochre' },
];

const schema = z.strictObject({
  family: z.literal('shufflenet-v1'),
  groups: field(z.literal([1, 2, 3, 4, 8]).default(3), {
    ...{ title: 'groups', short: 'g', about: 'groups of the 1x1 convolutions' },
  }),
  scale: field(z.number().positive().default(1), {
    ...{ title: 'scale', short: 's', about: 'multiplies the filters of all layers' },
  }),
  shuffle: field(z.boolean().default(true), {
    ...{ title: 'channel shuffle', about: 'permute channels between grouped convolutions; false removes it' },
  }),
  shuffleOrder: field(z.enum(['groups', 'channels']).optional(), {
    title: 'shuffle order',
    about:
      'groups: neighbours come from different groups, as in the paper; channels: the inverse permutation, as in the code of its authors; groups if left out',
  }),
  shufflePlace: field(z.enum(['early', 'late']).optional(), {
    title: 'shuffle place',
    about:
      'early: before the 3x3 convolution, as in the paper; late: behind it, as in the code of its authors; early if left out',
  }),
  shortcut: field(z.enum(['uncounted', 'counted']).optional(), {
    title: 'shortcut',
    about:
      'whether its average pools count the zeros around the map, as in most ports for PyTorch; uncounted if left out',
  }),
  stem: stemField,
  classes: classesField,
});

type Description = z.output<typeof schema>;

/** The nearest multiple of `step` (halves up), at least one. */
function nearestMultiple(value: number, step: number): number {
  return Math.max(1, roundHalfUp(value / step)) * step;
}

/**
 * The stem is a 3x3 convolution of stride 2 and a 3x3/2 maximum pool; `small` has stride 1 and no pool, so
 * that 32 pixels become 4 after the three stages. Scaled widths are rounded to the nearest multiple that
 * all groups of a unit can share: 4 * groups for a stage, groups for the stem.
 */
function build(description: Description, { input, classes }: NetworkContext): Graph {
  const { groups, scale, stem } = description;
  const builder = new GraphBuilder('shufflenet-v1', input, classes);
  builder.add('convolution', {
    name: 'conv1',
    role: 'stem',
    filters: nearestMultiple(24 * scale, groups),
    kernel: 3,
    stride: stem === 'small' ? 1 : 2,
    padding: evenPadding(1),
    bias: false,
    batchNorm: true,
  });
  if (stem === 'imagenet') {
    const window = { operation: 'maximum' as const, size: 3, stride: 2, padding: evenPadding(1) };
    builder.add('pool', { name: 'pool1', role: 'pool', ...window });
  }
  const first = nearestMultiple(STAGE_2_CHANNELS[groups] * scale, 4 * groups);
  for (const [index, units] of UNITS_PER_STAGE.entries()) {
    for (let unit = 1; unit <= units; unit += 1) {
      addUnit(builder, description, { stage: index + 2, unit, channels: first * 2 ** index });
    }
  }
  builder.add('global average pool', { name: 'pool5', role: 'pool' });
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

/**
 * Figure 2b and 2c of the paper. The bottleneck is a quarter of the unit's output. A stage's first unit has
 * stride 2 and puts its result beside the pooled input; the others add it to their input. The very first
 * 1x1 convolution is not grouped because its input has few channels.
 */
function addUnit(
  builder: GraphBuilder,
  description: Description,
  { stage, unit, channels }: { stage: number; unit: number; channels: number },
): void {
  const { groups, shuffle, shuffleOrder = 'groups', shufflePlace = 'early' } = description;
  const { shortcut: pooling = 'uncounted' } = description;
  const module = `stage${stage}/unit${unit}`;
  const entrance = builder.last;
  const down = unit === 1;
  const plain = { role: 'pointwise' as const, module, kernel: 1, bias: false, batchNorm: true };
  const ungrouped = stage === 2 && down;
  builder.add('convolution', {
    ...plain,
    name: `${module}/compress`,
    filters: channels / 4,
    groups: ungrouped ? 1 : groups,
  });
  const shuffleAt = (place: typeof shufflePlace): void => {
    if (!shuffle || groups === 1 || place !== shufflePlace) return;
    const parts = shuffleOrder === 'groups' ? groups : channels / 4 / groups;
    builder.add('channel shuffle', { name: `${module}/shuffle`, role: 'shuffle', module, groups: parts });
  };
  shuffleAt('early');
  const stride = down ? 2 : 1;
  builder.add('depthwise', {
    name: `${module}/depthwise`,
    role: 'depthwise',
    module,
    stride,
    activation: 'none',
  });
  shuffleAt('late');
  const filters = down ? channels - builder.channels(entrance) : channels;
  const expand = { ...plain, name: `${module}/expand`, filters, groups, activation: 'none' as const };
  const exit = builder.add('convolution', expand);
  const merge = { role: 'merge' as const, module, activation: 'relu' as const };
  if (!down) {
    builder.add('addition', { ...merge, name: `${module}/addition`, inputs: [entrance, exit] });
    return;
  }
  const window = { operation: 'average' as const, size: 3, stride: 2, padding: evenPadding(1) };
  const place = { name: `${module}/shortcut`, role: 'pool' as const, module, inputs: [entrance] };
  const shortcut = builder.add('pool', { ...place, ...window, countsPadding: pooling === 'counted' });
  builder.add('concatenation', { ...merge, name: `${module}/concatenation`, inputs: [shortcut, exit] });
}

/** ShuffleNet v1. */
export const shufflenetV1 = defineFamily({
  schema,
  order: 3,
  roles: ROLES,
  lists: {},
  ports: [
    {
      title: "its authors'",
      layers: /branch_main_\d/,
      fields: { shuffleOrder: 'channels', shufflePlace: 'late', shortcut: 'counted' },
    },
    { title: 'common ones for PyTorch', layers: null, fields: { shortcut: 'counted' } },
  ],
  published: [3, 1, 2, 4, 8].flatMap((groups) => [1, 0.5, 0.25].map((scale) => ({ groups, scale }))),
  build,
});
