import { stat } from 'node:fs/promises';
import type { SubmittedRuns } from '../../../src-shared/contract/api/studies.ts';
import { readCollector } from '../../spool/collector.ts';
import { lastAttempt, readLease } from '../../spool/lease.ts';
import { unlessMissing } from '../../spool/patiently.ts';
import { spooledRuns } from '../../spool/spool-places.ts';
import { executorNamed } from '../registry.ts';

/** What a spool tells of its runs; null where it has none. @throws DamagedFile; an error of the file system */
export async function submittedRuns(spool: string, executor: string): Promise<SubmittedRuns | null> {
  const runs = await spooledRuns(spool);
  const [first] = runs;
  const submitted = first && (await unlessMissing(() => stat(first.file)));
  if (!submitted) return null;
  const hosts: string[] = [];
  let ended = 0;
  for (const { run } of runs) {
    const last = await lastAttempt(spool, run);
    if (last?.state === 'done') ended++;
    if (last?.state === 'leased') hosts.push((await readLease(last.attempt))?.host ?? '');
  }
  return {
    title: executorNamed(executor).title,
    folder: spool,
    runs: runs.length,
    running: hosts.length,
    hosts: [...new Set(hosts)].filter((host) => host !== '').sort(),
    ended,
    since: submitted.mtime.toISOString(),
    collector: (await readCollector(spool))?.words ?? null,
  };
}
