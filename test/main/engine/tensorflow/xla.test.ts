import assert from 'node:assert/strict';
import { test } from 'node:test';
import { xlaEnvironment, xlaVersion } from '../../../../src-main/engine/engines/tensorflow/xla.ts';

test('XLA compiles where it is asked for, which the version says; who has set TensorFlow’s own variable has decided', () => {
  assert.deepEqual(xlaEnvironment({}), {});
  assert.equal(xlaVersion(xlaEnvironment({})), '');
  assert.equal(xlaVersion(xlaEnvironment({ KINDLING_XLA: '1' })), '+xla');
  const decided = { TF_XLA_FLAGS: '--tf_xla_auto_jit=0' };
  assert.deepEqual(xlaEnvironment({ ...decided, KINDLING_XLA: '1' }), {});
  assert.equal(xlaVersion(decided), '');
});
