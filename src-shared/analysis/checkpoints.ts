import type { AnalysisSettings } from './analysis-result.ts';

/** The checkpoint that is looked at unless another is named: that of the end of the training. */
export const LAST = 'last';

/** In place of the name of a checkpoint: the first, those that were recorded over the training, and the last. */
export const EACH = 'each';

const RECORDED = /^epoch-(\d+)$/;

/** Which checkpoint an analysis with these settings looked at. */
export function checkpointOf({ checkpoint }: AnalysisSettings): string {
  return typeof checkpoint === 'string' ? checkpoint : LAST;
}

/** What the settings of an analysis say of its checkpoint: nothing of the last. */
export function checkpointSetting(checkpoint: string): AnalysisSettings {
  return checkpoint === LAST ? {} : { checkpoint };
}

/** The settings of an analysis whichever checkpoint it looked at. */
export function withoutCheckpoint(settings: AnalysisSettings): AnalysisSettings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name !== 'checkpoint'));
}

/**
 * After how many epochs a checkpoint was written; null for the best, which is one of the others, and for what has no epoch.
 * @param epochs of the whole training
 */
export function epochOf(checkpoint: string, epochs: number): number | null {
  if (checkpoint === 'initial') return 0;
  if (checkpoint === LAST) return epochs;
  const recorded = RECORDED.exec(checkpoint);
  return recorded ? Number(recorded[1]) : null;
}

/** Of the kinds of checkpoints that there are, those over the training in its order. */
export function overTraining(kinds: readonly string[]): string[] {
  const epoch = (kind: string): number | null => epochOf(kind, Infinity);
  return kinds
    .filter((kind) => epoch(kind) !== null)
    .toSorted((one, other) => (epoch(one) ?? 0) - (epoch(other) ?? 0));
}
