import type { StepHistograms } from '../../src-shared/metrics/layer-histograms.ts';
import type { EpochPoint, StepPoint } from '../../src-shared/metrics/measured-values.ts';
import type { PointStore, RunPoints, Store } from '../store/store.ts';

/** Milliseconds between two writes: what a kill may cost, and how often a live curve grows. */
const INTERVAL = 500;

/** Gathers the points of all running runs, so that they go into the store in two transactions a second. */
export interface PointBuffer {
  addSteps(run: string, points: readonly StepPoint[]): void;
  addEpoch(run: string, point: EpochPoint): void;
  addHistograms(run: string, histograms: StepHistograms): void;
  /** Writes what has been gathered; to be called before a run ends. Throws what the store throws. */
  flush(): void;
  /** Ends the writing; what has not been flushed is dropped. */
  close(): void;
}

interface Gathered {
  readonly steps: StepPoint[];
  readonly epochs: EpochPoint[];
  readonly histograms: StepHistograms[];
}

/**
 * @param onSaved is told what the store has from now on.
 * @param onError is told what a write by the clock throws.
 */
export function pointBuffer(
  store: PointStore & Pick<Store, 'toDisk'>,
  onSaved: (points: readonly RunPoints[]) => void,
  onError: (error: unknown) => void,
): PointBuffer {
  const pending = new Map<string, Gathered>();
  const of = (run: string): Gathered => {
    const known = pending.get(run) ?? { steps: [], epochs: [], histograms: [] };
    pending.set(run, known);
    return known;
  };
  const flush = (): void => {
    if (pending.size === 0) return;
    const batches = [...pending].map(([run, points]) => ({ run, ...points }));
    pending.clear();
    store.appendPoints(batches);
    // what the disk refuses now it is given with what comes next; one that takes nothing is told by a write
    store.toDisk().catch(() => undefined);
    onSaved(batches);
  };
  const timer = setInterval(() => {
    try {
      flush();
    } catch (error) {
      onError(error);
    }
  }, INTERVAL);
  return {
    addSteps: (run, points) => void of(run).steps.push(...points),
    addEpoch: (run, point) => void of(run).epochs.push(point),
    addHistograms: (run, histograms) => void of(run).histograms.push(histograms),
    flush,
    close: () => clearInterval(timer),
  };
}
