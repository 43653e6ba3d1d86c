import { Problem } from '../../../src-shared/mistakes/problem.ts';
import { type DatasetRemark, warning } from '../../../src-shared/datasets/dataset-remark.ts';
import type { ReaderOptions } from './reader.ts';
import { firstOf } from '../import/words.ts';

export interface IdxClasses {
  readonly classes: readonly string[];
  /** The class of each label of the files. */
  readonly classOf: ReadonlyMap<number, number>;
  readonly remarks: readonly DatasetRemark[];
}

/**
 * The classes of a data set whose labels are numbers: those that are known, else the labels that occur, or all up
 * to the largest, by their numbers.
 * @throws Problem `data-invalid` for a label beyond the known classes, a single class, or one without training images
 */
export function idxClasses(
  training: Uint8Array,
  test: Uint8Array,
  {
    classes: known,
    allLabels,
    source,
  }: Pick<ReaderOptions, 'classes' | 'source'> & { readonly allLabels: boolean },
): IdxClasses {
  const invalid = (what: string): Problem => new Problem('data-invalid', `${source}: ${what}`);
  const trained = new Set(training);
  const labels = [...new Set([...trained, ...new Set(test)])].sort((one, other) => one - other);
  const largest = labels.at(-1) ?? 0;
  if (known.length > 0) {
    if (largest >= known.length)
      throw invalid(`label ${largest} found, but there are ${known.length} classes`);
    const classOf = new Map(known.map((_, label) => [label, label]));
    return { classes: known, classOf, remarks: [] };
  }
  if (labels.length < 2) throw invalid('only one class; at least two are needed');
  const untrained = labels.filter((label) => !trained.has(label));
  if (untrained.length > 0)
    throw invalid(
      `the labels ${firstOf(untrained.map(String))} occur among the test images, but not among the training images`,
    );
  const chosen = allLabels ? Array.from({ length: largest + 1 }, (_, label) => label) : labels;
  return {
    classes: chosen.map(String),
    classOf: new Map(chosen.map((label, index) => [label, index])),
    remarks: tellGaps(labels, allLabels),
  };
}

/** @param labels ascending */
function tellGaps(labels: readonly number[], allLabels: boolean): DatasetRemark[] {
  const gaps = labels.flatMap((label, index) => {
    const from = index === 0 ? 0 : (labels[index - 1] ?? 0) + 1;
    if (from === label) return [];
    return [from === label - 1 ? `${from}` : `${from} to ${label - 1}`];
  });
  if (gaps.length === 0) return [];
  const done = allLabels
    ? 'they are classes without images, because of --all-labels'
    : `the ${labels.length} labels that occur became the classes. --all-labels makes every label a class`;
  return [warning(`The labels ${firstOf(gaps, 5)} do not occur: ${done}.`)];
}
