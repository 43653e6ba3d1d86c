/**
 * A ring of batches in shared memory, written by one worker and read by one training thread. Both may block
 * in `Atomics.wait`: the training thread sits in native calls and never turns its event loop between steps.
 *
 * Each side owns a counter (`written`, `released`) and bumps `event` after every change before it notifies, so
 * that a change between looking and waiting is never missed.
 */
export interface BatchRing {
  readonly slots: number;
  readonly batch: number;
  readonly imageSize: number;
  readonly control: SharedArrayBuffer;
  readonly images: SharedArrayBuffer;
  readonly labels: SharedArrayBuffer;
  /** UTF-8 of the worker's error, its length in `control`. */
  readonly failure: SharedArrayBuffer;
}

const WRITTEN = 0;
const RELEASED = 1;
const EVENT = 2;
const CLOSED = 3;
const FAILURE_LENGTH = 4;
const WORKED = 5;
const ENDED = 6;
const FAILURE_BYTES = 4096;

export function createRing(slots: number, batch: number, imageSize: number): BatchRing {
  return {
    slots,
    batch,
    imageSize,
    control: new SharedArrayBuffer(8 * 4),
    images: new SharedArrayBuffer(slots * batch * imageSize * 4),
    labels: new SharedArrayBuffer(slots * batch * 4),
    failure: new SharedArrayBuffer(FAILURE_BYTES),
  };
}

/** The images and labels of the batch numbered `position`, as views on shared memory. */
export function ringSlot(ring: BatchRing, position: number): { images: Float32Array; labels: Int32Array } {
  const slot = position % ring.slots;
  const length = ring.batch * ring.imageSize;
  return {
    images: new Float32Array(ring.images, slot * length * 4, length),
    labels: new Int32Array(ring.labels, slot * ring.batch * 4, ring.batch),
  };
}

function announce(control: Int32Array): void {
  Atomics.add(control, EVENT, 1);
  Atomics.notify(control, EVENT);
}

/**
 * Blocks until the slot of `position` is free; false once the ring is closed. A worker that has to wait is woken when half of the
 * ring is free, not for each slot: where it shares a core with the training thread, it takes its place each time.
 */
export function awaitFree(ring: BatchRing, position: number): boolean {
  const control = new Int32Array(ring.control);
  for (let needed = 1; ; needed = halfOf(ring)) {
    const event = Atomics.load(control, EVENT);
    if (Atomics.load(control, CLOSED) === 1) return false;
    if (freeSlots(ring, control, position) >= needed) return true;
    Atomics.wait(control, EVENT, event);
  }
}

function freeSlots({ slots }: BatchRing, control: Int32Array, written: number): number {
  return slots - (written - Atomics.load(control, RELEASED));
}

function halfOf({ slots }: BatchRing): number {
  return Math.max(1, Math.floor(slots / 2));
}

export type WaitOutcome = 'ready' | 'failed' | 'ended' | 'silent';

/** Pieces in which the time of a silence is counted. */
const PIECES = 20;

/**
 * Blocks until the batch numbered `position` is written; `silent` if nothing happened within the time. That is counted
 * in pieces, of which a process that was stopped (a suspended machine) finds one over when it goes on.
 */
export function awaitWritten(ring: BatchRing, position: number, timeoutMs: number): WaitOutcome {
  const control = new Int32Array(ring.control);
  for (let silent = 0; silent < PIECES;) {
    const event = Atomics.load(control, EVENT);
    const outcome = outcomeOf(control, position);
    if (outcome !== null) return outcome;
    if (Atomics.wait(control, EVENT, event, timeoutMs / PIECES) === 'timed-out') silent++;
    else silent = 0;
  }
  return 'silent';
}

/** The same, while the thread's event loop turns: only then it can be told that the worker has ended. */
export async function whenWritten(ring: BatchRing, position: number, timeoutMs: number): Promise<void> {
  const control = new Int32Array(ring.control);
  for (let silent = 0; silent < PIECES;) {
    const event = Atomics.load(control, EVENT);
    if (outcomeOf(control, position) !== null) return;
    const waiting = Atomics.waitAsync(control, EVENT, event, timeoutMs / PIECES);
    if ((waiting.async ? await waiting.value : waiting.value) === 'timed-out') silent++;
    else silent = 0;
  }
}

function outcomeOf(control: Int32Array, position: number): WaitOutcome | null {
  if (Atomics.load(control, WRITTEN) > position) return 'ready';
  if (Atomics.load(control, FAILURE_LENGTH) > 0) return 'failed';
  return Atomics.load(control, ENDED) === 1 ? 'ended' : null;
}

/** @param worked milliseconds of CPU time that the worker has used so far */
export function markWritten(ring: BatchRing, worked: number): void {
  const control = new Int32Array(ring.control);
  Atomics.store(control, WORKED, worked);
  Atomics.add(control, WRITTEN, 1);
  announce(control);
}

export function workedMilliseconds(ring: BatchRing): number {
  return Atomics.load(new Int32Array(ring.control), WORKED);
}

export function markReleased(ring: BatchRing): void {
  const control = new Int32Array(ring.control);
  Atomics.add(control, RELEASED, 1);
  Atomics.add(control, EVENT, 1);
  // the worker sleeps on until it is worth while
  if (freeSlots(ring, control, Atomics.load(control, WRITTEN)) >= halfOf(ring))
    Atomics.notify(control, EVENT);
}

export function markClosed(ring: BatchRing): void {
  const control = new Int32Array(ring.control);
  Atomics.store(control, CLOSED, 1);
  announce(control);
}

export function markFailed(ring: BatchRing, message: string): void {
  const control = new Int32Array(ring.control);
  const bytes = new TextEncoder().encode(message).subarray(0, FAILURE_BYTES);
  new Uint8Array(ring.failure).set(bytes);
  Atomics.store(control, FAILURE_LENGTH, Math.max(1, bytes.length));
  announce(control);
}

/** The worker is gone. */
export function markEnded(ring: BatchRing): void {
  const control = new Int32Array(ring.control);
  Atomics.store(control, ENDED, 1);
  announce(control);
}

export function failureMessage(ring: BatchRing): string {
  const length = Atomics.load(new Int32Array(ring.control), FAILURE_LENGTH);
  // TextDecoder refuses shared memory, hence the copy.
  return new TextDecoder().decode(new Uint8Array(ring.failure).slice(0, length));
}
