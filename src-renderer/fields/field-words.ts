/** What people call a field, and what it does in a few words. */
export interface FieldWords {
  readonly title: string;
  readonly about: string;
}

const NETWORK: Readonly<Record<string, FieldWords>> = {
  version: { title: 'Version', about: 'Stem and places of the pools.' },
  baseE: { title: 'Base width', about: 'Expand filters of the first Fire module.' },
  incrE: { title: 'Width increment', about: 'Expand filters added every so many modules.' },
  freq: { title: 'Width period', about: 'Modules after which the width rises.' },
  sr: { title: 'Squeeze ratio', about: 'Squeeze filters over expand filters.' },
  pct3x3: { title: 'Share of 3×3', about: 'Share of 3×3 filters among the expand filters.' },
  bypass: {
    title: 'Bypass',
    about: 'Simple: additions where the channels agree; complex: a 1×1 convolution elsewhere.',
  },
  batchNorm: { title: 'Batch norm', about: 'After every convolution but the last.' },
  dropout: { title: 'Dropout', about: 'Rate before the classifier; 0 leaves the layer out.' },
  stemFilters: {
    title: 'Stem filters',
    about: 'Filters of conv1; 96 in version 1.0 and 64 in 1.1 if left out.',
  },
  stem: { title: 'Stem', about: 'Small keeps images of some 32 pixels large: stride 1, pools of 2×2.' },
  downsample: { title: 'Downsampling', about: 'Early pools cost less, late ones keep the maps large.' },
  classes: { title: 'Classes', about: 'Comes from the data set; another number is refused.' },
  alpha: { title: 'Width multiplier', about: 'Multiplies the filters of all layers.' },
  groups: { title: 'Groups', about: 'Groups of the 1×1 convolutions.' },
  scale: { title: 'Scale', about: 'Multiplies the filters of all layers.' },
  shuffle: { title: 'Channel shuffle', about: 'Between the grouped convolutions.' },
};

const TRAINING: Readonly<Record<string, FieldWords>> = {
  epochs: { title: 'Epochs', about: 'Passes over the training images.' },
  batch: { title: 'Batch', about: 'Images in a step.' },
  optimizer: { title: 'Optimizer', about: '' },
  momentum: { title: 'Momentum', about: 'Of sgd.' },
  nesterov: { title: 'Nesterov', about: 'Of sgd.' },
  beta1: { title: 'Beta 1', about: 'Of adam and adamw: decay rate of the first moment.' },
  beta2: { title: 'Beta 2', about: 'Of adam and adamw: decay rate of the second moment.' },
  learningRate: { title: 'Learning rate', about: 'The highest of the schedule.' },
  schedule: { title: 'Schedule', about: 'Of the learning rate.' },
  warmup: { title: 'Warm-up', about: 'Epochs of linear rise before the schedule.' },
  milestones: { title: 'Milestones', about: 'Of step: epochs at which the rate is multiplied by gamma.' },
  gamma: { title: 'Gamma', about: 'Of step.' },
  riseShare: { title: 'Rising share', about: 'Of one-cycle: share of the steps in which the rate rises.' },
  weightDecay: { title: 'Weight decay', about: 'Of kernels, not of biases and batch norm.' },
  labelSmoothing: { title: 'Label smoothing', about: '' },
  augment: { title: 'Augmentation', about: '' },
  cropPadding: { title: 'Crop padding', about: 'Pixels on each side, for crop.' },
  rotationDegrees: { title: 'Rotation', about: 'Largest angle in degrees, for rotation.' },
  cutoutSize: { title: 'Cutout', about: 'Side of the square in pixels, for cutout.' },
};

/** Fields that have no words here are called by their name. */
export function fieldWords(part: 'network' | 'training', name: string): FieldWords {
  return (part === 'network' ? NETWORK : TRAINING)[name] ?? { title: name, about: '' };
}
