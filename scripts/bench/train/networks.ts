/** The networks that the training bench compares, at 32x32x3 with ten classes. */
export const BENCH_NETWORKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  squeezenet: { family: 'squeezenet', version: '1.1', stem: 'small', dropout: 0 },
  'squeezenet-batch-norm': {
    family: 'squeezenet',
    version: '1.1',
    stem: 'small',
    dropout: 0,
    batchNorm: true,
  },
  'mobilenet-v1': { family: 'mobilenet-v1', stem: 'small' },
  'shufflenet-v1': { family: 'shufflenet-v1', stem: 'small', groups: 3 },
};

export const BENCH_RECIPE = {
  optimizer: 'sgd',
  momentum: 0.9,
  nesterov: true,
  beta1: 0.9,
  beta2: 0.999,
  weightDecay: 5e-4,
  labelSmoothing: 0,
} as const;
