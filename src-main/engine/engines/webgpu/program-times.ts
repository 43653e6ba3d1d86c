import { TIMES } from './device.ts';
import { encodePrograms } from './encode-programs.ts';
import type { Dispatch } from './recorder.ts';

/** A program that the device ran. */
export interface TimedProgram {
  /** Its label: what kind of work it is. */
  readonly kind: string;
  /** Nanoseconds of the device's clock; null where it tells no times. */
  readonly time: { readonly start: number; readonly duration: number } | null;
}

/** WebGPU has no larger sets of queries; each program takes two. */
const MOST_IN_SET = 4096 / 2;
const BYTES_IN_STAMP = 8;

/**
 * Notes what the device runs in replayed calls, from `begin` to `end`, and times each program by a pass of its own. Calls take longer
 * meanwhile: passes do not overlap, and each costs the device a little.
 */
export class ProgramTimes {
  readonly #device: GPUDevice;
  readonly #tellsTimes: boolean;
  #calls: Promise<readonly TimedProgram[]>[] | null = null;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#tellsTimes = device.features.has(TIMES);
  }

  get isOn(): boolean {
    return this.#calls !== null;
  }

  begin(): void {
    this.#calls = [];
  }

  /** The programs of each call since the beginning, in their order. */
  async end(): Promise<TimedProgram[][]> {
    const calls = await Promise.all(this.#calls ?? []);
    this.#calls = null;
    return calls.map((programs) => [...programs]);
  }

  /** Adds the programs of a call. @returns to be called when the device has been given them */
  encode(encoder: GPUCommandEncoder, dispatches: readonly Dispatch[]): () => void {
    if (!this.#tellsTimes) {
      encodePrograms(encoder, dispatches);
      const untimed = dispatches.map(({ pipeline }) => ({ kind: pipeline.label, time: null }));
      return () => void this.#calls?.push(Promise.resolve(untimed));
    }
    const parts = Array.from({ length: Math.ceil(dispatches.length / MOST_IN_SET) }, (_, part) =>
      this.#encodePart(encoder, dispatches.slice(part * MOST_IN_SET, (part + 1) * MOST_IN_SET)),
    );
    return () => void this.#calls?.push(programsOf(dispatches, parts));
  }

  /** @returns what reads when each pass began and ended */
  #encodePart(encoder: GPUCommandEncoder, dispatches: readonly Dispatch[]): () => Promise<BigUint64Array> {
    const count = 2 * dispatches.length;
    const size = count * BYTES_IN_STAMP;
    const querySet = this.#device.createQuerySet({ type: 'timestamp', count });
    const { QUERY_RESOLVE, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
    const resolved = this.#device.createBuffer({ size, usage: QUERY_RESOLVE | COPY_SRC });
    const readable = this.#device.createBuffer({ size, usage: MAP_READ | COPY_DST });
    for (const [place, dispatch] of dispatches.entries())
      encodePrograms(encoder, [dispatch], {
        timestampWrites: {
          ...{ querySet, beginningOfPassWriteIndex: 2 * place, endOfPassWriteIndex: 2 * place + 1 },
        },
      });
    encoder.resolveQuerySet(querySet, 0, count, resolved, 0);
    encoder.copyBufferToBuffer(resolved, 0, readable, 0, size);
    return async () => {
      await readable.mapAsync(GPUMapMode.READ);
      const stamps = new BigUint64Array(readable.getMappedRange().slice(0));
      for (const each of [querySet, resolved, readable]) each.destroy();
      return stamps;
    };
  }
}

async function programsOf(
  dispatches: readonly Dispatch[],
  parts: readonly (() => Promise<BigUint64Array>)[],
): Promise<TimedProgram[]> {
  const stamps = (await Promise.all(parts.map((read) => read()))).flatMap((each) => [...each]);
  const times = timesOf(stamps);
  return dispatches.map(({ pipeline }, place) => ({ kind: pipeline.label, time: times[place] ?? null }));
}

/**
 * From when each of several passes began and ended. A device may say that a pass began while the one before was still at work, whose end it
 * waits for: no time is counted twice.
 */
export function timesOf(stamps: readonly bigint[]): { readonly start: number; readonly duration: number }[] {
  const [first = 0n] = stamps;
  let free = 0;
  return Array.from({ length: stamps.length / 2 }, (_, place) => {
    const [began, ended] = stamps.slice(2 * place, 2 * place + 2).map((stamp) => Number(stamp - first));
    const start = Math.max(began ?? 0, free);
    const end = Math.max(ended ?? 0, start);
    free = end;
    return { start, duration: end - start };
  });
}
