import {
  type ImageOutcomes,
  isFolder,
  OUTCOMES,
  OUTCOMES_FILE,
  readOutcomes,
} from '../../src-shared/analysis/outcomes.ts';
import { seenImages } from '../../src-shared/analysis/seen-images.ts';
import { readAnalysisFile } from '../artifacts/read-analysis-file.ts';
import { filesOf, findImages } from '../datasets/images-of-hash.ts';
import type { Store } from '../store/store.ts';

/** Where outcomes are looked for. */
export interface OutcomeSource {
  readonly store: Store;
  /** Folders of prepared data sets and of decoded pictures. */
  readonly roots: readonly string[];
}

/**
 * What a run or an imported network predicts for its test images, as far as that has been computed.
 * @param id of a run, or id or name of a network
 * @param images of a network, the key of those that it was looked at on; null for those of the newest outcomes
 * @returns null where it is not computed
 * @throws Problem `not-found` for what is neither, and for a file that is gone
 */
export function outcomesOf(
  id: string,
  images: string | null,
  { store, roots }: OutcomeSource,
): ImageOutcomes | null {
  const network = store.findNetwork(id);
  const run = network?.id ?? store.run(id).id;
  const known = store
    .knownAnalyses([run])
    .findLast((each) => each.method === OUTCOMES && (images === null || seenImages(each)?.key === images));
  if (known === undefined) return null;
  const { bytes } = readAnalysisFile(store, known, OUTCOMES_FILE);
  const seen = seenImages(known);
  const data = seen === null ? dataOfRun(store, run) : { name: seen.data, hash: seen.hash };
  const description = findImages(data, roots)?.description;
  return {
    ...{ network: run, data, files: filesOf(data, roots) },
    classes: network?.classes ?? description?.classes ?? [],
    outcomes: readOutcomes(bytes.toString('utf8')),
    // of a data set they were told when it was added
    remarks: isFolder(data) ? (description?.remarks ?? []).map(({ text }) => text) : [],
  };
}

/** The images on which it was trained and tested: whatever is called so now may be others. */
export function dataOfRun(store: Store, run: string): ImageOutcomes['data'] {
  const { dataset } = store.study(store.run(run).study);
  return { name: dataset, hash: store.provenance(run)?.dataHash ?? '' };
}
