import { readdirSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { hashText } from '../../../src-shared/canonical-hash.ts';
import { readJson, replaceFile } from '../../spool/spool-files.ts';
import { spooledRuns } from '../../spool/spool-places.ts';
import { findSpool, type SpoolStudy } from '../../spool/spool-study.ts';
import type { ExecutorSite } from '../executor.ts';

/** Folder of the home in which spools are made, unless a person names one that the workers see. */
export function spoolsFolder(home: string): string {
  return join(home, 'spools');
}

/** The folder of a study's spool: of another store's study of this name it is another. */
export function spoolOf(folder: string, { name, store }: ExecutorSite['study']): string {
  const words = name.replaceAll(/[^\w-]+/g, '-').slice(0, 40);
  return join(folder, `${words}-${hashText(`${store} ${name}`).slice(0, 8)}`);
}

const noteSchema = z.object({ spool: z.string() });

/** Notes in the home where a spool is that is elsewhere, so that it is found by who collects. @throws an error of the file system */
export async function noteSpool(home: string, spool: string): Promise<void> {
  if (resolve(dirname(spool)) === resolve(spoolsFolder(home))) return;
  await mkdir(spoolsFolder(home), { recursive: true });
  await replaceFile(noteOf(home, spool), JSON.stringify({ spool }));
}

/** Removes a spool in which no run waits any more, and its note. @throws an error of the file system */
export async function removeEmptySpool(home: string, spool: string): Promise<void> {
  if ((await spooledRuns(spool)).length > 0) return;
  await rm(spool, { recursive: true, force: true, maxRetries: 5 });
  await rm(noteOf(home, spool), { force: true });
}

function noteOf(home: string, spool: string): string {
  return join(spoolsFolder(home), `${basename(spool)}.json`);
}

/** A spool that was found, and where. */
export type FoundSpool = SpoolStudy & { readonly spool: string };

/** The spools of a store. One that cannot be read is left out. */
export async function spoolsOf(home: string, store: string): Promise<readonly FoundSpool[]> {
  const folder = spoolsFolder(home);
  const places = await Promise.all(
    namesIn(folder).map(async (name) => {
      if (!name.endsWith('.json')) return join(folder, name);
      return (await readJson(join(folder, name), noteSchema).catch(() => null))?.spool ?? '';
    }),
  );
  const found = await Promise.all(
    places.map(async (spool) => {
      const study = spool === '' ? null : await findSpool(spool).catch(() => null);
      return study?.store === store ? [{ ...study, spool }] : [];
    }),
  );
  return found.flat();
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
