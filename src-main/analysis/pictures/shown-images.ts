import { balancedCount, someImages } from '../evaluation-set.ts';
import type { ImageBatch, Subject } from '../subject.ts';

/** The first images of the evaluation set, the classes in turn: the same ones for every run on the data set. */
export function shownImages(subject: Pick<Subject, 'classes' | 'evaluationSet'>, count: number): ImageBatch {
  return someImages(subject.evaluationSet(ofAllClasses(subject.classes.length, count)), 0, count);
}

/** How many they are. @param counts of the images of each class */
export function shownCount(counts: readonly number[], count: number): number {
  return Math.min(count, balancedCount(counts, ofAllClasses(counts.length, count)));
}

function ofAllClasses(classes: number, count: number): number {
  return Math.ceil(count / classes) * classes;
}
