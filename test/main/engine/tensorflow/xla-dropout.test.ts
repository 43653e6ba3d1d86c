import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs';
import type { TensorFlowBackend } from '../../../../src-main/engine/engines/tensorflow/backend.ts';
import { CompiledProgram } from '../../../../src-main/engine/engines/tensorflow/compiled-program.ts';
import { selectedEngine } from '../../../../src-main/engine/installations/installation.ts';
import { kindlingHome } from '../../../../src-main/home.ts';
import { recordFunction } from '../../../../src-main/engine/engines/tensorflow/record-function.ts';

// TensorFlow reads them when it is loaded; a graph as small as this one is left alone by default
process.env['TF_XLA_FLAGS'] = '--tf_xla_auto_jit=2 --tf_xla_cpu_global_jit --tf_xla_min_cluster_size=1';
process.env['KINDLING_KERNELS'] = 'off';
const { openTensorFlow } = await import('../../../../src-main/engine/engines/tensorflow/open.ts');
const engine = openTensorFlow(selectedEngine(kindlingHome()));

test('a step that XLA compiles drops what the same step drops op by op', () => {
  const backend = tf.backend() as TensorFlowBackend;
  const x: Tensor4D = tf.ones([4, 3, 3, 8]);
  const seed: Tensor1D = tf.tensor1d([-3, 7], 'int32');
  const { result, recorded } = recordFunction(backend, {
    ...{ name: 'drop', inputs: { x, seed }, state: [tf.zeros([1])] },
    compute: () => engine.operations.dropout(x, 0.5, seed, 123_456_789),
    outputsOf: (dropped: Tensor4D) => ({ outputs: { dropped }, state: [] }),
  });
  const compiled = new CompiledProgram(backend.binding, [{ name: 'parameters', size: 1 }], [recorded()]);
  compiled.writeState([new Float32Array(1)]);
  const inputs = { x: x.dataSync() as Float32Array, seed: seed.dataSync() as Int32Array };
  const [replayed] = compiled.call('drop', inputs);
  compiled.close();
  const expected = result.dataSync() as Float32Array;
  assert.deepEqual(new Set(expected), new Set([0, 2]));
  assert.deepEqual([...(replayed ?? [])], [...expected]);
});
