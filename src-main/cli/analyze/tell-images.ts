import { counted } from '../../../src-shared/counted.ts';
import { whole } from '../../../src-shared/numbers.ts';
import { specifySubject, type SubjectData } from '../../analysis/specify-subject.ts';
import { openDataset } from '../../datasets/open-dataset.ts';
import type { Store } from '../../store/store.ts';

/** Classes that are named. */
const NAMED = 20;

/**
 * Says on the error output which images networks were looked at on, which of their classes occur, and what was left out:
 * all numbers are about these classes alone.
 * @throws Problem as `specifySubject` does
 */
export function tellImages(store: Store, subjects: readonly string[], where: SubjectData): void {
  for (const id of subjects) {
    const specification = specifySubject(store, id, where);
    if (specification.kind === 'run') continue;
    const { name, data, dataset, outputs } = specification;
    const { classes, testCount, remarks } = openDataset(dataset).description;
    const all = store.network(name).classes.length;
    const named = classes.slice(0, NAMED).join(', ') + (classes.length > NAMED ? ', …' : '');
    console.error(
      `kindling: ${name} on ${data}: ${counted(testCount, 'image')} of ${outputs.length} of its ${whole(all)} classes, among which alone it decides: ${named}.`,
    );
    // of a data set they were told when it was added
    if (typeof where.data !== 'string') for (const { text } of remarks) console.error(`kindling: ${text}`);
  }
}
