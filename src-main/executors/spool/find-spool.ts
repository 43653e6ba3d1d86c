import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashText } from '../../../src-shared/canonical-hash.ts';
import { readSpool, type SpoolStudy } from '../../spool/spool-study.ts';
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

/** What is in a folder of spools, by the path of each. Spools of other versions and what is no spool is left out. */
export async function spoolsIn(folder: string): Promise<Map<string, SpoolStudy>> {
  const found = new Map<string, SpoolStudy>();
  for (const name of namesIn(folder)) {
    const spool = join(folder, name);
    const study = await readSpool(spool).catch(() => null);
    if (study) found.set(spool, study);
  }
  return found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
