import { extent } from 'd3-array';
import { percent, whole } from '../../src-shared/numbers.ts';
import { counted } from '../../src-shared/counted.ts';
import { type DatasetRemark, note, warning } from '../../src-shared/datasets/dataset-remark.ts';
import { isUnbalanced } from '../../src-shared/runs/class-balance.ts';
import type { RepeatedImages, Repeats } from './find-repeats.ts';
import type { ImportedContent } from './import/import-task.ts';
import { firstOf } from './import/words.ts';
import type { Inspection } from './inspect-content.ts';

/** What a data set's content says about the conclusions that can be drawn from it, with numbers. */
export function tellInspection(content: ImportedContent, { counts, repeats }: Inspection): DatasetRemark[] {
  return [
    ...tellRepeats(content, repeats),
    ...tellUntested(content, counts.test),
    tellBalance(content, counts.training, counts.test),
  ];
}

function tellRepeats(
  { trainingCount, testCount, nameOf }: ImportedContent,
  repeats: Repeats,
): DatasetRemark[] {
  const name = (place: number): string =>
    place < trainingCount ? nameOf('training', place) : nameOf('test', place - trainingCount);
  const pair = ({ example }: RepeatedImages): string =>
    example === null ? '' : `e.g. ${name(example[0])} and ${name(example[1])}`;
  const { acrossParts, inSeveralClasses, withinTraining } = repeats;
  const remarks: DatasetRemark[] = [];
  if (acrossParts.count > 0) {
    const count = whole(acrossParts.count);
    const are = acrossParts.count === 1 ? 'is' : 'are';
    remarks.push(
      warning(
        `${count} of ${counted(testCount, 'test image')} ${are} also in the training part, pixel for pixel (${pair(acrossParts)}): test accuracy includes memorized images.`,
      ),
    );
  }
  if (inSeveralClasses.count > 0)
    remarks.push(
      warning(
        `${counted(inSeveralClasses.count, 'image occurs', 'images occur')} in more than one class (${pair(inSeveralClasses)}): no network can classify all copies correctly.`,
      ),
    );
  if (withinTraining.count > 0)
    remarks.push(
      note(
        `${counted(withinTraining.count, 'training image is a copy', 'training images are copies')} of another image of the same class (${pair(withinTraining)}).`,
      ),
    );
  return remarks;
}

function tellUntested({ classes }: ImportedContent, test: readonly number[]): DatasetRemark[] {
  const untested = classes.filter((_, label) => test[label] === 0);
  if (untested.length === 0) return [];
  const them = untested.length === 1 ? 'it' : 'them';
  return [
    warning(
      `${counted(untested.length, 'class has', 'classes have')} no test images (${firstOf(untested)}): test accuracy says nothing about ${them}.`,
    ),
  ];
}

function tellBalance(
  { classes, testCount }: ImportedContent,
  training: readonly number[],
  test: readonly number[],
): DatasetRemark {
  const [least = 0, most = 0] = extent(training);
  if (least === most) return note(`${counted(least, 'training image')} of each class.`);
  const of = (count: number): string =>
    `${whole(count)} (${firstOf(classes.filter((_, label) => training[label] === count))})`;
  const counts = `Classes have from ${of(least)} to ${of(most)} training images`;
  if (!isUnbalanced(most, least)) return note(`${counts}.`);
  const tested = Math.max(...test);
  const always = `always predicting ${classes[test.indexOf(tested)]} is correct for ${percent(tested / testCount)} of the test images`;
  return warning(`${counts}: ${always}, so check the recall of the small classes and balanced accuracy.`);
}
