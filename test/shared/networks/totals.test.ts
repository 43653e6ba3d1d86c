import { binaryWeightSize, weightSize } from '../../../src-shared/numbers.ts';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkTotals } from '../../../src-shared/networks/network-totals.ts';
import { costOf } from './describe.ts';

/** Published or counted figures: torchvision, the papers, weiaicunzai/pytorch-cifar100, bvlc_alexnet. */
const squeezenet = [
  { version: '1.0', classes: 1000, parameters: 1_248_424, macs224: 818.9, macs227: 832.7 },
  { version: '1.1', classes: 1000, parameters: 1_235_496, macs224: 349.2, macs227: 387.7 },
  { version: '1.0', classes: 10, parameters: 740_554 },
  { version: '1.1', classes: 10, parameters: 727_626 },
  { version: '1.0', classes: 100, parameters: 786_724 },
  { version: '1.1', classes: 100, parameters: 773_796 },
  { version: '1.0', classes: 200, parameters: 838_024 },
  { version: '1.1', classes: 200, parameters: 825_096 },
];

for (const { version, classes, parameters, macs224, macs227 } of squeezenet) {
  test(`SqueezeNet v${version} with ${classes} classes has its published totals`, () => {
    const fields = { family: 'squeezenet', version };
    const cost = costOf(fields, 224, classes);
    assert.equal(cost.parameters, parameters);
    assert.equal(cost.movingStatistics, 0);
    if (macs224 !== undefined) assert.equal(millions(cost.macs), macs224);
    if (macs227 !== undefined) assert.equal(millions(costOf(fields, 227, classes).macs), macs227);
  });
}

test('layers with weights are as many as the papers count', () => {
  for (const [family, published] of [
    ['squeezenet', 26],
    ['mobilenet-v1', 28],
    ['alexnet', 8],
  ] as const)
    assert.equal(costOf({ family }).layersWithWeights, published, family);
});

const squeezeRatioSizes = [
  { sr: 0.125, size: '4.99 MB', binary: '4.76 MiB' },
  { sr: 0.25, size: '7.87 MB', binary: '7.50 MiB' },
  { sr: 0.5, size: '13.62 MB', binary: '12.99 MiB' },
  { sr: 0.75, size: '19.37 MB', binary: '18.47 MiB' },
  { sr: 1, size: '25.12 MB', binary: '23.95 MiB' },
];

for (const { sr, size, binary } of squeezeRatioSizes) {
  test(`a squeeze ratio of ${sr} gives ${size}`, () => {
    const { sizeBytes } = costOf({ family: 'squeezenet', sr });
    assert.equal(weightSize(sizeBytes), size);
    assert.equal(binaryWeightSize(sizeBytes), binary);
  });
}

const shareSizes = [
  { pct3x3: 0.01, size: '5.91 MB' },
  { pct3x3: 0.25, size: '9.69 MB' },
  { pct3x3: 0.5, size: '13.62 MB' },
  { pct3x3: 0.75, size: '17.55 MB' },
  { pct3x3: 0.99, size: '21.32 MB' },
];

for (const { pct3x3, size } of shareSizes) {
  test(`a 3x3 share of ${pct3x3} at squeeze ratio 0.5 gives ${size}`, () => {
    assert.equal(weightSize(costOf({ family: 'squeezenet', sr: 0.5, pct3x3 }).sizeBytes), size);
  });
}

for (const [classes, parameters] of [
  [10, 734_986],
  [100, 781_156],
] as const) {
  test(`the small SqueezeNet with batch norm and ${classes} classes trains ${parameters} parameters`, () => {
    const fields = { family: 'squeezenet', stem: 'small', batchNorm: true, bypass: 'simple', dropout: 0 };
    const cost = costOf(fields, 32, classes);
    assert.equal(cost.parameters, parameters);
    // Two statistics for each channel of a convolution but conv10: 96 + 320 squeeze + 2,560 expand.
    assert.equal(cost.movingStatistics, 2 * (96 + 320 + 2560));
    assert.equal(cost.sizeBytes, 4 * (cost.parameters + cost.movingStatistics));
  });
}

test('the network that a plain PyTorch script trained on CIFAR-10 has 365,610 parameters', () => {
  const shape = { baseE: 64, incrE: 64, sr: 0.25, pct3x3: 0.5, stemFilters: 32 };
  const fields = { family: 'squeezenet', ...shape, bypass: 'simple', batchNorm: true, stem: 'small' };
  // That script leaves out the biases before a batch norm; 32 + 320 squeeze + 1,280 expand of them.
  assert.equal(costOf(fields, 32, 10).parameters - (32 + 320 + 1280), 365_610);
});

