import type { ResourceLimits } from 'node:worker_threads';

/**
 * Limits of every thread that we start, so that one whose memory runs out ends alone.
 *
 * At the limit of a thread's heap Node has the thread end and gives it another 16 MB for the collection in progress. Under
 * V8's own limits a collection can move more than that out of the young generation, and then V8 aborts the whole process.
 * With 12 MB it cannot; measured, a thread takes about a twentieth more CPU time (1.01 to 1.10 times). A single object of more than 16
 * MB that no longer fits aborts the process all the same, so that work which makes such objects (other than typed arrays and
 * buffers, which are not on the heap) belongs in a process.
 */
export const THREAD_LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 12 };
