import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import type { RunRow } from '../../src-shared/runs/run-row.ts';

/** Milliseconds in which changes of runs are gathered into one event. */
const INTERVAL = 250;

/** Tells which runs have changed, in few events. */
export interface RunChanges {
  /** These runs are new in the store, or have changed. */
  touch(runs: Iterable<string>): void;
  /** Tells now what has been gathered. */
  flush(): void;
  /** Ends the telling. */
  close(): void;
}

/**
 * @param read the rows of these runs
 * @param onBug is told what the reading throws
 */
export function runChanges(
  read: (runs: readonly string[]) => readonly RunRow[],
  emit: (event: ApplicationEvent) => void,
  onBug: (error: unknown) => void,
): RunChanges {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (changed.size === 0) return;
    const runs = read([...changed]);
    changed.clear();
    emit({ type: 'runs', runs });
  };
  return {
    touch: (runs) => {
      for (const run of runs) changed.add(run);
      timer ??= setTimeout(() => {
        try {
          flush();
        } catch (error) {
          onBug(error);
        }
      }, INTERVAL);
    },
    flush,
    close: () => {
      if (timer) clearTimeout(timer);
    },
  };
}
