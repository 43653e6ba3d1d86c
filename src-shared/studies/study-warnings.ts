import { counted } from '../counted.ts';
import type { Mistake } from '../mistakes/mistake.ts';
import { optimizersWith } from '../training/optimizers/registry.ts';
import type { StudyData } from './cost-cells.ts';
import type { CheckedCell } from './make-cell.ts';
import type { Recipe } from './recipe.ts';
import type { StudyDefinition } from './study-definition.ts';
import { trainingImages } from './training-images.ts';

/** A cell, and what is known of its network; null where the images are unknown. */
export interface WarnedCell extends Pick<CheckedCell, 'recipe'> {
  readonly cost: { readonly parameters: number; readonly sizeBytes: number } | null;
}

/** What is known beside a cell. */
interface Around {
  /** Null where the data set is unknown, or has not been added. */
  readonly data: StudyData | null;
  /** Images that a run trains on; null where the data set is unknown. */
  readonly images: number | null;
  /** Whether a field of the recipe is a factor or was given. */
  readonly isGiven: (field: string) => boolean;
}

/** A field of the recipe, and a sentence without it. */
interface Found {
  readonly field: keyof Recipe;
  readonly message: string;
}

type Rule = (cell: WarnedCell, around: Around) => Found | null;

/**
 * What a person should know before a study is trained: settings that fight each other, with which it can be trained, but probably not as
 * it was meant. Each once, with the number of cells that it holds for; of mistakes they have the form, since they stand at a path, too.
 * @param data null where its images are unknown
 */
export function studyWarnings(
  definition: StudyDefinition,
  cells: readonly WarnedCell[],
  data: StudyData | null,
): Mistake[] {
  const { design, training, seeds, until } = definition;
  const varied =
    design.kind === 'grid' ? Object.keys(design.vary) : design.cells.flatMap((cell) => Object.keys(cell));
  const given = new Set([...varied, ...Object.keys(training).map((name) => `training.${name}`)]);
  const around: Around = {
    data,
    images: data && trainingImages(data.trainingCount, definition.data),
    isGiven: (field) => given.has(`training.${field}`),
  };
  const found = new Map<string, { readonly warning: Mistake; count: number }>();
  for (const cell of cells) {
    for (const rule of RULES) {
      const told = rule(cell, around);
      if (!told) continue;
      const { field, message } = told;
      const warning = { path: ['training', field], value: cell.recipe[field], message };
      const key = `${field} ${message}`;
      const known = found.get(key) ?? { warning, count: 0 };
      known.count += 1;
      found.set(key, known);
    }
  }
  return [
    ...wholeWarnings({
      isVaried: varied.length > 0 && cells.length > 1,
      seeds: seeds.length,
      isRuled: until !== undefined,
      validationShare: definition.data.validationShare,
    }),
    ...[...found.values()].map(({ warning, count }) => ({
      ...warning,
      message:
        count === cells.length
          ? warning.message
          : `in ${count} of ${counted(cells.length, 'cell')}: ${warning.message}`,
    })),
  ].slice(0, MOST_WARNINGS);
}

/** More would be read by nobody. */
const MOST_WARNINGS = 20;

function wholeWarnings({
  isVaried,
  seeds,
  isRuled,
  validationShare,
}: {
  readonly isVaried: boolean;
  readonly seeds: number;
  readonly isRuled: boolean;
  readonly validationShare: number;
}): Mistake[] {
  return [
    ...(isVaried && seeds === 1 && !isRuled
      ? [
          {
            path: ['seeds'],
            value: seeds,
            message:
              'with one seed nobody knows how much runs vary, and no difference of cells can be tested; three seeds are the least for a first look.',
          },
        ]
      : []),
    ...(isVaried && validationShare === 0
      ? [
          {
            path: ['data', 'validationShare'],
            value: validationShare,
            message:
              'without a validation part the best cell is chosen on the test data, on which it then looks better than it is.',
          },
        ]
      : []),
  ];
}

/** Fields of the recipe that count only beside something else. */
const NEEDS: readonly {
  readonly field: keyof Recipe;
  readonly isUsed: (recipe: Recipe) => boolean;
  readonly needs: string;
}[] = [
  { field: 'milestones', isUsed: ({ schedule }) => schedule === 'step', needs: 'the schedule is not step' },
  { field: 'gamma', isUsed: ({ schedule }) => schedule === 'step', needs: 'the schedule is not step' },
  {
    field: 'riseShare',
    isUsed: ({ schedule }) => schedule === 'one-cycle',
    needs: 'the schedule is not one-cycle',
  },
  {
    field: 'cropScale',
    isUsed: ({ augment }) => augment.includes('resized-crop'),
    needs: 'the augmentation has no resized-crop',
  },
  {
    field: 'cropPadding',
    isUsed: ({ augment }) => augment.includes('crop'),
    needs: 'the augmentation has no crop',
  },
  {
    field: 'rotationDegrees',
    isUsed: ({ augment }) => augment.includes('rotation'),
    needs: 'the augmentation has no rotation',
  },
  {
    field: 'cutoutSize',
    isUsed: ({ augment }) => augment.includes('cutout'),
    needs: 'the augmentation has no cutout',
  },
];

