import { whole } from '../../src-shared/numbers.ts';
import { balancedCount } from '../analysis/evaluation-set.ts';
import type { MethodRequest } from '../analysis/method-requests.ts';
import { shownCount } from '../analysis/pictures/shown-images.ts';
import { type SubjectData, specifySubject } from '../analysis/specify-subject.ts';
import { countLabels } from '../datasets/count-labels.ts';
import { openDataset } from '../datasets/open-dataset.ts';
import type { Store } from '../store/store.ts';

/** How many images of each class a run or network can be looked at on. @throws Problem as `specifySubject` does */
export function classCountsOf(store: Store, id: string, where: SubjectData): readonly number[] {
  const dataset = openDataset(specifySubject(store, id, where).dataset);
  const { classCounts, classes } = dataset.description;
  return classCounts?.test ?? countLabels(dataset.glanceAt('test').labels, classes.length);
}

/** How many images a step looks at: `990`, of subjects with other images `990 or 1,000`. @param subjects their images of each class */
export function imagesTaken(request: MethodRequest, subjects: readonly (readonly number[])[]): string {
  if (request.method.ofWeights === true) return 'none';
  return [...new Set(subjects.map((counts) => whole(takenOf(request, counts))))].join(' or ');
}

function takenOf({ method, settings: { images, shown } }: MethodRequest, counts: readonly number[]): number {
  if (typeof shown === 'number') return shownCount(counts, shown);
  if (typeof images !== 'number') return counts.reduce((sum, each) => sum + each, 0);
  return method.inTurn === true ? shownCount(counts, images) : balancedCount(counts, images);
}
