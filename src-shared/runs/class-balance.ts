import { extent } from 'd3-array';
import { percent, roundedAt, roundedTo } from '../numbers.ts';
import { type DatasetRemark, note, warning } from '../datasets/dataset-remark.ts';
import { classScores } from '../statistics/class-scores.ts';
import type { RunMetrics } from '../metrics/measured-values.ts';

/** So many times as many images in one class as in another: then accuracy says little of the smaller one. */
const UNBALANCED = 3;

/** Whether classes of such sizes (images or shares) make accuracy need a caution. */
export function isUnbalanced(largest: number | null, smallest: number | null): boolean {
  return largest !== null && smallest !== null && largest >= UNBALANCED * smallest;
}

/**
 * How even the classes of a test part are, e.g. `483 of the 486 test images are of fox, 3 of owl (161 : 1): always predicting fox
 * scores 99.4 %.`; null where all have the same number of images.
 *
 * @param counts a confusion matrix; rows are true classes.
 */
export function classBalance(
  classes: readonly string[],
  counts: readonly (readonly number[])[],
): DatasetRemark | null {
  const sizes = classScores(counts).map(({ images }, place) => ({
    name: classes[place] ?? `class ${place}`,
    images,
  }));
  const [largest, ...others] = sizes.toSorted((a, b) => b.images - a.images);
  const smallest = others.findLast(({ images }) => images > 0);
  const empty = sizes.filter(({ images }) => images === 0).map(({ name }) => name);
  if (!largest || (smallest?.images === largest.images && empty.length === 0)) return null;
  const all = sizes.reduce((sum, { images }) => sum + images, 0);
  const ratio = smallest ? `, ${smallest.images} of ${smallest.name} (${ratioText(largest, smallest)})` : '';
  const without = empty.length === 0 ? '' : `; none of ${listText(empty)}`;
  const always = `always predicting ${largest.name} scores ${scoreText(largest.images / all)}`;
  const text = `${largest.images} of the ${all} test images are of ${largest.name}${ratio}${without}: ${always}.`;
  const isMisleading = empty.length > 0 || isUnbalanced(largest.images, smallest?.images ?? 0);
  return isMisleading ? warning(text) : note(text);
}

/**
 * What is to be said of an accuracy on test parts whose classes differ much in size; empty where none do.
 *
 * @param runs those that it is of.
 */
export function unbalancedNote(
  runs: readonly Pick<RunMetrics, 'testLargestClass' | 'testSmallestClass'>[],
): string {
  const largest = runs.flatMap(({ testLargestClass: most, testSmallestClass: least }) =>
    most !== null && isUnbalanced(most, least) ? [most] : [],
  );
  if (largest.length === 0) return '';
  const ends = new Set(extent(largest).map((end = 0) => scoreText(end)));
  return `the classes differ in size: always predicting the largest scores ${[...ends].join(' to ')}`;
}

/** `99.4 %`; never 100 % of less than all. */
function scoreText(share: number): string {
  const isTrue = (digits: number): boolean => share === 1 || roundedAt(100 * share, digits) < 100;
  const digits = [1, 2, 3, 4, 5, 6, 7, 8].find(isTrue) ?? 9;
  return percent(share, digits);
}

function ratioText(largest: { readonly images: number }, smallest: { readonly images: number }): string {
  return `${roundedTo(largest.images / smallest.images, 3)} : 1`;
}

/** More names would be a list that nobody reads. */
const MOST_NAMES = 5;

function listText(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} further classes` : shown;
}
