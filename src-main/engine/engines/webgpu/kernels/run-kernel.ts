import * as tf from '@tensorflow/tfjs';
import type { Tensor, TensorInfo } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { Pieces } from '../pieces.ts';
import { type Binding, bindingsOf, codeOf, numbersWith } from './kernel-code.ts';

/**
 * Where a kernel writes: into a new tensor of a shape, in its place among what is made like the vector of which `like` is a piece, or into a
 * tensor that there is, which may hold something else besides.
 */
export type Output =
  | readonly number[]
  | { readonly shape: readonly number[]; readonly like: TensorInfo }
  | { readonly shape: readonly number[]; readonly into: TensorInfo };

/** A program of the device in WGSL, written over names: `u.rows` of its numbers, `x[i]` of its inputs and outputs. */
export interface Kernel<Made extends string> {
  /** For tools that show what the device does. */
  readonly name: string;
  /** Functions and the entry point `main`; what it declares by itself are only its numbers, inputs and outputs. */
  readonly code: string;
  /** Read by the kernel, by name. float32 or int32 */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** By name; all float32. */
  readonly outputs: Readonly<Record<Made, Output>>;
  /** Unsigned integers. */
  readonly sizes: Readonly<Record<string, number>>;
  /** float32 */
  readonly numbers?: Readonly<Record<string, number>>;
  readonly workgroups: readonly [x: number, y?: number, z?: number];
}

export type RunKernel = <Made extends string>(kernel: Kernel<Made>) => Record<Made, Tensor>;

/** What TensorFlow.js's backend keeps to itself: the pass that it adds programs to, and what it gives back after it. */
interface Pass {
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  readonly commandQueueOwnedIds: WeakSet<object>;
  readonly uniformPendingDisposal: GPUBuffer[];
}

/** Programs after which the backend sends them to the device. */
const MOST_IN_PASS = 64;

/** Runs kernels between the backend's own, in order, with tensors of TensorFlow.js. Each is compiled once. */
export function kernelRunner(backend: WebGPUBackend, pieces: Pieces): RunKernel {
  const pipelines = new Map<string, GPUComputePipeline>();
  const inside = backend as unknown as Pass;

  function pipelineOf(name: string, code: string, bindings: readonly Binding[]): GPUComputePipeline {
    const known = pipelines.get(code);
    if (known) return known;
    const { device } = backend;
    const module = device.createShaderModule({ code, label: name });
    // as it is declared: a layout found by the device would leave out what a kernel does not use
    const layout = device.createPipelineLayout({
      bindGroupLayouts: [device.createBindGroupLayout({ entries: layoutOf(bindings) })],
    });
    const pipeline = device.createComputePipeline({ label: name, layout, compute: { module } });
    pipelines.set(code, pipeline);
    return pipeline;
  }

  function bufferOf({ dataId }: TensorInfo): GPUBuffer {
    backend.uploadToGPU(dataId);
    inside.commandQueueOwnedIds.add(dataId);
    return backend.tensorMap.get(dataId).resource as GPUBuffer;
  }

  function outputOf(output: Output): TensorInfo {
    if ('into' in output) return output.into;
    const shape = 'shape' in output ? output.shape : output;
    const inPlace = 'like' in output ? pieces.besides(output.like, shape) : null;
    return inPlace ?? backend.makeTensorInfo([...shape], 'float32');
  }

  /** The numbers of a kernel, in the order in which its code declares them. */
  function uniformsOf({ sizes, numbers }: ReturnType<typeof numbersWith>): GPUBuffer {
    const count = Object.keys(sizes).length + Object.keys(numbers).length;
    const bytes = new ArrayBuffer(16 * Math.ceil(count / 4));
    new Uint32Array(bytes).set(Object.values(sizes));
    new Float32Array(bytes).set(Object.values(numbers), Object.keys(sizes).length);
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM;
    const buffer = backend.bufferManager.acquireBuffer(bytes.byteLength, usage);
    backend.queue.writeBuffer(buffer, 0, bytes);
    inside.uniformPendingDisposal.push(buffer);
    return buffer;
  }

  function add(
    pipeline: GPUComputePipeline,
    bindings: GPUBindGroup,
    workgroups: Kernel<never>['workgroups'],
  ) {
    backend.ensureCommandEncoderReady();
    inside.computePassEncoder ??= inside.commandEncoder?.beginComputePass() ?? null;
    inside.computePassEncoder?.setPipeline(pipeline);
    inside.computePassEncoder?.setBindGroup(0, bindings);
    inside.computePassEncoder?.dispatchWorkgroups(...workgroups);
    inside.dispatchCountInPass++;
    if (inside.dispatchCountInPass < MOST_IN_PASS) return;
    backend.endComputePassEncoder();
    backend.submitQueue();
  }

  return <Made extends string>(kernel: Kernel<Made>): Record<Made, Tensor> => {
    const made = Object.entries<Output>(kernel.outputs).map(([name, output]) => ({
      ...{ name, info: outputOf(output), isOutput: true, isNew: !('into' in output) },
    }));
    const given = Object.entries(kernel.inputs).map(([name, info]) => ({ name, info, isOutput: false }));
    const bindings = bindingsOf([...given, ...made], pieces);
    const numbers = numbersWith(kernel, bindings);
    const pipeline = pipelineOf(kernel.name, codeOf(kernel.code, numbers, bindings), bindings);
    const buffers = [uniformsOf(numbers), ...bindings.map(({ holder }) => bufferOf(holder))];
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const layout = pipeline.getBindGroupLayout(0);
    add(pipeline, backend.device.createBindGroup({ layout, entries }), kernel.workgroups);
    const results = made.map(({ name, info, isNew }) => [
      name,
      isNew ? tf.engine().makeTensorFromTensorInfo(info, backend) : info,
    ]);
    return Object.fromEntries(results) as Record<Made, Tensor>;
  };
}

function layoutOf(bindings: readonly Binding[]): GPUBindGroupLayoutEntry[] {
  const types: GPUBufferBindingType[] = [
    'uniform',
    ...bindings.map(({ isWritten }) => (isWritten ? 'storage' : 'read-only-storage')),
  ];
  const visibility = GPUShaderStage.COMPUTE;
  return types.map((type, binding) => ({ binding, visibility, buffer: { type } }));
}
