/**
 * The buffers of a recording. Results of one size may share a buffer one after the other, as they did when the recording was made; what
 * holds constants, inputs or the state is never used for anything else.
 */
export class Arena {
  readonly #device: GPUDevice;
  readonly #all = new Set<GPUBuffer>();
  readonly #constants = new WeakSet<GPUBuffer>();
  readonly #free: GPUBuffer[] = [];

  constructor(device: GPUDevice) {
    this.#device = device;
  }

  /** For results: it may have been given back before. */
  forResult({ size, usage }: GPUBufferDescriptor): GPUBuffer {
    const place = this.#free.findLastIndex((buffer) => buffer.size === size && buffer.usage === usage);
    return this.#free.splice(place, place < 0 ? 0 : 1)[0] ?? this.#create({ size, usage });
  }

  /** For what is written once, or before each replay. */
  forConstant(descriptor: GPUBufferDescriptor): GPUBuffer {
    const buffer = this.#create(descriptor);
    this.#constants.add(buffer);
    return buffer;
  }

  has(buffer: GPUBuffer): boolean {
    return this.#all.has(buffer);
  }

  /** Nothing reads what is in it any more. */
  giveBack(buffer: GPUBuffer): void {
    if (!this.#constants.has(buffer)) this.#free.push(buffer);
  }

  /** May be called again. */
  close(): void {
    for (const buffer of this.#all) buffer.destroy();
    this.#all.clear();
  }

  #create(descriptor: GPUBufferDescriptor): GPUBuffer {
    const buffer = this.#device.createBuffer(descriptor);
    this.#all.add(buffer);
    return buffer;
  }
}
