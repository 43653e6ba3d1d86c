import { z } from 'zod';
import { mistakesProblem } from '../../mistakes/mistakes-problem.ts';
import type { Problem } from '../../mistakes/problem.ts';
import { field } from '../../fields/field.ts';
import { classesField, defineFamily, dropoutField, type NetworkContext, stemField } from '../family.ts';
import { GraphBuilder } from '../graph-builder.ts';
import type { Graph } from '../graph.ts';
import { BYPASS, CLASSIFIER, DROPOUT, MERGE, POOL, type Role, STEM } from '../role.ts';
import { roundHalfUp } from '../round.ts';
import { CLASSIFIER_INITIALIZER } from '../weights.ts';
import { evenPadding, NO_PADDING } from '../window.ts';

const ROLES: readonly Role[] = [
  STEM,
  { name: 'squeeze', colour: 'orange', place: 20 },
  { name: 'expand 1x1', colour: 'blue', place: 30 },
  { name: 'expand 3x3', colour: 'navy', place: 40 },
  ...[BYPASS, MERGE, POOL, DROPOUT, CLASSIFIER],
];

const FIRE_MODULES = 8;

const ratio = z.number().gt(0).max(1);
const share = z.number().min(0).max(1);

const schema = z.strictObject({
  family: z.literal('squeezenet'),
  /** YAML reads 1.0 as the number 1. */
  version: field(
    z
      .union([z.literal(['1.0', '1.1']), z.literal([1, 1.1])])
      .transform((version) => (version === '1.1' || version === 1.1 ? ('1.1' as const) : ('1.0' as const)))
      .default('1.0'),
    { title: 'version', about: 'stem and placement of the pools', accepts: '1.0 or 1.1' },
  ),
  baseE: field(z.int().min(1).default(128), {
    ...{ title: 'base width', short: 'baseE', about: 'expand filters of the first Fire module' },
  }),
  incrE: field(z.int().min(0).default(128), {
    ...{ title: 'width increment', short: 'incrE', about: 'expand filters added every `freq` modules' },
  }),
  freq: field(z.int().min(1).default(2), {
    ...{ title: 'width period', short: 'freq', about: 'successive modules of equal width' },
  }),
  sr: field(z.union([ratio, z.array(ratio).length(FIRE_MODULES)]).default(0.125), {
    ...{ title: 'squeeze ratio', short: 'SR', about: 'squeeze filters over expand filters' },
    accepts: 'a number above 0 and at most 1, or a list of 8 of them (fire2 to fire9)',
  }),
  pct3x3: field(z.union([share, z.array(share).length(FIRE_MODULES)]).default(0.5), {
    ...{ title: '3×3 share', short: '3×3', about: 'share of 3x3 filters among the expand filters' },
    accepts: 'a number from 0 to 1, or a list of 8 of them (fire2 to fire9)',
  }),
  bypass: field(z.enum(['none', 'simple', 'complex']).default('none'), {
    title: 'bypass',
    about: 'simple: additions where the channels agree; complex: a 1x1 convolution elsewhere',
  }),
  batchNorm: field(z.boolean().default(false), {
    ...{
      title: 'batch norm',
      aliases: ['bn'],
      about: 'after every convolution except the last; biases are kept',
    },
  }),
  dropout: dropoutField,
  stemFilters: field(z.int().min(1).optional(), {
    ...{ title: 'stem filters', about: 'filters of conv1; 96 in version 1.0 and 64 in 1.1 if left out' },
  }),
  stem: stemField,
  downsample: field(z.enum(['published', 'early', 'late']).default('published'), {
    title: 'downsampling',
    about: 'placement of the pools: early pools cost less, late pools keep the feature maps large',
  }),
  classes: classesField,
});

export type SqueezeNetDescription = z.output<typeof schema>;

export interface FireWidths {
  readonly squeeze: number;
  readonly expand1x1: number;
  readonly expand3x3: number;
}

/**
 * Widths of the eight Fire modules (Iandola et al., arXiv 1602.07360, section 5.1), i counted from zero:
 * e_i = baseE + incrE * floor(i / freq); 3x3 filters = pct3x3 * e_i and squeeze filters = sr * e_i, each
 * rounded half up; 1x1 filters are the rest of e_i; a squeeze layer keeps at least one filter.
 */
function fireWidths(description: SqueezeNetDescription): FireWidths[] {
  const { baseE, incrE, freq, sr, pct3x3 } = description;
  return Array.from({ length: FIRE_MODULES }, (_, index) => {
    const expand = baseE + incrE * Math.floor(index / freq);
    const expand3x3 = roundHalfUp(entry(pct3x3, index) * expand);
    const squeeze = Math.max(1, roundHalfUp(entry(sr, index) * expand));
    return { squeeze, expand1x1: expand - expand3x3, expand3x3 };
  });
}

function entry(value: number | readonly number[], index: number): number {
  return typeof value === 'number' ? value : (value[index] ?? 0);
}

/** Numbers of the modules that a pool follows; 1 is the stem and 2 to 9 are the Fire modules. */
function poolPlaces({ version, downsample }: SqueezeNetDescription): readonly number[] {
  if (downsample === 'early') return [1, 2, 3];
  if (downsample === 'late') return [3, 6, 9];
  return version === '1.0' ? [1, 4, 8] : [1, 3, 5];
}

