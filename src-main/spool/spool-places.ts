import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { plainName } from '../files/plain-name.ts';
import { unlessMissing } from './patiently.ts';

/** Where everything is in the folder of a spool. */
export const spoolPlaces = {
  study: (spool: string): string => join(spool, 'study.json'),
  /** While it is there, workers may expect further tasks. */
  open: (spool: string): string => join(spool, 'open'),
  /** What takes its results by itself; absent where nothing does. */
  collector: (spool: string): string => join(spool, 'collector.json'),
  /** What that said, beside the spool, which is gone when all has been taken. */
  collectorLog: (spool: string): string => `${spool}.log`,
  /** Of what starts the workers. */
  fleet: (spool: string): string => join(spool, 'fleet'),
  tasks: (spool: string): string => join(spool, 'tasks'),
  runs: (spool: string): string => join(spool, 'runs'),
  run: (spool: string, run: string): string => join(spool, 'runs', plainName(run)),
  /** The run is not wanted any more: nobody trains it on. */
  cancel: (spool: string, run: string): string => join(spool, 'runs', plainName(run), 'cancel'),
};

/** One attempt to train a run. */
export interface AttemptPlace {
  /** From 1; 0 has what was known of the run before it came into the spool. */
  readonly number: number;
  readonly folder: string;
  readonly lease: string;
  readonly beat: string;
  readonly progress: string;
  readonly artifacts: string;
  readonly end: string;
}

export function attemptPlace(spool: string, run: string, number: number): AttemptPlace {
  const folder = join(spoolPlaces.run(spool, run), `attempt-${number}`);
  return {
    number,
    folder,
    lease: join(folder, 'lease.json'),
    beat: join(folder, 'beat'),
    progress: join(folder, 'progress.jsonl'),
    artifacts: join(folder, 'artifacts'),
    end: join(folder, 'end.json'),
  };
}

/** The numbers of a run's attempts, rising; null where the spool has no such run. */
export async function attemptNumbers(spool: string, run: string): Promise<number[] | null> {
  const names = await unlessMissing(() => readdir(spoolPlaces.run(spool, run)));
  return (
    names
      ?.flatMap((name) => Number(/^attempt-(\d+)$/.exec(name)?.[1] ?? []))
      .sort((one, other) => one - other) ?? null
  );
}

/** A run of which there is a task. */
export interface SpooledRun {
  readonly run: string;
  /** Where it stands among the tasks, from 0. */
  readonly place: number;
  readonly file: string;
}

/** In the order in which they are to be trained. */
export async function spooledRuns(spool: string): Promise<SpooledRun[]> {
  const folder = spoolPlaces.tasks(spool);
  const names = (await unlessMissing(() => readdir(folder))) ?? [];
  const runs = names.flatMap((name): SpooledRun[] => {
    const [, place, run] = /^(\d+)\.(.+)\.json$/.exec(name) ?? [];
    return place === undefined || run === undefined
      ? []
      : [{ run, place: Number(place), file: join(folder, name) }];
  });
  return runs.sort((one, other) => one.place - other.place);
}

export function spooledRun(spool: string, run: string, place: number): SpooledRun {
  const name = `${String(place).padStart(6, '0')}.${plainName(run)}.json`;
  return { run, place, file: join(spoolPlaces.tasks(spool), name) };
}
