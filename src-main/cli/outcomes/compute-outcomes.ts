import { type ImageOutcomes, OUTCOMES } from '../../../src-shared/analysis/outcomes.ts';
import { seenImages } from '../../../src-shared/analysis/seen-images.ts';
import { knownOf } from '../../analysis/analyze-runs.ts';
import { methodRequests } from '../../analysis/method-requests.ts';
import { outcomesOf } from '../../analysis/read-outcomes.ts';
import { picturesToPrepare, type SubjectData } from '../../analysis/specify-subject.ts';
import { dataFolder, imageRoots } from '../../home.ts';
import type { Store } from '../../store/store.ts';
import { tellImages } from '../analyze/tell-images.ts';
import { doTask } from '../application/do-task.ts';

export interface OutcomesOptions {
  /** Who asks, for others who want the store meanwhile: `run mistakes`. */
  readonly command: string;
  /** What imported networks are looked at on. */
  readonly data: SubjectData['data'];
}

/**
 * What runs or imported networks predict for their test images. What the store does not know is computed first.
 * @returns in the order of the ids
 * @throws Problem as `specifySubject` does, and of the analysis; Interrupted after Ctrl-C
 */
export async function computeOutcomes(
  store: Store,
  ids: readonly string[],
  { command, data }: OutcomesOptions,
): Promise<ImageOutcomes[]> {
  const where = { dataRoot: dataFolder(), data };
  const asked = methodRequests([OUTCOMES]);
  const known = () => knownOf({ runs: ids, asked, data }, store, where.dataRoot);
  const isMissing = picturesToPrepare(store, ids, where).length > 0 || known().length < ids.length;
  if (isMissing)
    await doTask(store.file, {
      command,
      start: (client) => client.request('analysis.start', { runs: [...ids], methods: [OUTCOMES], data }),
      stopped: 'stopped; what was found is kept.',
    });
  if (data !== null) tellImages(store, ids, where, true);
  const source = { store, roots: imageRoots() };
  return known().map((analysis) => {
    const found = outcomesOf(analysis.run, seenImages(analysis)?.key ?? null, source);
    if (found === null) throw new Error(`the outcomes of ${analysis.run} were not stored`);
    return found;
  });
}
