import { nearestName } from '../../src-shared/mistakes/nearest-name.ts';
import { Problem } from '../../src-shared/mistakes/problem.ts';
import { plainClassName } from './outputs-of-classes.ts';
import type { Subject } from './subject.ts';

/** As many classes as are listed in a message. */
const LISTED = 20;

/**
 * The class that a setting names, by its place among those of the images.
 * @param named its name (case, blanks, dashes and underscores do not count) or its number to the network; a name goes first
 * @throws Problem `not-found` with the classes that there are
 */
export function classNamed(
  { classes, classNumbers }: Pick<Subject, 'classes' | 'classNumbers'>,
  named: string,
): number {
  const byName = classes.findIndex((each) => plainClassName(each) === plainClassName(named));
  if (byName >= 0) return byName;
  const byNumber = classNumbers.findIndex((number) => String(number) === named.trim());
  if (byNumber >= 0) return byNumber;
  const near = nearestName(named, classes);
  const list = classes.slice(0, LISTED).map((each, label) => `${each} (${classNumbers[label] ?? label})`);
  const more = classes.length - list.length;
  throw new Problem(
    'not-found',
    `The images have no class "${named}"${near === null ? '' : ` (did you mean "${near}"?)`}; there are ${list.join(', ')}${more > 0 ? ` and ${more} more` : ''}: name one, or give its number.`,
  );
}
