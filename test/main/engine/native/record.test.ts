import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTensorFlow } from '../../../../src-main/engine/engines/tensorflow/open.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { kernels } from './own-ops.ts';

test("a run's record says which kernels computed it, and an engine's record leaves some to TensorFlow", () => {
  const installation = selectedEngine(kindlingHome());
  const versionWithout = (withoutOwn?: string[]) =>
    openTensorFlow({ ...installation, withoutOwn }).description.version;
  const version = `${installation.version}+${kernels.instructionSet}`;
  assert.equal(versionWithout(), version);
  assert.equal(versionWithout([]), version);
  assert.equal(versionWithout(['depthwise', 'convolution']), `${version}-depthwise-convolution`);
  process.env['KINDLING_KERNELS'] = 'off';
  assert.equal(openTensorFlow(installation).description.version, installation.version);
  process.env['KINDLING_KERNELS'] = 'portable';
  assert.equal(openTensorFlow(installation).description.version, `${installation.version}+portable`);
  delete process.env['KINDLING_KERNELS'];
});
