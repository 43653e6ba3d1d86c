import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { hashText } from '../../../src-shared/canonical-hash.ts';
import { readJson, replaceFile } from '../../spool/spool-files.ts';
import { spooledRuns, spoolPlaces } from '../../spool/spool-places.ts';
import { findSpool, type SpoolStudy } from '../../spool/spool-study.ts';
import type { ExecutorSite } from '../executor.ts';
import type { SshHost } from '../ssh/ssh-host.ts';

/** Folder of the home in which spools are made, unless a person names one that the workers see. */
export function spoolsFolder(home: string): string {
  return join(home, 'spools');
}

/** The folder of a study's spool: of another store's study of this name it is another. */
export function spoolOf(folder: string, { name, store }: ExecutorSite['study']): string {
  const words = name.replaceAll(/[^\w-]+/g, '-').slice(0, 40);
  return join(folder, `${words}-${hashText(`${store} ${name}`).slice(0, 8)}`);
}

/** Where a spool is that is elsewhere; what it is for only where it is on a host. */
const noteSchema = z.object({
  spool: z.string(),
  on: z
    .object({
      at: z.object({ host: z.string(), program: z.string().nullable() }),
      study: z.string(),
      store: z.string(),
      executor: z.string(),
      settings: z.unknown(),
    })
    .exactOptional(),
});
type Note = z.infer<typeof noteSchema>;

/** Notes in the home where a spool is that is elsewhere, so that it is found by who collects. @throws an error of the file system */
export async function noteSpool(home: string, note: Note): Promise<void> {
  if (!note.on && resolve(dirname(note.spool)) === resolve(spoolsFolder(home))) return;
  await mkdir(spoolsFolder(home), { recursive: true });
  await replaceFile(noteOf(home, note), JSON.stringify(note));
}

/** Removes a spool in which no run waits any more, and its note. @throws an error of the file system */
export async function removeEmptySpool(home: string, spool: string): Promise<void> {
  if ((await spooledRuns(spool)).length > 0) return;
  await rm(spool, { recursive: true, force: true, maxRetries: 5 });
  await rm(spoolPlaces.collectorLog(spool), { force: true });
  await forgetSpool(home, { spool });
}

/** Removes the note of a spool that is gone. */
export async function forgetSpool(home: string, note: Note): Promise<void> {
  await rm(noteOf(home, note), { force: true });
}

function noteOf(home: string, { spool, on }: Note): string {
  const host = on ? `@${on.at.host.replaceAll(/[^\w.-]+/g, '-')}` : '';
  return join(spoolsFolder(home), `${basename(spool)}${host}.json`);
}

/** A spool that was found, and where. */
export interface FoundSpool extends Pick<SpoolStudy, 'study' | 'store' | 'executor' | 'settings'> {
  readonly spool: string;
  /** The host that it is on; null for a disk that this machine sees. */
  readonly at: SshHost | null;
}

/** The spools of a store. One that cannot be read is left out; of one on a host it is only known that it was made. */
export async function spoolsOf(home: string, store: string): Promise<readonly FoundSpool[]> {
  const folder = spoolsFolder(home);
  const found = await Promise.all(
    namesIn(folder).map(async (name) => {
      const isNote = name.endsWith('.json');
      const note = isNote ? await readJson(join(folder, name), noteSchema).catch(() => null) : null;
      if (note?.on) return { spool: note.spool, ...note.on };
      return findHere(isNote ? (note?.spool ?? '') : join(folder, name));
    }),
  );
  return found.filter((each): each is FoundSpool => each?.store === store);
}

async function findHere(spool: string): Promise<FoundSpool | null> {
  const study = spool === '' ? null : await findSpool(spool).catch(() => null);
  return study && { ...study, spool, at: null };
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
