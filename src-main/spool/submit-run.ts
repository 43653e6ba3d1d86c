import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readDescription } from '../datasets/description-file.ts';
import type { RunSpecification } from '../../src-shared/studies/trainer-protocol.ts';
import { canonicalJson } from '../../src-shared/canonical-hash.ts';
import { giveSecondName } from '../files/second-name.ts';
import { wholeFiles } from './former-attempts.ts';
import { DamagedFile } from './spool-files.ts';
import { attemptNumbers, attemptPlace, type SpooledRun, spoolPlaces } from './spool-places.ts';
import { readTask, type SpoolTask, writeTask } from './task-file.ts';

/** A run that is in a spool. */
export interface Submitted {
  readonly spooled: SpooledRun;
  /** Whether somebody may have trained it before it was submitted now. */
  readonly wasThere: boolean;
  /** When it came into the spool: the last step that was known of it, and how often it had been interrupted. */
  readonly before: { readonly step: number; readonly interruptions: number };
}

/** A run of which the spool has another task, which was to train something else. */
export class OtherTask extends Error {}

/**
 * Puts a run into a spool. One that is there already stays, with all that has come of it.
 * @param known its task, where the spool has one
 * @param place where it stands among the tasks
 * @throws OtherTask; Problem of the data; an error of the file system
 */
export async function submitRun(
  spool: string,
  specification: RunSpecification,
  {
    known,
    place,
    threads,
  }: { readonly known: SpooledRun | null; readonly place: number; readonly threads: number },
): Promise<Submitted> {
  const { run } = specification;
  const task = taskOf(specification, threads);
  const found = known && (await undamaged(known));
  if (known && found) {
    if (contentOf(found) !== contentOf(task) || restsOnOther(found, task)) throw new OtherTask(run);
    await rm(spoolPlaces.cancel(spool, run), { force: true });
    return { spooled: known, wasThere: true, before: before(found.specification) };
  }
  const wasThere = (await attemptNumbers(spool, run))?.some((number) => number > 0) ?? false;
  // again where that was cut off before there was a task
  if (!wasThere) await bringFiles(spool, specification);
  const spooled = await writeTask(spool, known?.place ?? place, task);
  return { spooled, wasThere, before: before(specification) };
}

function before({ goOn }: RunSpecification): Submitted['before'] {
  return { step: goOn?.upTo ?? 0, interruptions: goOn?.interruptions ?? 0 };
}

/** Writes a task anew that was damaged or is gone. @returns whether it was */
export async function mendTask(
  spooled: SpooledRun,
  spool: string,
  specification: RunSpecification,
  threads: number,
): Promise<boolean> {
  if ((await undamaged(spooled)) !== null) return false;
  await writeTask(spool, spooled.place, taskOf(specification, threads));
  return true;
}

function taskOf(specification: RunSpecification, threads: number): SpoolTask {
  return { specification, threads, dataHash: readDescription(specification.dataset).hash };
}

/**
 * The files that a run brings which has been trained in part elsewhere: its resume checkpoints, and what checkpoints it has; or those of a
 * shorter run.
 */
export async function filesToGoOn({
  artifacts,
  goOn,
}: Pick<RunSpecification, 'artifacts' | 'goOn'>): Promise<{ folder: string; file: string }[]> {
  if (goOn === undefined || goOn.upTo === 0) return [];
  const { from } = goOn;
  const files = new Map((from?.artifacts ?? []).map(({ file }) => [file, from?.folder ?? '']));
  for (const file of await wholeFiles(artifacts)) {
    if (file.endsWith('.safetensors')) files.set(file, artifacts);
  }
  return Array.from(files, ([file, folder]) => ({ folder, file }));
}

async function bringFiles(spool: string, specification: RunSpecification): Promise<void> {
  const { artifacts: place } = attemptPlace(spool, specification.run, 0);
  for (const { folder, file } of await filesToGoOn(specification))
    await giveSecondName(join(folder, file), join(place, file));
}

async function undamaged(spooled: SpooledRun): Promise<SpoolTask | null> {
  try {
    return await readTask(spooled);
  } catch (error) {
    if (error instanceof DamagedFile) return null;
    throw error;
  }
}

/** Whether the spool's task goes on from the end of a run whose points are not recorded for it, nor can be: it is gone, or is another now. */
function restsOnOther(
  { specification: { goOn: known } }: SpoolTask,
  { specification: { goOn: now } }: SpoolTask,
): boolean {
  if (known?.from === undefined || known.from.run === now?.from?.run) return false;
  return now?.from !== undefined || (now?.upTo ?? 0) < known.from.last.step;
}

/** All that decides about the result. */
function contentOf({ specification, threads, dataHash }: SpoolTask): string {
  const given = { ...specification, goOn: null, artifacts: null, resumeSeconds: null };
  return canonicalJson({ ...given, threads, dataHash });
}
