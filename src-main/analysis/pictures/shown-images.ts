import { someImages } from '../evaluation-set.ts';
import type { ImageBatch, Subject } from '../subject.ts';

/** The first images of the evaluation set, the classes in turn: the same ones for every run on the data set. */
export function shownImages(subject: Pick<Subject, 'classes' | 'evaluationSet'>, count: number): ImageBatch {
  const classes = subject.classes.length;
  return someImages(subject.evaluationSet(Math.ceil(count / classes) * classes), 0, count);
}
