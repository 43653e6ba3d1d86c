import type { Tensor } from '@tensorflow/tfjs';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type { TracedCall } from '../../traced-call.ts';
import { Arena } from './arena.ts';

/** A program of the device with what it reads and writes. */
export interface Dispatch {
  readonly pipeline: GPUComputePipeline;
  readonly bindings: GPUBindGroup;
  /** What `bindings` was made of. */
  readonly bound: GPUBindGroupDescriptor;
  readonly workgroups: readonly [x: number, y: number, z: number];
}

/** A call as the device computed it. */
export interface RecordedCall {
  readonly dispatches: readonly Dispatch[];
  readonly inputs: ReadonlyMap<string, GPUBuffer>;
  readonly outputs: readonly { readonly buffer: GPUBuffer; readonly dtype: Tensor['dtype'] }[];
  /** The new state, in its order; empty where it stays as it is. */
  readonly state: readonly GPUBuffer[];
}

/**
 * Records calls of pure functions of tensors while the backend computes them: the programs that the device runs, in their order, over buffers
 * of the recording's own. Before and after a call the tensors that it is given and gives are in the backend's buffers, as ever, so that
 * a replay overwrites none of them.
 */
export class Recorder {
  readonly arena: Arena;
  readonly #backend: WebGPUBackend;
  #state: readonly GPUBuffer[] | null = null;

  constructor(backend: WebGPUBackend) {
    this.#backend = backend;
    this.arena = new Arena(backend.device);
  }

