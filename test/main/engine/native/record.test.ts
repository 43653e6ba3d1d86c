import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { openTensorFlow } from '../../../../src-main/engine/engines/tensorflow/open.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { kernels } from './own-ops.ts';

const installation = selectedEngine(kindlingHome());
const versionOf = (): string => openTensorFlow(installation).description.version;

afterEach(() => {
  delete process.env['KINDLING_KERNELS'];
  delete process.env['KINDLING_WITHOUT_KERNELS'];
});

test("a run's record says which kernels computed it, and the environment leaves some to TensorFlow", () => {
  const versionWithout = (names: readonly string[]) => {
    process.env['KINDLING_WITHOUT_KERNELS'] = names.join(',');
    return versionOf();
  };
  const version = `${installation.version}+${kernels.instructionSet}`;
  assert.equal(versionOf(), version);
  assert.equal(versionWithout([]), version);
  assert.equal(versionWithout(['depthwise', 'convolution']), `${version}-depthwise-convolution`);
});

test("a run's record says whether there were kernels of ours, and for which instructions", () => {
  process.env['KINDLING_KERNELS'] = 'off';
  assert.equal(versionOf(), installation.version);
  process.env['KINDLING_KERNELS'] = 'portable';
  assert.equal(versionOf(), `${installation.version}+portable`);
});
