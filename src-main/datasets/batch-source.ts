import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { BatchImages } from '../../src-shared/training/image-bytes.ts';
import type { BatchPlan } from './batch-plan.ts';
import { stepsPerEpoch } from './batch-plan.ts';
import {
  awaitWritten,
  createRing,
  failureMessage,
  markClosed,
  markReleased,
  ringSlot,
  whenWritten,
  workedMilliseconds,
} from './batch-ring.ts';
import type { ImagePart } from './dataset.ts';
import { BatchThread } from './batch-thread.ts';

export interface Batch<Images extends BatchImages = BatchImages> {
  readonly step: number;
  readonly epoch: number;
  /** batch x height x width x channels, normalised and varied; valid until the next `ready`, `take` or `close`. */
  readonly images: Images;
  /** Index of the class of each image; valid as long as `images`. */
  readonly labels: Int32Array;
}

export interface BatchSourceOptions extends BatchPlan {
  /** First step to deliver, when a run goes on in the middle; 0 by default. */
  readonly startStep?: number;
  /** Batches prepared ahead; 4 by default. */
  readonly slots?: number;
  /** Prepares them, and stays when the source is closed; by default one of the source's own. */
  readonly thread?: BatchThread;
}

/** Batches of a run. */
export interface BatchSource<Images extends BatchImages = BatchImages> {
  readonly stepsPerEpoch: number;
  readonly totalSteps: number;
  /** CPU time that the preparing has taken so far. */
  readonly preparationSeconds: number;
  /** Resolves when the batch of the next step can be taken, or never will be. The last one is given back. */
  ready(): Promise<void>;
  /**
   * The batch of the next step, or null after the last. Blocks the thread if it is not ready yet; needs no turn
   * of the event loop. Gives the previous batch's memory back to the worker.
   * @throws Error if the worker failed or fell silent; Problem `process-died` if it is gone
   */
  take(): Batch<Images> | null;
  /** Ends the preparing; resolves when the thread has left it. May be called at any time, and more than once. */
  close(): Promise<void>;
}

/** No batch takes this long; a worker that is silent for so long has died without a word. */
const SILENCE_MS = 60_000;

/**
 * Has a thread prepare a run's batches in order. The batch of a step is a pure function of the data,
 * the recipe, the seed and the step.
 * @throws Problem `data-invalid` if there are fewer images than a batch holds
 */
export function openBatchSource(options: BatchSourceOptions): BatchSource<Float32Array> {
  const { recipe, startStep = 0, slots = 4 } = options;
  const perEpoch = stepsPerEpoch(options.indices.length, recipe.batch);
  const totalSteps = perEpoch * recipe.epochs;
  const part = shared(options.part);
  const ring = createRing(slots, recipe.batch, part.shape[0] * part.shape[1] * part.shape[2]);
  const { pictures, indices, seed, statistics } = options;
  const plan: BatchPlan = { part, pictures, indices, recipe, seed, statistics };
  const thread = options.thread ?? new BatchThread();
  thread.prepare({ plan, ring, startStep, totalSteps });

  let position = 0;
  let closed = false;
  let isHeld = false;
  const giveBack = (): void => {
    if (isHeld) markReleased(ring);
    isHeld = false;
  };
  // one that fell silent will not leave by itself
  let stays = options.thread !== undefined;
  return {
    stepsPerEpoch: perEpoch,
    totalSteps,
    get preparationSeconds() {
      return workedMilliseconds(ring) / 1000;
    },
    async ready() {
      giveBack();
      if (startStep + position < totalSteps) await whenWritten(ring, position, SILENCE_MS);
    },
    take() {
      if (closed) throw new Error('take after close');
      giveBack();
      const step = startStep + position;
      if (step >= totalSteps) return null;
      const outcome = awaitWritten(ring, position, SILENCE_MS);
      if (outcome === 'failed') throw new Error(`preparing batch ${step} failed: ${failureMessage(ring)}`);
      if (outcome === 'ended') {
        throw new Problem(
          'process-died',
          `The thread that prepares the images ended without a word before batch ${step}.`,
        );
      }
      if (outcome === 'silent') {
        stays = false;
        throw new Error(`preparing batch ${step}: the data worker stopped responding`);
      }
      const slot = ringSlot(ring, position);
      position += 1;
      isHeld = true;
      return { step, epoch: Math.floor(step / perEpoch), ...slot };
    },
    async close() {
      closed = true;
      markClosed(ring);
      await (stays ? thread.rest() : thread.end());
    },
  };
}

/** The part with its bytes in shared memory, copied unless they are there already. */
function shared(part: ImagePart): ImagePart {
  if (!('images' in part)) return part;
  if (part.images.buffer instanceof SharedArrayBuffer && part.labels.buffer instanceof SharedArrayBuffer) {
    return part;
  }
  const images = new Uint8Array(new SharedArrayBuffer(part.images.length));
  images.set(part.images);
  const labels = new Uint16Array(new SharedArrayBuffer(part.labels.length * 2));
  labels.set(part.labels);
  return { ...part, images, labels };
}
