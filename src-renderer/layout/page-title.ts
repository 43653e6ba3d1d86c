import type { StudyListing } from '../../src-shared/contract/api/studies.ts';
import { isUnderWay } from '../stores/study-state.ts';
import { whole } from '../../src-shared/numbers.ts';

/** `demo – 14 of 27 – Compare – Kindling`: of a tab only the beginning is seen. @param page null where the study is all that it shows */
export function pageTitle(
  study: StudyListing | { readonly name: string } | null,
  page: string | null,
): string {
  const progress = study && 'activity' in study && isUnderWay(study) ? progressOf(study) : null;
  return [study?.name ?? null, progress, page, 'Kindling'].filter((part) => part !== null).join(' – ');
}

function progressOf({ activity, complete, wanted, leftOut }: StudyListing): string {
  const failed = leftOut.failed + leftOut.diverged;
  return [
    `${whole(complete)} of ${whole(wanted)}`,
    ...(failed > 0 ? [`${whole(failed)} failed`] : []),
    ...(activity === 'paused' || activity === 'queued' ? [activity] : []),
  ].join(', ');
}
