import type { Failure, RunResult, RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { LeftBehind, type Trainer, type TrainingControl } from '../executors/executor.ts';
import { WorkerDied } from '../work/worker-died.ts';

/** How a run ended, seen from the application. */
export type RunEnd =
  | { readonly state: 'complete'; readonly result: RunResult }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'stopped' }
  /** It goes on without this process. */
  | { readonly state: 'left' };

/**
 * Has a ready trainer train one run. The death of the trainer ends the run as failed with `trainer-died`.
 *
 * @throws Problem where no further run could be trained there
 */
export async function runOnTrainer(
  trainer: Trainer,
  specification: RunSpecification,
  control: TrainingControl & { readonly signal: AbortSignal },
): Promise<RunEnd> {
  try {
    return await trainer.work(specification, control);
  } catch (error) {
    if (error instanceof LeftBehind) return { state: 'left' };
    if (control.signal.aborted) return { state: 'stopped' };
    if (error instanceof Problem && !(error instanceof WorkerDied)) throw error;
    const code = error instanceof WorkerDied ? 'trainer-died' : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    return { state: 'failed', failure: { code, message, step: null } };
  }
}
