import type {
  Failure,
  RunResult,
  RunSpecification,
  TrainingProgress,
} from '../../src-shared/studies/trainer-protocol.ts';
import type { Trainer } from '../trainer/training-work.ts';
import { WorkerDied } from '../work/worker-died.ts';

/** How a run ended, seen from the application. */
export type RunEnd =
  | { readonly state: 'complete'; readonly result: RunResult }
  | { readonly state: 'failed'; readonly failure: Failure }
  | { readonly state: 'stopped' };

/**
 * Has a ready trainer train one run. Never rejects: the death of the trainer ends the run as failed with `trainer-died`.
 *
 * @param stop ends the run after the present step
 */
export async function runOnTrainer(
  trainer: Trainer,
  specification: RunSpecification,
  onProgress: (progress: TrainingProgress) => void,
  stop: AbortSignal,
): Promise<RunEnd> {
  try {
    return await trainer.work(specification, { onProgress, signal: stop });
  } catch (error) {
    if (stop.aborted) return { state: 'stopped' };
    const code = error instanceof WorkerDied ? 'trainer-died' : 'internal';
    const message = error instanceof Error ? error.message : String(error);
    return { state: 'failed', failure: { code, message, step: null } };
  }
}
