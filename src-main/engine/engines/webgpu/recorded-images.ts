import { IMAGES, type Numbers } from '../../program-values.ts';
import type { ImagesOnDevice } from './images-on-device.ts';
import type { Dispatch, RecordedCall } from './recorder.ts';

/** Images that recorded calls find on the device, and how many bytes each takes. */
export interface CallsImages {
  readonly images: ImagesOnDevice;
  readonly size: number;
}

/** Has recorded programs read images where they lie. */
export class RecordedImages {
  readonly #device: GPUDevice;
  readonly #of: CallsImages;
  readonly #placed = new WeakMap<
    RecordedCall,
    { readonly buffer: GPUBuffer; readonly dispatches: readonly Dispatch[] }
  >();

  constructor(device: GPUDevice, of: CallsImages) {
    this.#device = device;
    this.#of = of;
  }

  /**
   * The programs of a call on the images of these inputs.
   * @throws Error where these are not held
   */
  dispatches(
    call: RecordedCall,
    { memory, places }: Readonly<Partial<Record<string, Numbers>>>,
  ): readonly Dispatch[] {
    if (!(memory instanceof Int32Array && places instanceof Int32Array))
      throw new Error('a call lacks its images');
    const buffer = this.#of.images.bufferOf({ memory, places }, this.#of.size);
    const known = this.#placed.get(call);
    if (known?.buffer === buffer) return known.dispatches;
    // what was recorded read the images of its batch from there
    const recorded = call.inputs.get(IMAGES);
    const dispatches = call.dispatches.map((dispatch) => this.#reading(dispatch, recorded, buffer));
    this.#placed.set(call, { buffer, dispatches });
    return dispatches;
  }

  /** The program with one buffer in the place of another, where it has that. */
  #reading(dispatch: Dispatch, from: GPUBuffer | undefined, buffer: GPUBuffer): Dispatch {
    const given = [...dispatch.bound.entries];
    const entries = given.map((entry) =>
      'buffer' in entry.resource && entry.resource.buffer === from
        ? { ...entry, resource: { buffer } }
        : entry,
    );
    if (entries.every((entry, at) => entry === given[at])) return dispatch;
    return { ...dispatch, bindings: this.#device.createBindGroup({ ...dispatch.bound, entries }) };
  }
}
