import type { EvaluationSet, Subject } from '../subject.ts';

/** The first images of the evaluation set, the classes in turn: the same ones for every run on the data set. */
export function shownImages(
  subject: Pick<Subject, 'classes' | 'evaluationSet'>,
  count: number,
): EvaluationSet {
  const classes = subject.classes.length;
  return someImages(subject.evaluationSet(Math.ceil(count / classes) * classes), 0, count);
}

/** Some of a set's images, without copying them. */
export function someImages(set: EvaluationSet, start: number, count: number): EvaluationSet {
  const size = set.images.length / set.count;
  const end = Math.min(set.count, start + count);
  return {
    count: end - start,
    indices: set.indices.subarray(start, end),
    images: set.images.subarray(start * size, end * size),
    labels: set.labels.subarray(start, end),
  };
}
