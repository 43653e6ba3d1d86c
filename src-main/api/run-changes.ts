import type { ApplicationEvent } from '../../src-shared/contract/api/events.ts';
import type { RunTable } from '../../src-shared/contract/api/runs.ts';

/** Milliseconds in which changes of runs are gathered into one event. */
const INTERVAL = 250;

/** Tells which runs have changed, in few events. */
export interface RunChanges {
  /** These runs have changed in the store. */
  touch(runs: Iterable<string>): void;
  /** These are new, or those of a study that has been planned anew: the event tells their cells, too. */
  add(runs: Iterable<string>): void;
  /** Tells now what has been gathered. */
  flush(): void;
  /** Ends the telling. */
  close(): void;
}

/**
 * @param read the rows of these runs, with their cells
 * @param onBug is told what the reading throws
 */
export function runChanges(
  read: (runs: readonly string[]) => RunTable,
  emit: (event: ApplicationEvent) => void,
  onBug: (error: unknown) => void,
): RunChanges {
  const changed = new Set<string>();
  const added = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (changed.size === 0) return;
    const { runs, cells } = read([...changed]);
    const ofAdded = new Set(
      runs.filter(({ id }) => added.has(id)).map(({ study, cell }) => `${study} ${cell}`),
    );
    changed.clear();
    added.clear();
    emit({ type: 'runs', runs, cells: cells.filter(({ study, id }) => ofAdded.has(`${study} ${id}`)) });
  };
  const gather = (runs: Iterable<string>, into: readonly Set<string>[]): void => {
    for (const run of runs) for (const each of into) each.add(run);
    timer ??= setTimeout(() => {
      try {
        flush();
      } catch (error) {
        onBug(error);
      }
    }, INTERVAL);
  };
  return {
    touch: (runs) => gather(runs, [changed]),
    add: (runs) => gather(runs, [changed, added]),
    flush,
    close: () => {
      if (timer) clearTimeout(timer);
    },
  };
}
