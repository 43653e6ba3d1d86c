import { setTimeout } from 'node:timers/promises';
import type { WorkControl } from '../work/answer-work.ts';
import type { StagedStudy } from './store.ts';

/** What reading and writing a study tells of itself. */
export interface StagingProgress {
  readonly phase: string;
  readonly share: number | null;
}

/** Milliseconds between two transactions, in which others come to write. */
const GAP = 10;

/** Has a study written in a thread beside the one who holds the store. @param phase what is said meanwhile */
export async function writeStaged(
  slices: Generator<number, StagedStudy, void>,
  phase: string,
  { onProgress, pause }: Pick<WorkControl<StagingProgress>, 'onProgress' | 'pause'>,
): Promise<StagedStudy> {
  try {
    for (;;) {
      const slice = slices.next();
      if (slice.done) return slice.value;
      onProgress({ phase, share: slice.value });
      await setTimeout(GAP);
      await pause();
    }
  } finally {
    slices.return(undefined as never);
  }
}
