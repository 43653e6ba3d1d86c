import { type Recipe, recipeSchema } from '../../../src-shared/studies/recipe.ts';
import type { TrainingProgress } from '../../../src-shared/studies/trainer-protocol.ts';

export const EPOCHS = 3;

export interface Family {
  readonly title: string;
  readonly network: Readonly<Record<string, unknown>>;
  readonly trainingLimit: number;
  /** Of its square images. */
  readonly side: number;
  readonly augment: Recipe['augment'];
  /** That of SGD; of the others a tenth. */
  readonly learningRate: number;
}

/** With dropout where a family has it. Images are varied in all the ways that there are: as bytes, and by the thread beside the steps. */
export const FAMILIES: Readonly<Record<string, Family>> = {
  squeezenet: {
    title: 'SqueezeNet, batch norm',
    network: {
      ...{ family: 'squeezenet', version: '1.1', stem: 'small', stemFilters: 32, baseE: 32, incrE: 32 },
      ...{ batchNorm: true, bypass: 'simple', dropout: 0.3 },
    },
    ...{ trainingLimit: 1600, side: 32, augment: ['crop', 'flip', 'cutout'], learningRate: 0.03 },
  },
  'mobilenet-v1': {
    title: 'MobileNet v1',
    network: { family: 'mobilenet-v1', stem: 'small', alpha: 0.25 },
    ...{ trainingLimit: 1600, side: 32, augment: ['rotation', 'flip'], learningRate: 0.03 },
  },
  'shufflenet-v1': {
    title: 'ShuffleNet v1',
    network: { family: 'shufflenet-v1', stem: 'small', groups: 3, scale: 0.25 },
    ...{ trainingLimit: 1600, side: 32, augment: ['resized-crop'], learningRate: 0.03 },
  },
  alexnet: {
    title: 'AlexNet, 23 million parameters',
    network: { family: 'alexnet', stem: 'small', dropout: 0.5 },
    ...{ trainingLimit: 320, side: 16, augment: ['crop'], learningRate: 0.003 },
  },
};

const SCHEDULES = ['one-cycle', 'cosine', 'step', 'linear', 'constant'] as const;

export function recipeOf(optimizer: string, { augment, learningRate }: Family, turn: number): Recipe {
  return recipeSchema.parse({
    ...{ optimizer, augment, epochs: EPOCHS, batch: 64, warmup: turn % 2 === 0 ? 0 : 0.5 },
    learningRate: optimizer === 'sgd' ? learningRate : learningRate / 10,
    ...{ schedule: SCHEDULES[turn % SCHEDULES.length], milestones: [1, 2], gamma: 0.1, cropPadding: 2 },
  });
}

/** Whether it has come, by what has been told. */
export type Moment = (said: readonly TrainingProgress[], epochs: number) => boolean;

const has = (said: readonly TrainingProgress[], type: TrainingProgress['type']): boolean =>
  said.some((message) => message.type === type);
const epochsOf = (said: readonly TrainingProgress[]): number =>
  said.filter(({ type }) => type === 'epoch').length;
const isTesting: Moment = (said) =>
  said.some((message) => message.type === 'phase' && message.phase === 'testing');

/** In the first epoch, in its validation or soon after, in the last epoch, and in the test. */
export const STOPS: readonly Moment[] = [
  (said) => has(said, 'steps'),
  (said) => epochsOf(said) === 0 && stepsOf(said) >= (startedOf(said)?.stepsPerEpoch ?? Infinity),
  (said, epochs) => epochsOf(said) === epochs - 1 && stepsOf(said) > (startedOf(said)?.stepsPerEpoch ?? 0),
  isTesting,
];

/** In the first epoch, after the first resume checkpoint, after the last epoch but one, and in the test. */
export const KILLS: readonly Moment[] = [
  (said) => has(said, 'steps'),
  (said) => has(said, 'resume checkpoint'),
  (said, epochs) => epochsOf(said) === epochs - 1,
  isTesting,
];

function startedOf(said: readonly TrainingProgress[]) {
  return said.find((message) => message.type === 'started');
}

function stepsOf(said: readonly TrainingProgress[]): number {
  return said.flatMap((message) => (message.type === 'steps' ? message.points : [])).at(-1)?.step ?? 0;
}
