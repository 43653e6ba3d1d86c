import type { OpenDevice } from './device.ts';
import type { RecordedCall, Recorder } from './recorder.ts';

/** Recorded calls over one state, which stays on the device. Calls are made one at a time. */
export class Replay {
  readonly #device: GPUDevice;
  readonly #requireSound: OpenDevice['requireSound'];
  readonly #recorder: Recorder;
  readonly #calls: ReadonlyMap<string, RecordedCall>;
  readonly #readable: GPUBuffer[] = [];

  constructor(
    { device, requireSound }: Pick<OpenDevice, 'device' | 'requireSound'>,
    recorder: Recorder,
    calls: ReadonlyMap<string, RecordedCall>,
  ) {
    this.#device = device;
    this.#requireSound = requireSound;
    this.#recorder = recorder;
    this.#calls = calls;
  }

  /** @throws Error if there is not a vector of the right length for each of the state */
  async writeState(values: readonly Float32Array[]): Promise<void> {
    for (const [index, buffer] of this.#recorder.state.entries()) {
      const vector = values[index];
      if (vector?.byteLength !== buffer.size) throw new Error(`vector ${index} of the state does not fit`);
      this.#write(buffer, vector);
    }
    await this.#device.queue.onSubmittedWorkDone();
  }

  async readState(): Promise<Float32Array[]> {
    const encoder = this.#device.createCommandEncoder();
    const read = await this.#submit(encoder, this.#recorder.state);
    return read.map((bytes) => new Float32Array(bytes));
  }

  /** @returns the outputs, in their order */
  async call(
    name: string,
    values: Readonly<Partial<Record<string, Float32Array | Int32Array>>>,
  ): Promise<(Float32Array | Int32Array)[]> {
    const call = this.#calls.get(name);
    if (call === undefined) throw new Error(`${name} has not been recorded`);
    for (const [input, buffer] of call.inputs) {
      const given = values[input];
      if (given?.byteLength !== buffer.size) throw new Error(`${input} does not fit what was recorded`);
      this.#write(buffer, given);
    }
    const encoder = this.#device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (const { pipeline, bindings, workgroups } of call.dispatches) {
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(...workgroups);
    }
    pass.end();
    for (const [index, from] of call.state.entries()) {
      const to = this.#recorder.state[index];
      if (to) encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
    }
    const read = await this.#submit(
      encoder,
      call.outputs.map(({ buffer }) => buffer),
    );
    return read.map((bytes, index) =>
      call.outputs[index]?.dtype === 'int32' ? new Int32Array(bytes) : new Float32Array(bytes),
    );
  }

  /** May be called again. */
  close(): void {
    this.#recorder.arena.close();
    for (const buffer of this.#readable.splice(0)) buffer.destroy();
  }

  #write(buffer: GPUBuffer, values: Float32Array | Int32Array): void {
    // batches come in memory that threads share, which Dawn does not take
    const own = values.buffer instanceof SharedArrayBuffer ? values.slice() : values;
    this.#device.queue.writeBuffer(buffer, 0, own.buffer, own.byteOffset, own.byteLength);
  }

  /** Sends the commands, and reads buffers when they have been executed. */
  async #submit(encoder: GPUCommandEncoder, buffers: readonly GPUBuffer[]): Promise<ArrayBuffer[]> {
    const staging = this.#readableOf(buffers.reduce((sum, { size }) => sum + size, 0));
    let end = 0;
    for (const buffer of buffers) {
      encoder.copyBufferToBuffer(buffer, 0, staging, end, buffer.size);
      end += buffer.size;
    }
    this.#device.queue.submit([encoder.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    const mapped = staging.getMappedRange();
    let begin = 0;
    const read = buffers.map(({ size }) => mapped.slice(begin, (begin += size)));
    staging.unmap();
    this.#requireSound();
    return read;
  }

  #readableOf(size: number): GPUBuffer {
    const found = this.#readable.find((buffer) => buffer.size === size);
    if (found) return found;
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const buffer = this.#device.createBuffer({ size, usage });
    this.#readable.push(buffer);
    return buffer;
  }
}
