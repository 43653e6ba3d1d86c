import type { StudyDetail } from '../../../src-shared/contract/api/studies.ts';
import { counted } from '../../../src-shared/counted.ts';
import type { Cell } from '../../../src-shared/studies/cell.ts';

/** What saving the draft does to the study that has its name already. */
export function tellClash({ listing, cells }: StudyDetail, draft: readonly Cell[]): string {
  const there = new Set(cells.map(({ id }) => id));
  const kept = draft.filter(({ id }) => there.has(id)).length;
  const added = draft.length - kept;
  const gone = cells.length - kept;
  const parts = [
    kept > 0
      ? `${counted(kept, 'cell')} ${kept === 1 ? 'is' : 'are'} unchanged and ${kept === 1 ? 'keeps its' : 'keep their'} runs`
      : null,
    added > 0 ? `${counted(added, 'cell')} ${added === 1 ? 'is' : 'are'} new` : null,
    gone > 0
      ? `${counted(gone, 'cell')} ${gone === 1 ? 'leaves' : 'leave'} the study, but ${gone === 1 ? 'its' : 'their'} runs stay in the store`
      : null,
  ].filter((part) => part !== null);
  return `A study with this name exists, with ${counted(listing.complete, 'complete run')}. Saving changes it: ${parts.join('; ')}. Use another name to create a new study.`;
}
