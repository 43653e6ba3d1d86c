import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manylinuxTags } from '../../../../src-main/engine/engines/tensorflow/provisioning/platform.ts';

test('a machine takes wheels for its own glibc and older ones, newest first', () => {
  assert.deepEqual(manylinuxTags('x86_64', 27), [
    'manylinux_2_27_x86_64',
    'manylinux_2_24_x86_64',
    'manylinux_2_17_x86_64',
    'manylinux2014_x86_64',
    'manylinux_2_12_x86_64',
    'manylinux2010_x86_64',
    'manylinux_2_5_x86_64',
    'manylinux1_x86_64',
  ]);
  assert.deepEqual(manylinuxTags('aarch64', 17).slice(0, 2), [
    'manylinux_2_17_aarch64',
    'manylinux2014_aarch64',
  ]);
});
