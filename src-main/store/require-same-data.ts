import { Problem } from '../../src-shared/mistakes/problem.ts';
import type { Store, StudyInput } from './store.ts';

/** @throws Problem `data-invalid` where a study of this name has results on other data */
export function requireSameData(
  store: Store,
  { definition: { name, dataset }, dataHash }: Pick<StudyInput, 'definition' | 'dataHash'>,
): void {
  const before = store.findStudy(name);
  if (!before || before.runs.complete === 0 || before.dataHash === dataHash) return;
  const was =
    before.dataset !== dataset
      ? `earlier runs used ${before.dataset}`
      : before.openedFrom === null
        ? `${dataset} has different content now`
        : `the ${dataset} of this machine is not that of the report ${before.openedFrom.file}`;
  throw new Problem(
    'data-invalid',
    `The study "${name}" has results from other data (${was}), which cannot be compared with new ones. Give the study another name.`,
  );
}