  /** The buffers of the state that all calls read. @throws Error before the first call */
  get state(): readonly GPUBuffer[] {
    if (this.#state === null) throw new Error('nothing has been recorded');
    return this.#state;
  }

  record<T>({ inputs, state, compute, outputsOf }: TracedCall<T>): { result: T; recorded: RecordedCall } {
    // what is uploaded is in its buffer, and the backend's encoder, which nobody listens to, is closed
    for (const { dataId } of [...Object.values(inputs), ...state]) this.#backend.uploadToGPU(dataId);
    submit(this.#backend);
    const own = (tensor: Tensor): GPUBuffer => this.arena.forConstant(descriptorOf(this.#bufferOf(tensor)));
    this.#state ??= state.map(own);
    const given = new Map(Object.entries(inputs).map(([name, tensor]) => [name, own(tensor)]));
    const buffers = [...given.values(), ...this.state];
    const moved = [...Object.values(inputs), ...state].map((tensor, index) =>
      this.#moveTo(buffers[index], tensor),
    );
    const { dispatches, end } = this.#listen();
    let result: T;
    let made: ReturnType<typeof outputsOf>;
    try {
      result = compute();
      made = outputsOf(result);
      // what is a piece of another is copied out of it
      for (const { dataId } of [...Object.values(made.outputs), ...made.state])
        this.#backend.uploadToGPU(dataId);
    } finally {
      // what waits for it to be given back goes to the arena, whether the call succeeded or not: the backend does not know these buffers
      submit(this.#backend);
      end();
      for (const moveBack of moved) moveBack();
    }
    const recorded = {
      ...{ dispatches, inputs: given, state: made.state.map((tensor) => this.#moveOut(tensor)) },
      outputs: Object.values(made.outputs).map((tensor) => ({
        ...{ buffer: this.#moveOut(tensor), dtype: tensor.dtype },
      })),
    };
    return { result, recorded };
  }

  /** Notes what the device is told, and has the backend take its buffers from the arena, until the end. */
  #listen(): { readonly dispatches: readonly Dispatch[]; readonly end: () => void } {
    const { arena } = this;
    const { device, bufferManager } = this.#backend;
    const dispatches: Dispatch[] = [];
    const bound = new Map<GPUBindGroup, GPUBindGroupDescriptor>();
    const createEncoder = device.createCommandEncoder.bind(device);
    const createBindings = device.createBindGroup.bind(device);
    const release = bufferManager.releaseBuffer.bind(bufferManager);
    device.createCommandEncoder = (descriptor) => listening(createEncoder(descriptor), { dispatches, bound });
    device.createBindGroup = (descriptor) => {
      const bindings = createBindings(descriptor);
      bound.set(bindings, descriptor);
      return bindings;
    };
    bufferManager.acquireBuffer = (size, usage, mappedAtCreation = false) =>
      mappedAtCreation || (usage & GPUBufferUsage.UNIFORM) !== 0
        ? arena.forConstant({ size, usage, mappedAtCreation })
        : arena.forResult({ size, usage });
    bufferManager.releaseBuffer = (buffer, reuse) =>
      arena.has(buffer) ? arena.giveBack(buffer) : release(buffer, reuse);
    return {
      dispatches,
      end: () => {
        // their classes have the methods that these stand before
        Reflect.deleteProperty(device, 'createCommandEncoder');
        Reflect.deleteProperty(device, 'createBindGroup');
        Reflect.deleteProperty(bufferManager, 'acquireBuffer');
        Reflect.deleteProperty(bufferManager, 'releaseBuffer');
      },
    };
  }

  #bufferOf({ dataId }: Tensor): GPUBuffer {
    const { resource } = this.#backend.tensorMap.get(dataId);
    if (!(resource instanceof GPUBuffer)) throw new Error('a tensor is not in a buffer');
    return resource;
  }

  /** Puts a tensor into a buffer of the recording. @returns what puts it back */
  #moveTo(buffer: GPUBuffer | undefined, tensor: Tensor): () => void {
    if (buffer === undefined) throw new Error('the state has another length than before');
    const before = this.#bufferOf(tensor);
    this.#copy(before, buffer);
    const data = this.#backend.tensorMap.get(tensor.dataId);
    data.resource = buffer;
    return () => {
      data.resource = before;
    };
  }

  /** Puts a tensor that a call gave into a buffer of the backend. @returns the buffer of the recording in which it was */
  #moveOut(tensor: Tensor): GPUBuffer {
    const { bufferManager, tensorMap } = this.#backend;
    const recorded = this.#bufferOf(tensor);
    if (!this.arena.has(recorded)) throw new Error('a call gives a tensor that it was given');
    const buffer = bufferManager.acquireBuffer(recorded.size, recorded.usage);
    this.#copy(recorded, buffer);
    tensorMap.get(tensor.dataId).resource = buffer;
    return recorded;
  }

  #copy(from: GPUBuffer, to: GPUBuffer): void {
    const encoder = this.#backend.device.createCommandEncoder();
    encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
    this.#backend.queue.submit([encoder.finish()]);
  }
}

function descriptorOf({ size, usage }: GPUBuffer): GPUBufferDescriptor {
  return { size, usage };
}

/** Has the device told whatever the backend has kept back. */
function submit(backend: WebGPUBackend): void {
  backend.ensureCommandEncoderReady();
  backend.endComputePassEncoder();
  backend.submitQueue();
}

/** What was heard. */
interface Heard {
  readonly dispatches: Dispatch[];
  readonly bound: ReadonlyMap<GPUBindGroup, GPUBindGroupDescriptor>;
}

/** What TensorFlow.js's backend and our kernels call of an encoder: it notes the programs, and copies nothing, since a replay would not. */
function listening(encoder: GPUCommandEncoder, into: Heard): GPUCommandEncoder {
  const heard: Pick<GPUCommandEncoder, 'beginComputePass' | 'copyBufferToBuffer' | 'finish'> = {
    beginComputePass: (descriptor) => listeningPass(encoder.beginComputePass(descriptor), into),
    copyBufferToBuffer: () => {
      throw new Error('what copies a buffer cannot be replayed');
    },
    finish: (descriptor) => encoder.finish(descriptor),
  };
  return heard as GPUCommandEncoder;
}

function listeningPass(pass: GPUComputePassEncoder, { dispatches, bound }: Heard): GPUComputePassEncoder {
  let pipeline: GPUComputePipeline | null = null;
  let bindings: GPUBindGroup | null = null;
  const heard: Pick<GPUComputePassEncoder, 'setPipeline' | 'setBindGroup' | 'dispatchWorkgroups' | 'end'> = {
    setPipeline: (next) => {
      pipeline = next;
      pass.setPipeline(next);
    },
    setBindGroup: (index: number, next: GPUBindGroup | null | undefined) => {
      bindings = next ?? null;
      pass.setBindGroup(index, next);
    },
    dispatchWorkgroups: (x, y = 1, z = 1) => {
      const made = bindings && bound.get(bindings);
      if (!pipeline || !bindings || !made)
        throw new Error('a program without its buffers cannot be replayed');
      dispatches.push({ pipeline, bindings, bound: made, workgroups: [x, y, z] });
      pass.dispatchWorkgroups(x, y, z);
    },
    end: () => pass.end(),
  };
  return heard as GPUComputePassEncoder;
}
