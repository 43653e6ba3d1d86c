import { rename } from 'node:fs/promises';
import { endAttempt } from './attempt-end.ts';
import { unlessMissing } from './patiently.ts';
import type { AttemptPlace } from './spool-places.ts';

/**
 * Has a run trained again whose result is damaged, from before what this attempt told; what was published stays beside for who wants
 * to look at it.
 */
export async function setAside(attempt: AttemptPlace, why: string): Promise<void> {
  await unlessMissing(() => rename(attempt.progress, `${attempt.progress}.damaged`));
  await unlessMissing(() => rename(attempt.end, `${attempt.end}.damaged`));
  await endAttempt(attempt, { state: 'lost', by: why });
}
