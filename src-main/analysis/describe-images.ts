import { counted } from '../../src-shared/counted.ts';
import { whole } from '../../src-shared/numbers.ts';
import { openDataset } from '../datasets/open-dataset.ts';
import type { Store } from '../store/store.ts';
import { specifySubject, type SubjectData } from './specify-subject.ts';

/** Which images a run or network is looked at on, in words. */
export interface DescribedImages {
  /** `60 images of cifar10, of 10 of its 1,000 classes, among which alone it decides: …`. */
  readonly text: string;
  /** What was left out or changed when they were read. */
  readonly remarks: readonly string[];
}

/** Classes that are named. */
const NAMED = 20;

/**
 * @param isWhole whether the network decides among all its classes, not among those of the images alone
 * @throws Problem as `specifySubject` does
 */
export function describeImages(
  store: Store,
  id: string,
  where: SubjectData,
  isWhole = false,
): DescribedImages {
  const specification = specifySubject(store, id, where);
  const { name: dataset, classes, testCount, remarks } = openDataset(specification.dataset).description;
  const count = counted(testCount, 'image');
  if (specification.kind === 'run')
    return {
      text: `${count} of the test part of ${dataset}, ${counted(classes.length, 'class', 'classes')}`,
      remarks: [],
    };
  const { name, data, outputs } = specification;
  const named = classes.slice(0, NAMED).join(', ') + (classes.length > NAMED ? ', …' : '');
  const all = store.network(name).classes.length;
  const ofAll =
    outputs.length === all
      ? `all of its ${whole(all)} classes`
      : `${outputs.length} of its ${whole(all)} classes`;
  const alone = isWhole || outputs.length === all ? '' : ', among which alone it decides';
  return {
    text: `${name} on ${data}: ${count} of ${ofAll}${alone}: ${named}`,
    // of a data set they were told when it was added
    remarks: typeof where.data === 'string' ? [] : remarks.map(({ text }) => text),
  };
}