test('complex bypass has 1,589,672 parameters and simple bypass none of its own', () => {
  assert.equal(costOf({ family: 'squeezenet', bypass: 'complex' }).parameters, 1_589_672);
  assert.equal(costOf({ family: 'squeezenet', bypass: 'simple' }).parameters, 1_248_424);
});

test('MobileNetV1 has its published parameters, multiply-adds and their shares', () => {
  const cost = costOf({ family: 'mobilenet-v1' });
  assert.equal(cost.parameters, 4_231_976);
  assert.equal(millions(cost.macs), 568.7);
  const share = (role: string): string => {
    const macs = cost.layers
      .filter((layer) => layer.role === role)
      .reduce((sum, layer) => sum + layer.macs, 0);
    return ((100 * macs) / cost.macs).toFixed(2);
  };
  assert.deepEqual(['pointwise', 'depthwise', 'stem', 'classifier'].map(share), [
    '94.86',
    '3.06',
    '1.91',
    '0.18',
  ]);
});

for (const [alpha, macs, parameters] of [
  [0.75, 325, 2.6],
  [0.5, 149, 1.3],
  [0.25, 41, 0.5],
] as const) {
  test(`MobileNetV1 x${alpha} costs what the paper says`, () => {
    const cost = costOf({ family: 'mobilenet-v1', alpha });
    assert.ok(Math.abs(cost.macs / 1e6 - macs) < 0.6, `${cost.macs}`);
    assert.equal((cost.parameters / 1e6).toFixed(1), parameters.toFixed(1));
  });
}

test('on CIFAR-100 MobileNetV1 has 3.3 M parameters and ShuffleNet v1 1.0 M', () => {
  const mobile = costOf({ family: 'mobilenet-v1', stem: 'small' }, 32, 100);
  const shuffle = costOf({ family: 'shufflenet-v1', stem: 'small' }, 32, 100);
  assert.equal((mobile.parameters / 1e6).toFixed(1), '3.3');
  assert.equal((shuffle.parameters / 1e6).toFixed(1), '1.0');
});

for (const [groups, complexity] of [
  [1, 143],
  [2, 140],
  [3, 137],
  [4, 133],
  [8, 137],
] as const) {
  test(`ShuffleNet v1 with ${groups} groups has the paper's complexity`, () => {
    const cost = costOf({ family: 'shufflenet-v1', groups });
    const classifier = cost.layers.find(({ role }) => role === 'classifier')?.macs ?? 0;
    // The paper's table agrees with the convolutions alone; the classifier adds 0.6 to 1.5 M.
    assert.ok(Math.abs((cost.macs - classifier) / 1e6 - complexity) <= 0.51, `${cost.macs - classifier}`);
    assert.ok(Math.abs(cost.macs / 1e6 / complexity - 1) < 0.0101, `${cost.macs}`);
  });
}

test('AlexNet has 60,965,224 parameters at 227 and at 224 pixels', () => {
  assert.equal(costOf({ family: 'alexnet' }, 227).parameters, 60_965_224);
  assert.equal(costOf({ family: 'alexnet' }, 224).parameters, 60_965_224);
});

test('AlexNet has 50 times the parameters of SqueezeNet, near enough', () => {
  const factor = costOf({ family: 'alexnet' }).parameters / costOf({ family: 'squeezenet' }).parameters;
  assert.ok(factor > 48 && factor < 50, `${factor}`);
});

test('the totals are the sums over the layers', () => {
  const cost = costOf({ family: 'shufflenet-v1' });
  for (const key of ['parameters', 'movingStatistics', 'macs', 'sizeBytes', 'activationBytes'] as const) {
    const sum = cost.layers.reduce((total, layer) => total + layer[key], 0);
    assert.equal(cost[key], sum);
  }
});

function millions(macs: number): number {
  return Number((macs / 1e6).toFixed(1));
}

test('a network is looked at once for all who ask, and anew for images of another shape', () => {
  const network = { family: 'squeezenet', stem: 'small' };
  const on = (side: number) => networkTotals({ shape: [side, side, 3], classes: 10 })({ ...network });
  assert.equal(on(32), on(32));
  assert.ok(on(64).macs > on(32).macs);
  assert.equal(on(64).parameters, on(32).parameters);
});