function build(description: SqueezeNetDescription, { input, classes }: NetworkContext): Graph {
  const builder = new GraphBuilder('squeezenet', input, classes);
  const pools = poolPlaces(description);
  const poolAfter = (place: number): void => {
    if (!pools.includes(place)) return;
    const small = description.stem === 'small';
    const window = small ? { size: 2, stride: 2 } : { size: 3, stride: 2, padding: 'ceil' as const };
    builder.add('pool', { name: `pool${place}`, role: 'pool', operation: 'maximum', ...window });
  };
  addStem(builder, description);
  poolAfter(1);
  let bypasses = 0;
  for (const [index, widths] of fireWidths(description).entries()) {
    if (addFire(builder, `fire${index + 2}`, widths, description)) bypasses += 1;
    poolAfter(index + 2);
  }
  if (description.bypass === 'simple' && bypasses === 0) throw noBypass(description);
  addClassifier(builder, description);
  return builder.graph();
}

function addStem(
  builder: GraphBuilder,
  { version, stem, batchNorm, stemFilters }: SqueezeNetDescription,
): void {
  const window =
    stem === 'small'
      ? { kernel: 3, stride: 1, padding: evenPadding(1) }
      : { kernel: version === '1.0' ? 7 : 3, stride: 2, padding: NO_PADDING };
  const filters = stemFilters ?? (version === '1.0' ? 96 : 64);
  builder.add('convolution', { name: 'conv1', role: 'stem', filters, ...window, bias: true, batchNorm });
}

/** Adds one Fire module after the layer added last; says whether it has a bypass. */
function addFire(
  builder: GraphBuilder,
  module: string,
  widths: FireWidths,
  { batchNorm, bypass }: SqueezeNetDescription,
): boolean {
  const entrance = builder.last;
  const options = { module, bias: true, batchNorm };
  const name = `${module}/squeeze`;
  builder.add('convolution', { ...options, name, role: 'squeeze', filters: widths.squeeze, kernel: 1 });
  const inputs = [name];
  const branches: string[] = [];
  if (widths.expand1x1 > 0) {
    const layer = { name: `${module}/expand1x1`, role: 'expand 1x1' as const, inputs };
    branches.push(builder.add('convolution', { ...options, ...layer, filters: widths.expand1x1, kernel: 1 }));
  }
  if (widths.expand3x3 > 0) {
    const layer = {
      name: `${module}/expand3x3`,
      role: 'expand 3x3' as const,
      inputs,
      padding: evenPadding(1),
    };
    branches.push(builder.add('convolution', { ...options, ...layer, filters: widths.expand3x3, kernel: 3 }));
  }
  if (branches.length > 1) {
    const place = { name: `${module}/concatenation`, role: 'merge' as const, module, inputs: branches };
    builder.add('concatenation', { ...place, activation: 'none' });
  }
  return addBypass(builder, module, entrance, batchNorm, bypass);
}

/**
 * The paper's rule (section 6): a simple bypass is an addition wherever a module gives as many channels as
 * it takes (fire3, 5, 7 and 9 of the published network); a complex one also bridges the other modules, by
 * a 1x1 convolution. That convolution is linear, as the paper names no ReLU for it.
 */
function addBypass(
  builder: GraphBuilder,
  module: string,
  entrance: string,
  batchNorm: boolean,
  bypass: SqueezeNetDescription['bypass'],
): boolean {
  if (bypass === 'none') return false;
  const exit = builder.last;
  const filters = builder.channels(exit);
  let shortcut = entrance;
  if (builder.channels(entrance) !== filters) {
    if (bypass === 'simple') return false;
    const place = { name: `${module}/bypass`, role: 'bypass' as const, module, inputs: [entrance] };
    const linear = { bias: true, batchNorm, activation: 'none' as const };
    shortcut = builder.add('convolution', { ...place, ...linear, filters, kernel: 1 });
  }
  const place = { name: `${module}/addition`, role: 'merge' as const, module, inputs: [shortcut, exit] };
  builder.add('addition', { ...place, activation: 'none' });
  return true;
}

/**
 * As published, a ReLU follows conv10. With the small stem there is none, as in weiaicunzai's network: under
 * the learning rates used on small images it kills the logits of whole classes within the first epoch.
 */
function addClassifier(builder: GraphBuilder, { dropout, stem }: SqueezeNetDescription): void {
  if (dropout > 0) builder.add('dropout', { name: 'dropout9', role: 'dropout', rate: dropout });
  builder.add('convolution', {
    name: 'conv10',
    role: 'classifier',
    filters: builder.classes,
    kernel: 1,
    bias: true,
    batchNorm: false,
    activation: stem === 'imagenet' ? 'relu' : 'none',
    initializer: CLASSIFIER_INITIALIZER,
  });
  builder.add('global average pool', { name: 'pool10', role: 'pool' });
}

function noBypass({ baseE, incrE, freq }: SqueezeNetDescription): Problem {
  const message =
    `"simple" adds no bypass here, because no Fire module has as many output channels as input channels ` +
    `(baseE ${baseE}, incrE ${incrE}, freq ${freq}); use "complex" or "none", or a freq of at least 2.`;
  return mistakesProblem('network-invalid', [{ path: ['network', 'bypass'], value: 'simple', message }]);
}

/** SqueezeNet v1.0 and v1.1 and the design space of its Fire modules. */
export const squeezenet = defineFamily({
  schema,
  order: 1,
  roles: ROLES,
  lists: { sr: FIRE_MODULES, pct3x3: FIRE_MODULES },
  ports: [{ title: 'those with a simple bypass', layers: null, fields: { bypass: 'simple' } }],
  published: [{ version: '1.0' }, { version: '1.1' }],
  build,
});
