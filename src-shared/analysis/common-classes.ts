import type { ImageOutcomes } from './outcomes.ts';

/** The classes of two networks as one list: those of the first, then those that only the second has. */
export interface CommonClasses {
  readonly classes: readonly string[];
  /** Of each class of the second its place in the list. */
  readonly ofSecond: (own: number) => number;
}

type Named = Pick<ImageOutcomes, 'classes' | 'outcomes'>;

/**
 * One of a thousand classes of the second can be one of ten of the first: those are one class of which the same images are.
 * Other classes are the same where they have the same name.
 * @returns null where the same images are not of the same classes
 */
export function commonClasses(first: Named, second: Named): CommonClasses | null {
  const alike = sameOfImages(first, second);
  if (alike === null) return null;
  // names of runs whose images are gone are not known, but the order is that of the others
  if (first.classes.length === 0 || second.classes.length === 0 || isSame(first.classes, second.classes)) {
    const classes = first.classes.length > 0 ? first.classes : second.classes;
    return [...alike].every(([own, other]) => own === other) ? { classes, ofSecond: (own) => own } : null;
  }
  const taken = new Set(alike.values());
  const classes = [...first.classes];
  const places = second.classes.map((name, own) => {
    const known = alike.get(own) ?? first.classes.indexOf(name);
    const isFree = alike.has(own) || !taken.has(known);
    return known >= 0 && isFree ? known : classes.push(name) - 1;
  });
  return { classes, ofSecond: (own) => places[own] ?? own };
}

/** Of each class of the second that images are of the first's, by the images; null where that is not one. */
function sameOfImages(first: Named, second: Named): ReadonlyMap<number, number> | null {
  if (first.outcomes.length !== second.outcomes.length) return null;
  const [there, back] = [new Map<number, number>(), new Map<number, number>()];
  for (const [place, { truth }] of first.outcomes.entries()) {
    const own = second.outcomes[place]?.truth ?? -1;
    if ((there.get(own) ?? truth) !== truth || (back.get(truth) ?? own) !== own) return null;
    there.set(own, truth);
    back.set(truth, own);
  }
  return there;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((name, place) => name === other[place]);
}
