import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { composedOperations } from '../../composed-operations.ts';
import type { Operations } from '../../operations.ts';
import { batchNormInference, batchNormTraining } from './kernels/batch-norm.ts';
import { biasAdd } from './kernels/bias.ts';
import { classesBefore, crossEntropy } from './kernels/classification.ts';
import { dense, registerConvolution, registerDepthwise } from './kernels/differentiable.ts';
import { dropout } from './kernels/dropout.ts';
import { convolveBeside } from './kernels/expand.ts';
import { averagePool, maximumPool } from './kernels/pools.ts';
import { relu } from './kernels/relu.ts';
import { kernelRunner } from './kernels/run-kernel.ts';
import { splitAndJoinInPlace } from './kernels/split-and-join.ts';
import { elementwise } from './kernels/update.ts';
import { Pieces } from './pieces.ts';

/** Kernels of our own for most of a step; the rest are programs of TensorFlow.js's backend. Once for a backend. */
export function webGpuOperations(
  backend: WebGPUBackend,
  pieces = new Pieces(backend),
  run = kernelRunner(backend, pieces),
): Operations {
  const mostBuffers = backend.device.limits.maxStorageBuffersPerShaderStage;
  splitAndJoinInPlace(backend, pieces, run);
  const convolve = registerConvolution(run);
  const convolveDepthwise = registerDepthwise(run);
  return {
    ...composedOperations,
    convolution: (x, kernel, stride, padding, groups) => convolve(x, kernel, { stride, ...padding, groups }),
    convolveBeside: (x, convolutions, bias) => convolveBeside(run, x, convolutions, bias),
    depthwise: (x, kernel, stride, padding) =>
      convolveDepthwise(x, kernel, { stride, ...padding, groups: x.shape[3] }),
    dense: (x, kernel) => dense(convolve, x, kernel),
    biasAdd: (x, bias, rectifies) => biasAdd(run, x, bias, rectifies),
    batchNormTraining: (x, weights, rectifies) => batchNormTraining(run, x, weights, rectifies),
    batchNormInference: (x, weights, rectifies) => batchNormInference(run, x, weights, rectifies),
    maximumPool: (x, size, stride, padding) => maximumPool(run, x, { size, stride, ...padding }),
    averagePool: (x, size, stride, padding, countsPadding) =>
      averagePool(run, x, { size, stride, ...padding }, countsPadding),
    relu: (x) => relu(run, x),
    crossEntropy: (logits, labels, smoothing) => crossEntropy(run, logits, labels, smoothing),
    classesBefore: (logits, labels) => classesBefore(run, logits, labels),
    dropout: (x, rate, seed, stream) => dropout(run, x, rate, seed, stream),
    elementwise: (vectors, scalars, compute) => elementwise(run, mostBuffers, vectors, scalars, compute),
  };
}
