import { IMAGES, isOfAllSteps, type Numbers } from '../../program-values.ts';
import type { OpenDevice } from './device.ts';
import { encodePrograms } from './encode-programs.ts';
import type { ProgramTimes } from './program-times.ts';
import type { RecordedImages } from './recorded-images.ts';
import type { Dispatch, RecordedCall, Recorder } from './recorder.ts';

/** The inputs of a call, by name. */
type Given = Readonly<Partial<Record<string, Numbers>>>;

/** What replays have beside the device. */
export interface ReplayOptions {
  /** Where the calls find their images on the device; null: they are given values. */
  readonly images: RecordedImages | null;
  /** Null where nobody asks for them. */
  readonly times: ProgramTimes | null;
}

/** Recorded calls over one state, which stays on the device. Calls are made one at a time. */
export class Replay {
  readonly #device: GPUDevice;
  readonly #requireSound: OpenDevice['requireSound'];
  readonly #recorder: Recorder;
  readonly #calls: ReadonlyMap<string, RecordedCall>;
  readonly #options: ReplayOptions;
  readonly #readable: GPUBuffer[] = [];

  constructor(
    { device, requireSound }: Pick<OpenDevice, 'device' | 'requireSound'>,
    recorder: Recorder,
    calls: ReadonlyMap<string, RecordedCall>,
    options: ReplayOptions,
  ) {
    this.#device = device;
    this.#requireSound = requireSound;
    this.#recorder = recorder;
    this.#calls = calls;
    this.#options = options;
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
    const { state } = this.#recorder;
    const staging = this.#readableOf(sizeOf(state));
    const encoder = this.#device.createCommandEncoder();
    copyInto(encoder, staging, 0, state);
    this.#device.queue.submit([encoder.finish()]);
    const bytes = await this.#read(staging);
    let end = 0;
    return state.map(({ size }) => new Float32Array(bytes.slice(end, (end += size))));
  }

  /**
   * The device is given the programs of all steps before anything is read, so that it goes from one to the next while the host gives it those
   * after that, and does not wait for an answer.
   * @returns the outputs, in their order, each with a row for each step
   */
  async call(name: string, values: Given, steps = 1): Promise<Numbers[]> {
    const call = this.#calls.get(name);
    if (call === undefined) throw new Error(`${name} has not been recorded`);
    requireFitting(call, values, steps, this.#options.images !== null);
    const dispatches = this.#options.images?.dispatches(call, values) ?? call.dispatches;
    const buffers = call.outputs.map(({ buffer }) => buffer);
    const row = sizeOf(buffers);
    const staging = this.#readableOf(steps * row);
    for (let step = 0; step < steps; step++) {
      // what is written takes effect after the steps before it, whose programs the device was given already
      this.#writeInputs(call, values, step);
      const encoder = this.#device.createCommandEncoder();
      const given = this.#encode(encoder, dispatches);
      for (const [index, from] of call.state.entries()) {
        const to = this.#recorder.state[index];
        if (to) encoder.copyBufferToBuffer(from, 0, to, 0, from.size);
      }
      copyInto(encoder, staging, step * row, buffers);
      this.#device.queue.submit([encoder.finish()]);
      given?.();
    }
    return rowsOf(call, await this.#read(staging), steps);
  }

  /** May be called again. */
  close(): void {
    this.#recorder.arena.close();
    for (const buffer of this.#readable.splice(0)) buffer.destroy();
  }

  #encode(encoder: GPUCommandEncoder, dispatches: readonly Dispatch[]): (() => void) | null {
    const { times } = this.#options;
    if (times?.isOn === true) return times.encode(encoder, dispatches);
    encodePrograms(encoder, dispatches);
    return null;
  }

  #writeInputs({ inputs }: RecordedCall, values: Given, step: number): void {
    for (const [input, buffer] of inputs) {
      const given = values[input];
      const isWritten = !isOfAllSteps(input) || (step === 0 && !this.#isOnDevice(input));
      if (!given || !isWritten) continue;
      const length = buffer.size / given.BYTES_PER_ELEMENT;
      const first = isOfAllSteps(input) ? 0 : step * length;
      this.#write(buffer, given.subarray(first, first + length));
    }
  }

  #isOnDevice(input: string): boolean {
    return input === IMAGES && this.#options.images !== null;
  }

  #write(buffer: GPUBuffer, values: Numbers): void {
    // batches come in memory that threads share, which Dawn does not take
    const own = values.buffer instanceof SharedArrayBuffer ? values.slice() : values;
    this.#device.queue.writeBuffer(buffer, 0, own.buffer, own.byteOffset, own.byteLength);
  }

  /** What is in a buffer when the device has done all that it was given. */
  async #read(staging: GPUBuffer): Promise<ArrayBuffer> {
    await staging.mapAsync(GPUMapMode.READ);
    const bytes = staging.getMappedRange().slice(0);
    staging.unmap();
    this.#requireSound();
    return bytes;
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

function sizeOf(buffers: readonly GPUBuffer[]): number {
  return buffers.reduce((sum, { size }) => sum + size, 0);
}

/** Copies what is in some buffers into another, one after the other. */
function copyInto(
  encoder: GPUCommandEncoder,
  to: GPUBuffer,
  from: number,
  buffers: readonly GPUBuffer[],
): void {
  let end = from;
  for (const buffer of buffers) {
    encoder.copyBufferToBuffer(buffer, 0, to, end, buffer.size);
    end += buffer.size;
  }
}

/** @throws Error where what is given has not what each step was recorded with */
function requireFitting({ inputs }: RecordedCall, values: Given, steps: number, isOnDevice: boolean): void {
  for (const [input, buffer] of inputs) {
    // how large the images' memory is, is theirs to say
    if (input === IMAGES && isOnDevice) continue;
    const rows = isOfAllSteps(input) ? 1 : steps;
    if (values[input]?.byteLength !== rows * buffer.size)
      throw new Error(`${input} does not fit what was recorded`);
  }
}

/** The outputs of a call from those of each of its steps, which lie one after the other. */
function rowsOf({ outputs }: RecordedCall, bytes: ArrayBuffer, steps: number): Numbers[] {
  const row = outputs.reduce((sum, { buffer }) => sum + buffer.size, 0);
  let begin = 0;
  return outputs.map(({ buffer: { size }, dtype }) => {
    const all = new Uint8Array(steps * size);
    for (let step = 0; step < steps; step++)
      all.set(new Uint8Array(bytes, step * row + begin, size), step * size);
    begin += size;
    return dtype === 'int32' ? new Int32Array(all.buffer) : new Float32Array(all.buffer);
  });
}
