import { composedOperations } from '../../composed-operations.ts';
import type { Operations } from '../../operations.ts';
import { batchNormTraining } from './kernels/batch-norm.ts';
import { biasAdd } from './kernels/bias.ts';
import { registerConvolution, registerDepthwise } from './kernels/differentiable.ts';
import { dropout } from './kernels/dropout.ts';
import { averagePool, maximumPool } from './kernels/pools.ts';
import type { RunKernel } from './kernels/run-kernel.ts';
import { elementwise } from './kernels/update.ts';

/** Kernels of our own for most of a step; the rest are programs of TensorFlow.js's backend. */
export function webGpuOperations(run: RunKernel): Operations {
  const convolve = registerConvolution(run);
  const convolveDepthwise = registerDepthwise(run);
  return {
    ...composedOperations,
    convolution: (x, kernel, stride, padding, groups) => convolve(x, kernel, { stride, ...padding, groups }),
    depthwise: (x, kernel, stride, padding) =>
      convolveDepthwise(x, kernel, { stride, ...padding, groups: x.shape[3] }),
    biasAdd: (x, bias, relu) => biasAdd(run, x, bias, relu),
    batchNormTraining: (x, weights, relu) => batchNormTraining(run, x, weights, relu),
    maximumPool: (x, size, stride, padding) => maximumPool(run, x, { size, stride, ...padding }),
    averagePool: (x, size, stride, padding, countsPadding) =>
      averagePool(run, x, { size, stride, ...padding }, countsPadding),
    dropout: (x, rate, seed, stream) => dropout(run, x, rate, seed, stream),
    elementwise: (vectors, scalars, compute) => elementwise(run, vectors, scalars, compute),
  };
}
