import { describeImages } from '../../analysis/describe-images.ts';
import type { SubjectData } from '../../analysis/specify-subject.ts';
import type { Store } from '../../store/store.ts';

/**
 * Says on the error output which images networks were looked at on, which of their classes occur, and what was left out.
 * @param isWhole whether the network decides among all its classes, not among these alone
 * @throws Problem as `specifySubject` does
 */
export function tellImages(
  store: Store,
  subjects: readonly string[],
  where: SubjectData,
  isWhole = false,
): void {
  for (const id of subjects) {
    if (store.findNetwork(id) === null) continue;
    const { text, remarks } = describeImages(store, id, where, isWhole);
    for (const each of [`${text}.`, ...remarks]) console.error(`kindling: ${each}`);
  }
}
