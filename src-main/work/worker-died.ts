import { Problem } from '../../src-shared/mistakes/problem.ts';

/** A worker has ended, or was ended, before it had done what it was asked: `out-of-memory` or `process-died`. */
export class WorkerDied extends Problem {}
