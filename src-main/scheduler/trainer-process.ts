import type { ToTrainer } from '../../src-shared/contract/trainer-protocol.ts';
import type { ChildProgram } from '../children/child-program.ts';

/**
 * A trainer process, wherever it runs. The seam between the scheduler and what executes: a process of this
 * machine, a cluster's job, or a test's script.
 */
export type TrainerProcess = ChildProgram<ToTrainer>;

/** Starts a trainer that computes with so many threads. */
export type StartTrainer = (threads: number) => TrainerProcess;
