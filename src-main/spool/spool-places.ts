import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { plainName } from '../files/plain-name.ts';
import { unlessMissing } from './patiently.ts';

/** Where everything is in the folder of a spool. */
export const spoolPlaces = {
  study: (spool: string): string => join(spool, 'study.json'),
  /** While it is there, workers may expect further tasks. */
  open: (spool: string): string => join(spool, 'open'),
  /** Of what starts the workers. */
  fleet: (spool: string): string => join(spool, 'fleet'),
  tasks: (spool: string): string => join(spool, 'tasks'),
  task: (spool: string, run: string): string => join(spool, 'tasks', `${plainName(run)}.json`),
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

/** Runs of which there are tasks, in the order in which they are to be trained. */
export async function spooledRuns(spool: string): Promise<string[]> {
  const names = (await unlessMissing(() => readdir(spoolPlaces.tasks(spool)))) ?? [];
  return names.flatMap((name) => /^(?!\.)(.+)\.json$/.exec(name)?.[1] ?? []);
}
