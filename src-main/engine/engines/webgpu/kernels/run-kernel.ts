import * as tf from '@tensorflow/tfjs';
import type { Tensor } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';

/** A program of the device in WGSL, written over names: `u.rows` of its numbers, `x[i]` of its inputs and outputs. */
export interface Kernel<Output extends string> {
  /** For tools that show what the device does. */
  readonly name: string;
  /** Functions and the entry point `main`; what it declares by itself are only its numbers, inputs and outputs. */
  readonly code: string;
  /** Read by the kernel, by name. float32 or int32 */
  readonly inputs: Readonly<Record<string, Tensor>>;
  /** Their shapes, by name; all float32. */
  readonly outputs: Readonly<Record<Output, readonly number[]>>;
  /** Unsigned integers. */
  readonly sizes: Readonly<Record<string, number>>;
  /** float32 */
  readonly numbers?: Readonly<Record<string, number>>;
  readonly workgroups: readonly [x: number, y?: number, z?: number];
}

export type RunKernel = <Output extends string>(kernel: Kernel<Output>) => Record<Output, Tensor>;

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
export function kernelRunner(backend: WebGPUBackend): RunKernel {
  const pipelines = new Map<string, GPUComputePipeline>();
  const inside = backend as unknown as Pass;

  function pipelineOf(kernel: Kernel<string>): GPUComputePipeline {
    const code = `${declarations(kernel)}\n${kernel.code}`;
    const known = pipelines.get(code);
    if (known) return known;
    const { device } = backend;
    const module = device.createShaderModule({ code, label: kernel.name });
    // as it is declared: a layout found by the device would leave out what a kernel does not use
    const layout = device.createPipelineLayout({
      bindGroupLayouts: [device.createBindGroupLayout({ entries: layoutOf(kernel) })],
    });
    const pipeline = device.createComputePipeline({ label: kernel.name, layout, compute: { module } });
    pipelines.set(code, pipeline);
    return pipeline;
  }

  function bufferOf({ dataId }: { dataId: object }): GPUBuffer {
    backend.uploadToGPU(dataId);
    inside.commandQueueOwnedIds.add(dataId);
    return backend.tensorMap.get(dataId).resource as GPUBuffer;
  }

  /** The numbers of a kernel, in the order of `declarations`. */
  function uniformsOf({ sizes, numbers = {} }: Pick<Kernel<never>, 'sizes' | 'numbers'>): GPUBuffer {
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

  return <Output extends string>(kernel: Kernel<Output>): Record<Output, Tensor> => {
    const shapes = Object.entries<readonly number[]>(kernel.outputs);
    const made = shapes.map(([name, shape]) => ({
      name,
      info: backend.makeTensorInfo([...shape], 'float32'),
    }));
    const pipeline = pipelineOf(kernel);
    const buffers = [
      uniformsOf(kernel),
      ...Object.values(kernel.inputs).map(bufferOf),
      ...made.map(({ info }) => bufferOf(info)),
    ];
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    const layout = pipeline.getBindGroupLayout(0);
    add(pipeline, backend.device.createBindGroup({ layout, entries }), kernel.workgroups);
    const tensors = made.map(({ name, info }) => [name, tf.engine().makeTensorFromTensorInfo(info, backend)]);
    return Object.fromEntries(tensors) as Record<Output, Tensor>;
  };
}

function layoutOf({ inputs, outputs }: Kernel<string>): GPUBindGroupLayoutEntry[] {
  const types: GPUBufferBindingType[] = [
    'uniform',
    ...Object.keys(inputs).map(() => 'read-only-storage' as const),
    ...Object.keys(outputs).map(() => 'storage' as const),
  ];
  const visibility = GPUShaderStage.COMPUTE;
  return types.map((type, binding) => ({ binding, visibility, buffer: { type } }));
}

function declarations({ inputs, outputs, sizes, numbers = {} }: Kernel<string>): string {
  const numbered = [
    ...Object.keys(sizes).map((name) => `${name}: u32`),
    ...Object.keys(numbers).map((name) => `${name}: f32`),
  ];
  const given = Object.entries(inputs).map(([name, { dtype }]) => ({
    declared: `${name}: array<${dtype === 'int32' ? 'i32' : 'f32'}>`,
    access: 'read',
  }));
  const made = Object.keys(outputs).map((name) => ({
    declared: `${name}: array<f32>`,
    access: 'read_write',
  }));
  return [
    `struct Numbers { ${numbered.join(', ')} }`,
    '@group(0) @binding(0) var<uniform> u: Numbers;',
    ...[...given, ...made].map(
      ({ declared, access }, place) =>
        `@group(0) @binding(${place + 1}) var<storage, ${access}> ${declared};`,
    ),
  ].join('\n');
}