function at(field: keyof Recipe, message: string): Found {
  return { field, message };
}

const RULES: readonly Rule[] = [
  ...NEEDS.map(
    ({ field, isUsed, needs }): Rule =>
      ({ recipe }, { isGiven }) =>
        isGiven(field) && !isUsed(recipe) ? at(field, `it has no effect, since ${needs}.`) : null,
  ),
  ({ recipe: { warmup, epochs } }) =>
    warmup >= epochs
      ? at(
          'warmup',
          `the warm-up of ${counted(warmup, 'epoch')} is no shorter than the training of ${counted(epochs, 'epoch')}: the schedule never begins.`,
        )
      : null,
  ({ recipe: { schedule, milestones, epochs } }) => {
    if (schedule !== 'step') return null;
    if (milestones.length === 0)
      return at('milestones', 'the schedule step has no milestones, so that the learning rate never falls.');
    const late = milestones.filter((epoch) => epoch >= epochs);
    return late.length > 0
      ? at(
          'milestones',
          `${late.join(', ')} ${late.length === 1 ? 'is' : 'are'} not before the end of the training (${counted(epochs, 'epoch')}) and ${late.length === 1 ? 'has' : 'have'} no effect.`,
        )
      : null;
  },
  ({ recipe: { batch, epochs, schedule } }, { images }) => {
    if (images === null || batch > images) return null;
    const steps = Math.floor(images / batch) * epochs;
    return steps < FEW_STEPS
      ? at(
          'batch',
          `a run has only ${counted(steps, 'step')} (${images} training images in batches of ${batch}, ${counted(epochs, 'epoch')}): too few for a network to learn much${schedule === 'constant' ? '' : `, and for the schedule ${schedule} to matter`}.`,
        )
      : null;
  },
  ({ cost, recipe }) =>
    cost && recipe.batch < LEAST_NORMALIZED && isNormalized(cost)
      ? at(
          'batch',
          `batch norm estimates its mean and variance from each batch; from ${counted(recipe.batch, 'image')} that is mostly noise.`,
        )
      : null,
  ({ recipe: { optimizer, learningRate } }) =>
    optimizersWith('beta2').includes(optimizer) && learningRate >= LARGE_ADAPTIVE
      ? at(
          'learningRate',
          `${learningRate} is large for ${optimizer}, whose steps are about as large as the learning rate whatever the gradient is; 0.001 is usual.`,
        )
      : null,
  ({ recipe: { optimizer, momentum, nesterov } }, { isGiven }) =>
    optimizersWith('nesterov').includes(optimizer) && momentum === 0 && nesterov && isGiven('nesterov')
      ? at('nesterov', 'it has no effect without momentum.')
      : null,
  ({ recipe: { augment } }, { data }) =>
    data && augment.includes('flip') && hasCharacters(data)
      ? at('augment', `flip mirrors the characters of ${data.name}: mirrored ones are others, or none.`)
      : null,
  ({ recipe: { augment, rotationDegrees } }, { data }) =>
    data && augment.includes('rotation') && rotationDegrees >= 90 && hasCharacters(data)
      ? at(
          'rotationDegrees',
          `characters of ${data.name} that are turned by ${rotationDegrees} degrees are others, as 6 and 9.`,
        )
      : null,
  ({ recipe: { augment, cutoutSize } }, { data }) =>
    data && augment.includes('cutout') && 2 * cutoutSize > smallerSide(data)
      ? at(
          'cutoutSize',
          `a square of ${cutoutSize} pixels blanks more than a quarter of images of ${data.shape[0]}x${data.shape[1]} pixels.`,
        )
      : null,
  ({ recipe: { augment, cropPadding } }, { data }) =>
    data && augment.includes('crop') && 2 * cropPadding >= smallerSide(data)
      ? at(
          'cropPadding',
          `a padding of ${cropPadding} pixels can move half of an image of ${data.shape[0]}x${data.shape[1]} pixels out of sight.`,
        )
      : null,
];

/** Steps of a run below which a schedule is a few steps long. */
const FEW_STEPS = 50;
/** Images from which batch norm can estimate a variance at all. */
const LEAST_NORMALIZED = 4;
/** Of optimizers with steps of about the size of the learning rate. */
const LARGE_ADAPTIVE = 0.03;

/** Data sets of single characters, by name: what their pictures show is known of no other. */
function hasCharacters({ name }: StudyData): boolean {
  return /mnist|svhn|digit|character|letter/i.test(name) && !/fashion/i.test(name);
}

/** Of the values of a network all are trained but the moving statistics of batch norm. */
function isNormalized({ parameters, sizeBytes }: NonNullable<WarnedCell['cost']>): boolean {
  return sizeBytes > 4 * parameters;
}

function smallerSide({ shape: [height, width] }: StudyData): number {
  return Math.min(height, width);
}
